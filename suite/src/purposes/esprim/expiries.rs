//! Objects around the end of their rand objects (TS-0003 V3.18.0, 8.4.2, step C.6b).

use super::fixture::{
    ACTOR, LEEWAY, PATIENCE, expect, instances, paired_alone, sent, sent_text, served,
    served_object,
};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::{Sealed, World};
use crate::tester::template::{basic, read_basic};
use crate::verdict::{Cause, Reason};
use serde_json::{Map, Value, json};
use time::{Duration, OffsetDateTime};

const ROLE: Role = Role::Stimulus;
/// How long the rand object of the Originator is valid.
const LIFETIME: Duration = Duration::seconds(9);

/// CSE/ESPRIM/RND/002: what comes in time is served, what comes late is not, and nothing is served behind a refusal.
pub async fn are_kept_to(world: &mut World<'_>) -> Result<(), Stop> {
    paired_alone(world).await?;
    let end = world.now("begin")? + LIFETIME;
    let mut is_over = false;
    let mut served = 0;
    for (step, moment, allowed) in [
        ("in-time", end - LEEWAY * 2, &[2001][..]),
        ("at-the-end", end, &[2001, 4113]),
        ("a-second-late", end + Duration::SECOND, &[2001, 4113]),
        ("late", end + LEEWAY + Duration::SECOND, &[4113]),
    ] {
        world.pass("wait", moment).await?;
        let role = if served == 0 { Role::Twin } else { ROLE };
        let sealed = sent(world, step, role, &ending(end)).await?;
        let codes = match is_over {
            true => Expectation::Codes(vec![4113]),
            false => Expectation::Codes(allowed.to_vec()),
        };
        let is_served = sealed.answer.succeeded();
        served += u64::from(is_served);
        is_over |= !is_served;
        instances(world, &format!("{step}: read-back"), &[served]).await?;
        expect(step, role, &codes, &sealed)?;
    }
    Ok(())
}

/// CSE/ESPRIM/RPL/004: an object that was executed is refused once its rand objects are over.
pub async fn refuse_what_was_executed(world: &mut World<'_>) -> Result<(), Stop> {
    paired_alone(world).await?;
    served(world, "twin", Role::Twin).await?;
    let (kept, _) = served_object(world, "object", Role::Twin).await?;
    let end = world
        .session("session")
        .and_then(|session| read_basic(session.receiver.get("esrx")?.as_str()?));
    let now = world.now("object")?;
    let Some(end) = end.filter(|end| *end - now < PATIENCE) else {
        let detail = "the rand object of the IUT is valid for too long";
        return Err(Stop::inconclusive("object", Reason::Precondition, detail));
    };
    world.pass("wait", end + LEEWAY).await?;
    let sealed = sent_text(world, "again", ROLE, ACTOR, &kept.object, &kept).await?;
    instances(world, "read-back", &[2]).await?;
    expired(&sealed)
}

fn expired(sealed: &Sealed) -> Result<(), Stop> {
    match sealed.answer.code() {
        Some(4113 | 4114) => Ok(()),
        _ => {
            let expected = "4113 or 4114";
            let finding = Finding::new(Cause::WrongDecision, expected, sealed.answer.to_string());
            Err(Stop::mismatch("again", ROLE, finding, &sealed.answer))
        }
    }
}

/// An object with a rand object of the Originator that ends at a moment.
fn ending(end: OffsetDateTime) -> Protection {
    let mut oro: Map<String, Value> = Map::new();
    oro.insert("esrx".into(), json!(basic(end)));
    Protection {
        oro,
        oro_sent: Some(true),
        ..Protection::default()
    }
}
