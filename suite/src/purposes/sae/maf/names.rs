//! What the IUT makes of a psk_identity (TS-0003 V3.18.0, 8.2.2.3, 10.3.5 and 12.2).

use super::ground::{Ground, kc_octets, other_octets};
use super::kc::Kc;
use crate::catalogue::behaviour::Role;
use crate::purposes::sae::client::refusal::fail;
use crate::purposes::sae::client::served::open;
use crate::purposes::sae::standing::attempt;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::stand::Stand;
use crate::verdict::{Cause, Reason};

/// More than an identity that every implementation has to take (RFC 4279, 5.3).
const LONG: usize = 300;

/// CSE/SAE/MAF/001.
pub async fn are_asked_for<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    let step = "request";
    let stimulus = Role::Stimulus;
    let (holder, script) = (&ground.holder, &ground.script);
    let enrolled = ground.enrol(world, step, stimulus, holder, script).await;
    let visits = match enrolled {
        Ok(visits) => visits,
        Err(stop) => {
            is_not_the_other_reading(world, ground).await?;
            return Err(stop);
        }
    };
    ground.asks_for(step, &visits, &[&ground.kc.relative])?;
    if ground.retrievals(&visits, &ground.kc) == 0 {
        let expected = format!("a retrieval of {}", ground.kc.relative);
        return Err(fail(step, Cause::WrongDecision, &expected, "none"));
    }
    let known = ground.maf.served.km.identity.as_bytes();
    let mut asking = visits.iter().filter(|visit| !visit.requests.is_empty());
    if !asking.all(|visit| visit.seen.psk_identity.as_deref() == Some(known)) {
        let expected = format!("psk_identity {}", ground.maf.served.km.identity);
        return Err(fail(step, Cause::WrongDecision, &expected, "another one"));
    }
    ground.is_served(world, "read-back", Role::ReadBack).await
}

/// An IUT that takes the other half of the texts is described wrongly, and not wrong.
async fn is_not_the_other_reading<'a>(
    world: &mut World<'a>,
    ground: &Ground<'a>,
) -> Result<(), Stop> {
    let step = "other-reading";
    let identity = ground.identity_of(&ground.kc);
    let octets = other_octets(world, &ground.kc);
    let holder = ground.holder_with(world, "AE1", &identity, &octets)?;
    let handshake = ground.handshake(world, step, &holder);
    let attempting = attempt(world, step, Role::Twin, &handshake);
    let script = &ground.script;
    let (attempt, _) = ground
        .maf
        .beside(step, Role::Twin, script, attempting)
        .await?;
    match attempt?.end.is_established() {
        false => Ok(()),
        true => {
            let detail = "the key opens an association in the other reading; hint: PIXIT_KC_PSK";
            Err(Stop::inconclusive(step, Reason::Precondition, detail))
        }
    }
}

/// CSE/SAE/MAF/003.
pub async fn of_others<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    ground.register(world, &ground.holder).await?;
    ground.is_served(world, "twin", Role::Twin).await?;
    let elsewhere = Stand::PointOfAccess(world.point_of_access_name("elsewhere"));
    let url = open(world, "elsewhere", &elsewhere).await?;
    let uri: http::Uri = url.parse().unwrap_or_default();
    let authority = uri.authority().map(ToString::to_string);
    let fqdn = &ground.maf.fqdn;
    let others = [
        ("another", format!("attacker-{fqdn}")),
        ("longer", format!("{fqdn}.attacker.example")),
        ("with-port", format!("{fqdn}:1")),
        ("address", authority.unwrap_or_default()),
        ("twice", format!("attacker.example@{fqdn}")),
    ];
    for (step, other) in others {
        let kc = ground.another(world, step)?;
        let identity = format!("{}@{other}", kc.relative);
        let octets = kc_octets(world, &kc);
        let holder = ground.holder_with(world, "AE1", &identity, &octets)?;
        let script = ground.giving(&kc);
        let visits = ground.refuses(world, step, &holder, &script).await?;
        ground.asks_for(step, &visits, &[])?;
    }
    let step = "elsewhere: read-back";
    let patience = world.facts().patience / 4;
    let recorder = world.recorder();
    let came = recorder.accept(step, Role::ReadBack, &elsewhere, patience);
    let came = came.await.map_err(|error| Stop::link(step, &error))?;
    if came.is_some() {
        let expected = "no connection to where a psk_identity says";
        return Err(fail(step, Cause::SideEffect, expected, "a connection"));
    }
    note_upper_case(world, ground).await?;
    ground.is_served(world, "read-back", Role::ReadBack).await
}

/// Domain names are compared without regard to case (RFC 4343, 3), and the clause does not say so.
async fn note_upper_case<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    let step = "upper-case";
    let kc = ground.another(world, step)?;
    let identity = format!("{}@{}", kc.relative, ground.maf.fqdn.to_uppercase());
    let octets = kc_octets(world, &kc);
    let holder = ground.holder_with(world, "AE1", &identity, &octets)?;
    let script = ground.giving(&kc);
    ground
        .either(world, step, &holder, &script)
        .await
        .map(|_| ())
}

/// CSE/SAE/MAF/004.
pub async fn that_are_odd<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    ground.register(world, &ground.holder).await?;
    ground.is_served(world, "twin", Role::Twin).await?;
    let odd = [
        ("above", "..".to_owned()),
        ("above-and-aside", "../symm".to_owned()),
        ("here", ".".to_owned()),
        ("two-segments", "a/b".to_owned()),
        ("query", "a?x=1".to_owned()),
        ("fragment", "a#b".to_owned()),
        ("encoded", "a%2fb".to_owned()),
        ("asterisk", "*".to_owned()),
        ("nothing", String::new()),
        ("space", "a b".to_owned()),
        ("line-break", "a\r\nX-M2M-Origin: b".to_owned()),
        ("long", "a".repeat(LONG)),
        ("two-signs", "x@y".to_owned()),
    ];
    let octets = kc_octets(world, &ground.kc);
    for (step, relative) in odd {
        let identity = format!("{relative}@{}", ground.maf.fqdn);
        let holder = ground.holder_with(world, "AE1", &identity, &octets)?;
        let visits = ground.refuses(world, step, &holder, &ground.script).await?;
        ground.asks_for(step, &visits, &[&relative])?;
    }
    ground.is_served(world, "read-back", Role::ReadBack).await
}

/// CSE/SAE/MAF/013. Both keys are new to the IUT: what it asks for tells whether it folds the case of letters.
pub async fn in_another_case<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    ground.register(world, &ground.holder).await?;
    ground.is_served(world, "twin", Role::Twin).await?;
    let lower = ground.another(world, "lower-case")?;
    let upper = Kc {
        relative: lower.relative.to_uppercase(),
        ..ground.another(world, "upper-case")?
    };
    let reply = upper.given(ground.maf.served);
    let script = ground.giving(&lower).with(&upper, reply);
    let keys = [lower.relative.as_str(), upper.relative.as_str()];

    let own = ground.holder_of(world, "AE1", &upper)?;
    let (_, visits) = ground.either(world, "upper-case", &own, &script).await?;
    ground.asks_for("upper-case", &visits, &keys)?;
    let folds = match ground.retrievals(&visits, &upper) {
        0 if ground.retrievals(&visits, &lower) == 0 => {
            let expected = format!("a retrieval of {}", keys.join(" or "));
            let cause = Cause::WrongDecision;
            return Err(fail("upper-case", cause, &expected, "none"));
        }
        0 => true,
        _ => false,
    };
    world.note(match folds {
        true => "the RelativeKeyID is asked for in lower case".into(),
        false => "the RelativeKeyID is asked for as it is sent".into(),
    });

    let own = ground.holder_of(world, "AE1", &lower)?;
    let (stands, visits) = ground.either(world, "lower-case", &own, &script).await?;
    ground.asks_for("lower-case", &visits, &keys)?;
    if !stands {
        let expected = "an association with the key of the RelativeKeyID";
        return Err(fail("lower-case", Cause::WrongDecision, expected, "none"));
    }
    for (step, sent, other) in [
        ("lower-case-with-key-of-upper", &lower, &upper),
        ("upper-case-with-key-of-lower", &upper, &lower),
    ] {
        let octets = kc_octets(world, other);
        let mixed = ground.holder_with(world, "AE1", &ground.identity_of(sent), &octets)?;
        let (stands, visits) = ground.either(world, step, &mixed, &script).await?;
        ground.asks_for(step, &visits, &keys)?;
        // Who folds has the key in lower case under both.
        let is_that_key = folds && other.relative == lower.relative;
        if stands && !is_that_key {
            let expected = "no association with the key of another RelativeKeyID";
            return Err(fail(step, Cause::WrongDecision, expected, "an association"));
        }
    }
    ground.is_served(world, "read-back", Role::ReadBack).await
}
