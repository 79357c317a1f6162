//! The key behind an exchange.

use super::attempt::{Attempt, completes};
use super::parties::{INITIATOR, Parties, ready};
use super::proof::{self, KidForm, Reading, exported, is_unknown};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::esprim::fixture::{expect, instances, sent};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::verdict::{Cause, Judgement};
use onem2m_keys::ExporterLabel;
use serde_json::{Map, Value};

const ROLE: Role = Role::Stimulus;
/// ESPRIM_IMPERSONATION_ERROR
const IMPERSONATION: u16 = 4116;

/// CSE/ESCERTKE/EXP/001: the front names the key, and the rest is it.
pub async fn are_cut_as_specified(world: &mut World<'_>) -> Result<(), Stop> {
    let reversed = Reading {
        reversed: true,
        ..Reading::RIGHT
    };
    only_as_specified(world, &[("reversed", reversed)]).await
}

/// CSE/ESPRIM/KEY/017: a key that certificates established serves ESPrim.
pub async fn serve_primitives(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let attempt = Attempt::new("exchange", ROLE, &parties.initiator);
    let came = attempt.made(world).await?;
    let exporter = came.is_complete()?.clone();
    proof::is_served(world, "exchange", ROLE, &exporter, &parties.entity).await?;
    instances(world, "read-back", &[1]).await.map(|_| ())
}

/// CSE/ESCERTKE/EXP/002: an empty context is not none.
pub async fn have_no_context(world: &mut World<'_>) -> Result<(), Stop> {
    let with = Reading {
        context: Some(&[]),
        ..Reading::RIGHT
    };
    only_as_specified(world, &[("empty-context", with)]).await
}

/// CSE/ESCERTKE/EXP/003: other labels give nothing that the IUT knows.
pub async fn have_their_label(world: &mut World<'_>) -> Result<(), Stop> {
    let with = |label| Reading {
        label,
        ..Reading::RIGHT
    };
    let labels = [
        ("connection", with(ExporterLabel::Connection)),
        ("bootstrap", with(ExporterLabel::Bootstrap)),
    ];
    only_as_specified(world, &labels).await
}

/// CSE/ESCERTKE/EXP/004: the identifier is known in the form that the profile states, and in no other.
pub async fn are_named_as_stated(world: &mut World<'_>) -> Result<(), Stop> {
    let stated = KidForm::stated(world);
    let others: Vec<(&str, Reading)> = KidForm::ALL
        .into_iter()
        .filter(|(_, form)| *form != stated)
        .map(|(name, form)| {
            let form = Some(form);
            let reading = Reading {
                form,
                ..Reading::RIGHT
            };
            (name, reading)
        })
        .collect();
    only_as_specified(world, &others).await
}

/// CSE/ESCERTKE/EXP/005: the same octets of the initiator, and another key.
pub async fn differ(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let mut seen = Vec::new();
    for step in ["first", "second"] {
        let attempt = Attempt {
            drawn_as: Some("same".into()),
            ..Attempt::new(step, ROLE, &parties.initiator)
        };
        let came = attempt.made(world).await?;
        let exporter = came.is_complete()?;
        let key = exported(step, exporter, &Reading::RIGHT)?;
        let random = came.seen.server_hello.as_ref().map(|hello| hello.random.0);
        seen.push((random, key));
    }
    if let [(first_random, first), (second_random, second)] = seen.as_slice()
        && (first_random == second_random || first == second)
    {
        let judgement = Judgement::fail(
            Cause::WrongDecision,
            "another random value and another key",
            "the same",
        );
        return Err(Stop::Judged(judgement.at("second")));
    }
    Ok(())
}

/// CSE/ESCERTKE/EXP/006: the key is for who is in the certificate.
pub async fn are_of_one_entity(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let came = completes(world, &parties, "twin", Role::Twin).await?;
    let exporter = came.is_complete()?.clone();
    let step = "of-another";
    let other = world
        .identity(super::parties::OTHER)
        .map_err(|unfilled| Stop::unfilled(step, &unfilled))?;
    let pair = proof::pair(world, step, &exporter, &Reading::RIGHT, &parties.entity)?;
    world.pair(INITIATOR, pair);
    let mut inner = Map::new();
    inner.insert("fr".into(), Value::from(other));
    let protection = Protection {
        session: Some(step.into()),
        inner,
        ..Protection::default()
    };
    let sealed = sent(world, step, ROLE, &protection).await?;
    expect(
        step,
        ROLE,
        &Expectation::Codes(vec![IMPERSONATION]),
        &sealed,
    )?;
    proof::is_served(
        world,
        "read-back",
        Role::ReadBack,
        &exporter,
        &parties.entity,
    )
    .await
}

/// A key opens an object as the clause says, and by none of these readings.
async fn only_as_specified(world: &mut World<'_>, others: &[(&str, Reading)]) -> Result<(), Stop> {
    let parties: Parties = ready(world).await?;
    let step = "exchange";
    let came = Attempt::new(step, Role::Twin, &parties.initiator)
        .made(world)
        .await?;
    let exporter = came.is_complete()?.clone();
    let entity = &parties.entity;
    proof::is_served(world, step, ROLE, &exporter, entity).await?;
    for (name, reading) in others {
        is_unknown(world, name, &exporter, reading, entity).await?;
    }
    proof::is_served(world, "read-back", Role::ReadBack, &exporter, entity).await
}
