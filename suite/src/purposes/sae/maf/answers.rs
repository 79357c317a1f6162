//! What the IUT makes of the answer of the MAF (TS-0003 V3.18.0, 8.2.2.3 and 8.8.2.8).

use super::ground::{Ground, kc_octets, other_octets};
use super::kc::{Kc, encoded};
use super::visit::{Reply, Visit};
use crate::catalogue::behaviour::Role;
use crate::profile::ServedMaf;
use crate::purposes::sae::holder::Holder;
use crate::purposes::sae::standing::{attempt, close, standing};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::Handshake;
use crate::tester::handshake::conduct::KeyChange;
use onem2m_keys::Psk;
use onem2m_primitive::ResponseStatusCode;
use serde_json::json;
use time::Duration;
use zeroize::Zeroizing;

const OK: ResponseStatusCode = ResponseStatusCode::OK;
const DENIED: ResponseStatusCode = ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE;

/// What an MAF answers to a retrieval.
type Replying = fn(&Kc, &ServedMaf) -> Reply;

/// Answers that give no key, or another one, by the names of their steps.
const WITHOUT: [(&str, Replying); 12] = [
    ("denied", |_, _| Reply::Answer(DENIED, String::new())),
    ("absent", |_, _| {
        Reply::Answer(ResponseStatusCode::NOT_FOUND, String::new())
    }),
    ("server-error", |_, _| {
        Reply::Answer(ResponseStatusCode::INTERNAL_SERVER_ERROR, String::new())
    }),
    ("empty", |_, _| Reply::Answer(OK, String::new())),
    ("denied-with-a-key", |kc, served| {
        Reply::Answer(DENIED, kc.content(served))
    }),
    ("no-json", |kc, served| {
        let content = kc.content(served);
        Reply::Answer(OK, content.trim_end_matches('}').to_owned())
    }),
    ("other-object", |kc, served| {
        let (key, other) = (
            &served.names.key_registration,
            &served.names.client_registration,
        );
        Reply::Answer(OK, kc.content(served).replace(key, other))
    }),
    ("list", |kc, served| {
        Reply::Answer(OK, format!("[{}]", kc.content(served)))
    }),
    ("no-key-value", |kc, served| {
        let content = kc.content(served);
        Reply::Answer(OK, content.replace(&served.names.key_value, "otherValue"))
    }),
    ("no-base64", |kc, served| {
        let encoded = encoded(&kc.value);
        let cut = encoded.get(1..).unwrap_or_default();
        Reply::Answer(OK, kc.content(served).replace(&encoded, cut))
    }),
    ("cut-short", |kc, served| Reply::Cut(OK, kc.content(served))),
    ("key-of-another", |kc, served| {
        let other = kc.value.iter().map(|octet| !octet);
        let other = Kc {
            value: Zeroizing::new(other.collect()),
            ..kc.clone()
        };
        other.given(served)
    }),
];

/// CSE/SAE/MAF/002.
pub async fn one_reading<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    stands(world, ground, "declared", &ground.kc).await?;
    ground.register(world, &ground.holder).await?;
    let step = "other";
    let identity = ground.identity_of(&ground.kc);
    let octets = other_octets(world, &ground.kc);
    let holder = ground.holder_with(world, "AE1", &identity, &octets)?;
    ground.refuses(world, step, &holder, &ground.script).await?;
    ground.is_served(world, "read-back", Role::ReadBack).await
}

/// An association over a key that stands.
pub async fn stands<'a>(
    world: &mut World<'a>,
    ground: &Ground<'a>,
    step: &str,
    kc: &Kc,
) -> Result<Vec<Visit>, Stop> {
    let holder = ground.holder_of(world, "AE1", kc)?;
    let handshake = ground.handshake(world, step, &holder);
    let script = ground.giving(kc);
    let standing = async {
        let attempt = attempt(world, step, Role::Stimulus, &handshake).await?;
        let mut association = standing(step, Role::Stimulus, attempt)?;
        close(step, &mut association).await
    };
    let stimulus = Role::Stimulus;
    let (stood, visits) = ground.maf.beside(step, stimulus, &script, standing).await?;
    stood.map(|()| visits)
}

/// CSE/SAE/MAF/005.
pub async fn without_a_key<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    ground.register(world, &ground.holder).await?;
    ground.is_served(world, "twin", Role::Twin).await?;
    for (step, replying) in WITHOUT {
        let kc = ground.another(world, step)?;
        let reply = replying(&kc, ground.maf.served);
        ground.refuses_reply(world, step, &kc, reply).await?;
    }
    ground.is_served(world, "read-back", Role::ReadBack).await
}

/// CSE/SAE/MAF/008.
pub async fn for_other_usages<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    ground.register(world, &ground.holder).await?;
    ground.is_served(world, "twin", Role::Twin).await?;
    for (step, suid) in [
        ("suid-33", Some(json!(33))),
        ("suid-34", Some(json!(34))),
        ("suid-22", Some(json!(22))),
        ("suid-31", Some(json!(31))),
        ("no-suid", None),
    ] {
        let kc = Kc {
            suid,
            ..ground.another(world, step)?
        };
        let reply = kc.given(ground.maf.served);
        ground.refuses_reply(world, step, &kc, reply).await?;
    }
    ground.is_served(world, "read-back", Role::ReadBack).await
}

/// CSE/SAE/MAF/009.
pub async fn that_expired<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    ground.register(world, &ground.holder).await?;
    ground.is_served(world, "twin", Role::Twin).await?;
    let late = world.facts().seconds("PIXIT_TEXPIRE").saturating_add(1);
    let late = Duration::seconds(i64::try_from(late).unwrap_or(i64::MAX));
    for step in ["past", "malformed", "missing"] {
        let kc = ground.another(world, step)?;
        let kc = match step {
            "past" => {
                let moment = world.now(step)?.saturating_sub(late);
                kc.until(moment)
            }
            "malformed" => Kc {
                until: Some("2099-99-99".into()),
                ..kc
            },
            _ => Kc { until: None, ..kc },
        };
        let reply = kc.given(ground.maf.served);
        ground.refuses_reply(world, step, &kc, reply).await?;
    }
    note_of_now(world, ground).await?;
    ground.is_served(world, "read-back", Role::ReadBack).await
}

/// A key that expires at this moment is good or not.
async fn note_of_now<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    let step = "now";
    let moment = world.now(step)?;
    let kc = ground.another(world, step)?.until(moment);
    if noted(world, ground, step, &kc).await? {
        world.note("a key that expires at this moment opens an association".into());
    }
    Ok(())
}

/// Whether a key opens an association; either is noted.
async fn noted<'a>(
    world: &mut World<'a>,
    ground: &Ground<'a>,
    step: &str,
    kc: &Kc,
) -> Result<bool, Stop> {
    let holder = ground.holder_of(world, "AE1", kc)?;
    let script = ground.giving(kc);
    let (stands, _) = ground.either(world, step, &holder, &script).await?;
    Ok(stands)
}

/// CSE/SAE/MAF/014.
pub async fn of_odd_lengths<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    ground.register(world, &ground.holder).await?;
    ground.is_served(world, "twin", Role::Twin).await?;
    let step = "no-octets";
    let right = ground.another(world, step)?;
    let kc = Kc {
        value: Zeroizing::default(),
        ..right.clone()
    };
    // Whoever names the key has one of its length, or none.
    let holder = ground.holder_of(world, "AE1", &right)?;
    let reply = kc.given(ground.maf.served);
    ground.refuses_reply(world, step, &right, reply).await?;
    let handshake = empty(world, ground, &holder);
    let script = ground.giving(&kc);
    ground.refuses_by(world, step, &handshake, &script).await?;
    for (step, octets) in [("one-octet", 1), ("31-octets", 31), ("1000-octets", 1000)] {
        let kc = ground.another(world, step)?;
        let value = kc.value.iter().copied().cycle().take(octets).collect();
        let kc = Kc {
            value: Zeroizing::new(value),
            ..kc
        };
        if Psk::new(kc_octets(world, &kc).as_slice()).is_err() {
            world.note(format!("{step}: the tester has no such key"));
            continue;
        }
        if noted(world, ground, step, &kc).await? {
            world.note(format!("{step}: an association"));
        }
    }
    ground.is_served(world, "read-back", Role::ReadBack).await
}

/// A handshake with a key without octets.
fn empty(world: &World<'_>, ground: &Ground<'_>, holder: &Holder) -> Handshake {
    let mut handshake = ground.handshake(world, "no-octets: empty", holder);
    handshake.conduct.key = KeyChange::Empty;
    handshake
}
