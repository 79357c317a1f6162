//! Content that is signed first and then encrypted to a Target.

use super::case::{Case, NESTED};
use super::known::{self, PAYLOAD};
use super::target::{Shown, opens, refuses, shown, unexpected};
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;

/// TGT/009.
pub async fn signed_first(world: &mut World<'_>) -> Result<(), Stop> {
    for id in ["ESD/006", "ESD/007", "ESD/009"] {
        let case = Case::of(id, NESTED, id)?;
        let payload = opens(world, id, Role::Stimulus, &case).await?;
        let signer: Vec<&str> = case.keys.iter().skip(1).map(known::kid).collect();
        if payload.verified_by != signer {
            let expected = format!("the payload, verified by {signer:?}");
            let shown = Shown::Payload(payload);
            return Err(unexpected(id, Role::Stimulus, &expected, &shown));
        }
    }
    Ok(())
}

/// TGT/010.
pub async fn otherwise_nested(world: &mut World<'_>) -> Result<(), Stop> {
    let right = Case::of("twin", NESTED, "ESD/006")?;
    opens(world, "twin", Role::Twin, &right).await?;

    let step = "encrypted-first";
    let reverse = Case::of(step, NESTED, "ESD/119")?;
    match shown(world, step, Role::Stimulus, &reverse).await? {
        Shown::Failure(_) => {}
        // That somebody signed an encrypted object says nothing of what is in it.
        Shown::Payload(payload) if payload.octets.starts_with(b"eyJ") => {
            world.note(format!("{step}: the signed JWE is given out as it is"));
        }
        other => {
            let expected = "a failure, or the encrypted object as what was signed";
            return Err(unexpected(step, Role::Stimulus, expected, &other));
        }
    }
    for (step, id) in [
        ("nothing-signed", "ESD/115"),
        ("encrypted-twice", "ESD/116"),
        ("wrong-signature", "ESD/117"),
        ("unsecured-inside", "ESD/118"),
        ("code-inside", "ESD/114"),
    ] {
        refuses(world, step, &Case::of(step, NESTED, id)?).await?;
    }
    opens(world, "read-back", Role::ReadBack, &right)
        .await
        .map(|_| ())
}

/// TGT/011. The inner signature is of one who signed for somebody else, who then encrypted it to the AE: its format binds no
/// recipient.
pub async fn handed_on(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "handed-on";
    let case = Case::of(step, NESTED, "ESD/006")?;
    let signer: Vec<&str> = case.keys.iter().skip(1).map(known::kid).collect();
    match shown(world, step, Role::Stimulus, &case).await? {
        Shown::Payload(payload)
            if payload.octets == PAYLOAD.as_bytes() && payload.verified_by == signer =>
        {
            world.note("the payload is taken, as that of its signer".to_owned());
            Ok(())
        }
        Shown::Failure(why) => {
            world.note(format!("the payload is not taken: {why}"));
            Ok(())
        }
        other => {
            let expected = format!("the payload, verified by {signer:?}, or a failure");
            Err(unexpected(step, Role::Stimulus, &expected, &other))
        }
    }
}
