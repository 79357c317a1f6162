//! Content that is signed for a Target.

use super::case::{Case, SIGNATURE};
use super::known::{self, PAYLOAD};
use super::target::{Payload, Shown, opens, refuses, shown, unexpected};
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use serde_json::Value;

/// TGT/007.
pub async fn of_every_algorithm(world: &mut World<'_>) -> Result<(), Stop> {
    for number in 1..=9 {
        let id = format!("JWS/00{number}");
        let case = Case::of(&id, SIGNATURE, &id)?;
        let payload = opens(world, &id, Role::Stimulus, &case).await?;
        let expected: Vec<&str> = case.keys.iter().map(known::kid).collect();
        recorded(&id, payload, &expected)?;
    }
    Ok(())
}

/// TGT/008.
pub async fn of_two(world: &mut World<'_>) -> Result<(), Stop> {
    let both = Case::of("two", SIGNATURE, "JWS/013")?;
    let known = both.keys.first().cloned();
    let verified_by: Vec<String> = known.iter().map(|key| known::kid(key).to_owned()).collect();
    let verified_by: Vec<&str> = verified_by.iter().map(String::as_str).collect();

    let one = Case {
        keys: known.into_iter().collect(),
        ..both.clone()
    };
    let payload = opens(world, "one-unknown", Role::Stimulus, &one).await?;
    recorded("one-unknown", payload, &verified_by)?;

    let step = "one-broken";
    let broken = Case {
        content: broken(step, &both.content, &[1])?,
        ..both.clone()
    };
    match shown(world, step, Role::Stimulus, &broken).await? {
        Shown::Payload(payload) if payload.octets == PAYLOAD.as_bytes() => {
            recorded(step, payload, &verified_by)?;
        }
        Shown::Failure(why) => world.note(format!("{step}: {why}")),
        other => {
            let expected = "the payload, or a failure";
            return Err(unexpected(step, Role::Stimulus, expected, &other));
        }
    }

    let step = "both-broken";
    let broken = Case {
        content: self::broken(step, &both.content, &[0, 1])?,
        ..both.clone()
    };
    refuses(world, step, &broken).await?;
    opens(world, "read-back", Role::ReadBack, &both)
        .await
        .map(|_| ())
}

/// The credentials that verified a payload are recorded, and no others.
fn recorded(step: &str, payload: Payload, expected: &[&str]) -> Result<(), Stop> {
    if payload.verified_by == expected {
        return Ok(());
    }
    let expected = format!("the payload, verified by {expected:?}");
    let shown = Shown::Payload(payload);
    Err(unexpected(step, Role::Stimulus, &expected, &shown))
}

/// The object with some of its signatures changed.
fn broken(step: &str, object: &str, which: &[usize]) -> Result<String, Stop> {
    let unreadable = || Stop::error(step, "the vector has no signatures");
    let mut object: Value = serde_json::from_str(object).map_err(|_| unreadable())?;
    let signatures = object.get_mut("signatures").and_then(Value::as_array_mut);
    let signatures = signatures.ok_or_else(unreadable)?;
    for (index, element) in signatures.iter_mut().enumerate() {
        let signature = element.get_mut("signature");
        if let (true, Some(Value::String(text))) = (which.contains(&index), signature) {
            let first = if text.starts_with('A') { "B" } else { "A" };
            text.replace_range(..1, first);
        }
    }
    Ok(object.to_string())
}
