//! Which messages belong together.

use super::attempt::{Attempt, completes, is_told};
use super::messages::{hello, is_alert};
use super::parties::{INITIATOR, OTHER, ready};
use super::proof::{self, Reading};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::answer::Answer;
use crate::purposes::esprim::fixture::{expect, instance};
use crate::purposes::representation;
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::{Between, Carriage, Manner, World, message_in};
use crate::tester::handshake::Exporter;
use crate::verdict::{Cause, Judgement};
use onem2m_primitive::Request;
use serde_json::{Value, json};
use std::time::Duration;

const ROLE: Role = Role::Stimulus;
/// ESPRIM_UNKNOWN_KEY_ID and ESPRIM_IMPERSONATION_ERROR
const NOT_ITS_KEY: [u16; 2] = [4112, 4116];
/// A symmetric key for ESPrim by certificates (TS-0004 V3.32.0, Table 6.3.4.2.39-1)
const BY_CERTIFICATES: u64 = 43;

/// CSE/ESCERTKE/COR/001: message 3 of another From belongs to no exchange.
pub async fn is_by_from(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    completes(world, &parties, "twin", Role::Twin).await?;
    let attempt = Attempt {
        carriage: Carriage {
            first: INITIATOR.into(),
            second: OTHER.into(),
            between: Between::Nothing,
        },
        ..Attempt::new("from-another", ROLE, &parties.initiator)
    };
    let came = attempt.made(world).await?;
    came.is_refused()?;
    // Of the one whose exchange it is, it may still be taken.
    let flight = came.carried.flights.last().cloned().unwrap_or_default();
    let answer = world
        .send_message(INITIATOR, "afterwards", ROLE, &flight)
        .await?;
    is_told("afterwards", ROLE, &answer)?;
    world.note(format!("message 3 of its own afterwards: {answer}"));
    completes(world, &parties, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// CSE/ESCERTKE/COR/002: a certificate of somebody else gives From no key.
pub async fn of_another_certificate(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    completes(world, &parties, "twin", Role::Twin).await?;
    let step = "of-another";
    let attempt = Attempt::new(step, ROLE, &parties.initiator).of(OTHER);
    let came = attempt.made(world).await?;
    if let Ok(exporter) = came.is_complete() {
        world.note("an exchange whose From is not that of the certificate is complete".into());
        is_not_of_from(world, exporter).await?;
    } else {
        came.is_refused()?;
    }
    completes(world, &parties, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// An object of the From of an exchange is not served under its key.
async fn is_not_of_from(world: &mut World<'_>, exporter: &Exporter) -> Result<(), Stop> {
    let step = "as-from";
    let other = world.identity(OTHER);
    let other = other.map_err(|unfilled| Stop::unfilled(step, &unfilled))?;
    let pair = proof::pair(world, step, exporter, &Reading::RIGHT, &other)?;
    world.pair(OTHER, pair);
    let protection = Protection {
        session: Some(step.into()),
        ..Protection::default()
    };
    let request = instance(world, step)?;
    let manner = Manner::default();
    let sealed = world
        .send_protected(manner, OTHER, step, ROLE, request, &protection)
        .await?;
    let refused = Expectation::Codes(NOT_ITS_KEY.to_vec());
    expect(step, ROLE, &refused, &sealed)
}

/// CSE/ESCERTKE/COR/003: message 3 without message 1, twice, behind another message 1, and late.
pub async fn is_in_order(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let first = completes(world, &parties, "twin", Role::Twin).await?;
    let third = first.carried.flights.last().cloned().unwrap_or_default();
    let fourth = first.carried.answers.last().map(message_in);
    for step in ["again", "without-message-1"] {
        let answer = world.send_message(INITIATOR, step, ROLE, &third).await?;
        is_told(step, ROLE, &answer)?;
        let is_same = answer.succeeded() && Some(message_in(&answer)) == fourth;
        if answer.succeeded() && !is_same && !is_alert(&answer) {
            return Err(other_message(step, &answer));
        }
    }
    let hello = hello(world, "another-hello", &parties.initiator)?;
    let attempts = [
        ("behind-another", Between::Message(hello), false),
        ("late", Between::Wait(life(world)), true),
    ];
    for (step, between, has_to_fail) in attempts {
        let carriage = Carriage {
            between,
            ..Carriage::of(INITIATOR)
        };
        let attempt = Attempt {
            carriage,
            ..Attempt::new(step, ROLE, &parties.initiator)
        };
        let came = attempt.made(world).await?;
        // Behind another message 1 it belongs to either of the two.
        if has_to_fail || !came.end.is_established() {
            came.is_refused()?;
        }
        world.note(format!("{step}: {}", came.end));
    }
    completes(world, &parties, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// For how long and a little more a half exchange is kept.
fn life(world: &World<'_>) -> Duration {
    let stated = world.facts().seconds("PIXIT_T_ESCERTKE");
    let skew = world.facts().seconds("PIXIT_CLOCK_SKEW");
    Duration::from_secs(stated.saturating_add(skew).saturating_add(1))
}

/// CSE/ESCERTKE/COR/004: half exchanges keep nobody out.
pub async fn of_many(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let count = world.facts().seconds("PIXIT_ESCERTKE_FLOOD");
    for number in 1..=count {
        let step = format!("hello {number}");
        let octets = hello(world, &step, &parties.initiator)?;
        let actor = match number % 2 {
            0 => INITIATOR,
            _ => OTHER,
        };
        let answer = world.send_message(actor, &step, ROLE, &octets).await?;
        if let Answer::Malformed(_) | Answer::Closed(_) | Answer::Timeout = answer {
            world.note(format!("{step}: {answer}"));
        }
    }
    let step = "afterwards";
    let came = Attempt::new(step, ROLE, &parties.initiator)
        .made(world)
        .await?;
    if came.is_complete().is_err() {
        came.is_refused()?;
        let recovery = world.facts().seconds("PIXIT_T_RECOVER");
        world.recorder().wait(Duration::from_secs(recovery)).await;
    }
    completes(world, &parties, "recovered", Role::ReadBack).await?;
    Ok(())
}

/// CSE/ESCERTKE/COR/005: a failed message 3 is told in one way, and tells nothing else.
pub async fn tells_failures_alike(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let conducts = [
        ("finished", json!({"finished": {"inverted": 3}})),
        ("signature", json!({"certificate-verify": "other-key"})),
        ("point", json!({"point": "off-curve"})),
    ];
    completes(world, &parties, "twin", Role::Twin).await?;
    let stated = world.facts().pixit.get("PIXIT_ESCERTKE_FAILURE");
    let mut expected = stated.filter(|stated| *stated != "any").cloned();
    for (step, conduct) in conducts {
        let attempt = Attempt::new(step, ROLE, &parties.initiator).with(conduct);
        let came = attempt.made(world).await?;
        came.is_refused()?;
        let Some(answer) = came.carried.answers.last() else {
            return Err(Stop::error(step, "expected an answer to message 3"));
        };
        let style = match answer.succeeded() {
            true => "alert",
            false => "rsc",
        };
        let expected = expected.get_or_insert_with(|| style.to_owned());
        if expected != style {
            let told = format!("a failure told as the others, by {expected}");
            let finding = Finding::new(Cause::WrongDecision, told, answer.to_string());
            return Err(Stop::mismatch(step, ROLE, finding, answer));
        }
        conceals(step, answer, &came.seen.exporter)?;
    }
    completes(world, &parties, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// An answer shows nothing of the key.
fn conceals(step: &str, answer: &Answer, exporter: &Option<Exporter>) -> Result<(), Stop> {
    let Some(exporter) = exporter else {
        return Ok(());
    };
    let shown = answer.content().map(Value::to_string).unwrap_or_default();
    let key = proof::exported(step, exporter, &Reading::RIGHT)?;
    let digits: String = key
        .iter()
        .skip(16)
        .map(|octet| format!("{octet:02x}"))
        .collect();
    if shown.to_lowercase().contains(&digits) {
        let finding = Finding::new(Cause::Leak, "nothing of the key", shown);
        return Err(Stop::mismatch(step, ROLE, finding, answer));
    }
    Ok(())
}

/// CSE/ESCERTKE/COR/006: e2eSecInfo says that keys are established by certificates.
pub async fn is_announced(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "retrieve";
    let request = Request::retrieve(world.find(step, "{CB}")?);
    let answer = world.send("ADM", step, ROLE, request, None, &[]).await?;
    let information = representation::attributes(answer.content())
        .and_then(|attributes| attributes.get("esi"))
        .and_then(Value::as_object);
    let Some(information) = information else {
        let finding = Finding::new(
            Cause::WrongDecision,
            "2000 OK with e2eSecInfo",
            answer.to_string(),
        );
        return Err(Stop::mismatch(step, ROLE, finding, &answer));
    };
    let features = information.get("esf").and_then(Value::as_array);
    let names = features.is_some_and(|all| all.contains(&BY_CERTIFICATES.into()));
    let says = if names { "43" } else { "not 43" };
    world.note(format!(
        "e2eSecInfo has {says} among the features; m2m:suid has no value for ESCertKE"
    ));
    Ok(())
}

fn other_message(step: &str, answer: &Answer) -> Stop {
    let judgement = Judgement::fail(
        Cause::WrongDecision,
        "an error, an alert, or message 4 as it was",
        format!("{answer} with another message"),
    );
    Stop::Judged(judgement.at(step))
}
