//! Inner requests of any size.

use super::fixture::{ACTOR, instances, served, with_session, wrong};
use crate::catalogue::behaviour::{Part, Protection, Role};
use crate::purposes::representation;
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::{Manner, Sealed, World};
use crate::verdict::{Cause, Reason};
use onem2m_primitive::Request;
use serde_json::{Value, json};

const ROLE: Role = Role::Stimulus;
/// What is too large may be refused for that, in the outer response or in the inner one.
const TOO_LARGE: [u16; 5] = [4000, 4102, 5000, 5207, 5210];
/// What does not fit its tag (TS-0004 V3.32.0, Table 7.6.2-1), or is too large to be looked at.
const ALTERED: [u16; 4] = [4000, 4102, 4115, 5210];

/// CSE/ESPRIM/REQ/022: content up to the limit is stored whole, what is beyond it whole or not at all, and what was altered not
/// at all.
pub async fn are_whole(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    let limit = world.facts().seconds("PIXIT_MAX_CONTENT");
    let Some(limit) = usize::try_from(limit).ok().filter(|limit| *limit > 0) else {
        let detail = "PIXIT_MAX_CONTENT names no number of octets";
        return Err(Stop::inconclusive("limit", Reason::TestBed, detail));
    };
    let mut stored = 1;
    for (step, size) in [
        ("half", limit / 2),
        ("at-the-limit", limit),
        ("beyond", limit.saturating_add(1)),
        ("far-beyond", limit.saturating_mul(4)),
    ] {
        let content = "x".repeat(size);
        let sealed = sent(world, step, &content, &Protection::default()).await?;
        let has_to_be_served = size <= limit;
        match (sealed.answer.succeeded(), sealed.answer.code()) {
            (true, _) => {
                stored += 1;
                instances(world, &format!("{step}: read-back"), &[stored]).await?;
                is_stored(world, &format!("{step}: content"), &content).await?;
            }
            (false, Some(code)) if !has_to_be_served && TOO_LARGE.contains(&code) => {
                world.note(format!("{step}: refused with {code}"));
                instances(world, &format!("{step}: read-back"), &[stored]).await?;
            }
            _ => {
                return wrong(
                    step,
                    "the contentInstance, or a refusal of its size",
                    &sealed.answer,
                );
            }
        }
    }
    let altered = Protection {
        flipped: Some(Part::Tag),
        ..Protection::default()
    };
    let sealed = sent(world, "altered", &"x".repeat(limit), &altered).await?;
    instances(world, "altered: read-back", &[stored]).await?;
    match sealed.answer.code() {
        Some(code) if ALTERED.contains(&code) => {}
        _ => return wrong("altered", "a refusal of what was altered", &sealed.answer),
    }
    served(world, "control", Role::ReadBack).await.map(|_| ())
}

async fn sent(
    world: &mut World<'_>,
    step: &str,
    content: &str,
    protection: &Protection,
) -> Result<Sealed, Stop> {
    let instance = json!({"m2m:cin": {"con": content}});
    let request = Request::create(world.find(step, "cntT")?, 4, instance);
    world
        .send_protected(Manner::default(), ACTOR, step, ROLE, request, protection)
        .await
}

/// The newest contentInstance has this content.
async fn is_stored(world: &World<'_>, step: &str, content: &str) -> Result<(), Stop> {
    let request = Request::retrieve(format!("{}/la", world.find(step, "cntT")?));
    let role = Role::ReadBack;
    let answer = world.send("ADM", step, role, request, None, &[]).await?;
    let stored = representation::attributes(answer.content())
        .and_then(|attributes| attributes.get("con"))
        .and_then(Value::as_str);
    match stored {
        Some(stored) if stored == content => Ok(()),
        other => {
            let expected = format!("{} octets as they were sent", content.len());
            let observed = other.map_or("none".into(), |other| format!("{} octets", other.len()));
            let finding = Finding::new(Cause::SideEffect, expected, observed);
            Err(Stop::mismatch(step, role, finding, &answer))
        }
    }
}
