//! The rand object that a Receiver publishes, and how it is followed by the next (TS-0003 V3.18.0, 8.4.2, step B.1).

use super::fixture::{ACTOR, LEEWAY, PATIENCE, expect, instances, paired_alone, sent};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::answer::Answer;
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::tester::template::read_basic;
use crate::verdict::{Cause, Reason};
use onem2m_primitive::Request;
use serde_json::Value;
use time::{Duration, OffsetDateTime};

/// Looks at the published object until it ends.
const LOOKS: i32 = 8;

/// CSE/ESPRIM/SHR/002: the next object has another value, and another identifier while the one before is valid.
pub async fn is_followed_by_another(world: &mut World<'_>) -> Result<(), Stop> {
    paired_alone(world).await?;
    let (_, before) = published(world, "before").await?;
    let before = before.ok_or_else(none)?;
    let (now, end) = (world.now("before")?, end_of(&before)?);
    bearable(end - now)?;
    for look in 1..=LOOKS {
        let moment = now + (end + LEEWAY - now) * look / LOOKS;
        world.pass("wait", moment).await?;
        let step = format!("look {look}");
        let (answer, after) = published(world, &step).await?;
        let Some(after) = after else {
            world.note(format!("{step}: no rand object is published any more"));
            continue;
        };
        if after == before {
            continue;
        }
        let same = |member: &str| before.get(member) == after.get(member);
        let is_valid = world.now(&step)? < end;
        return match (same("esrv"), same("esri") && is_valid) {
            (false, false) => Ok(()),
            _ => {
                let expected = "another random value, under another identifier";
                let finding = Finding::new(Cause::MalformedAnswer, expected, after.to_string());
                Err(Stop::mismatch(&step, Role::Stimulus, finding, &answer))
            }
        };
    }
    // Whoever lets an object end has to give others to those who ask.
    world.receiver_object(ACTOR, "asked").await?;
    world.note("no other rand object was published when the first had ended".into());
    Ok(())
}

/// CSE/ESPRIM/SHR/005: a session on the published object ends with it.
pub async fn ends_at_its_expiry(world: &mut World<'_>) -> Result<(), Stop> {
    paired_alone(world).await?;
    let on_it = Protection {
        shared: true,
        ..Protection::default()
    };
    let sealed = sent(world, "twin", Role::Twin, &on_it).await?;
    expect("twin", Role::Twin, &Expectation::Permit, &sealed)?;
    let receiver = world.session("session");
    let receiver = receiver.map(|session| session.receiver.clone());
    let end = end_of(&receiver.ok_or_else(none)?)?;
    bearable(end - world.now("twin")?)?;
    world.pass("wait", end + LEEWAY).await?;
    let sealed = sent(world, "late", Role::Stimulus, &on_it).await?;
    instances(world, "read-back", &[1]).await?;
    let expired = Expectation::Codes(vec![4113, 4114]);
    expect("late", Role::Stimulus, &expired, &sealed)
}

/// The object in e2eSecInfo of the `<CSEBase>`, with the answer that shows it.
pub async fn published(world: &World<'_>, step: &str) -> Result<(Answer, Option<Value>), Stop> {
    let request = Request::retrieve(world.find(step, "{CB}")?);
    let role = Role::Stimulus;
    let answer = world.send("ADM", step, role, request, None, &[]).await?;
    let object = answer
        .content()
        .and_then(|content| content.get("m2m:cb")?.get("esi")?.get("esro"));
    let object = object.cloned();
    Ok((answer, object))
}

fn end_of(object: &Value) -> Result<OffsetDateTime, Stop> {
    let end = object.get("esrx").and_then(Value::as_str);
    end.and_then(read_basic).ok_or_else(none)
}

fn bearable(left: Duration) -> Result<(), Stop> {
    match left < PATIENCE {
        true => Ok(()),
        false => {
            let detail = format!("the published rand object ends in {left}, which is too long");
            Err(Stop::inconclusive("before", Reason::Precondition, detail))
        }
    }
}

fn none() -> Stop {
    let detail = "the IUT publishes no rand object that ends at a moment";
    Stop::inconclusive("before", Reason::Precondition, detail)
}
