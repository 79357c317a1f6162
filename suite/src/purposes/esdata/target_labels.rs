//! Envelopes under a contentInfo that is not theirs.

use super::case::{Case, ENCRYPTION};
use super::known::PAYLOAD;
use super::target::{Shown, opens, refuses, shown, unexpected};
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;

/// What nobody secured.
const FORGED: &str = r#"{"temperature":99.9,"unit":"Cel"}"#;

/// TGT/015.
pub async fn of_other_forms(world: &mut World<'_>) -> Result<(), Stop> {
    let right = Case::of("twin", ENCRYPTION, "JWE/003")?;
    opens(world, "twin", Role::Twin, &right).await?;
    for (step, id, form) in [
        ("compact-as-json", "JWE/003", 2),
        ("compact-as-base64", "JWE/003", 3),
        ("json-as-compact", "JWE/026", 1),
        ("base64-as-json", "ESD/004", 2),
        ("compact-as-xml", "JWE/003", 4),
    ] {
        let case = Case::of(step, ENCRYPTION, id)?;
        let case = case.labelled(&format!("application/json:0:{form}"));
        never_raw(world, step, &case).await?;
    }
    opens(world, "read-back", Role::ReadBack, &right)
        .await
        .map(|_| ())
}

/// TGT/016.
pub async fn that_are_gone(world: &mut World<'_>) -> Result<(), Stop> {
    let right = Case::of("twin", ENCRYPTION, "JWE/003")?;
    opens(world, "twin", Role::Twin, &right).await?;
    for (step, label) in [
        ("removed", "application/json:0"),
        ("none", "application/json:0:0"),
    ] {
        never_raw(world, step, &right.clone().labelled(label)).await?;
        let step = format!("{step}-and-forged");
        let forged = Case {
            content: FORGED.to_owned(),
            ..right.clone().labelled(label)
        };
        refuses(world, &step, &forged).await?;
    }
    opens(world, "read-back", Role::ReadBack, &right)
        .await
        .map(|_| ())
}

/// A failure, or the payload by whatever the envelope looks like; never the envelope itself.
async fn never_raw(world: &mut World<'_>, step: &str, case: &Case) -> Result<(), Stop> {
    match shown(world, step, Role::Stimulus, case).await? {
        Shown::Failure(_) => Ok(()),
        Shown::Payload(payload) if payload.octets == PAYLOAD.as_bytes() => {
            world.note(format!("{step}: opened by what it looks like"));
            Ok(())
        }
        other => {
            let expected = "a failure, or the payload, and not the envelope";
            Err(unexpected(step, Role::Stimulus, expected, &other))
        }
    }
}
