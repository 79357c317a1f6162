//! What comes of an object in a non-blocking request (TS-0004 V3.32.0, 7.6.2, steps C and M).

use super::fixture::{ACTOR, expect, instance, instances, object, with_session, wrong};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::answer::Answer;
use crate::purposes::representation;
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::verdict::{Cause, Reason};
use onem2m_primitive::{Request, Response, ResponseStatusCode, ResponseType};
use serde_json::{Value, json};
use std::time::Duration;

const ROLE: Role = Role::Stimulus;

/// CSE/ESPRIM/REQ/016: what a non-blocking request comes to is kept as the object, and nothing of it in the clear.
pub async fn without_blocking(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    let step = "object";
    let request = instance(world, step)?;
    let usual = Protection::default();
    let kept = world.seal(ACTOR, step, &request, &usual).await?;
    let content = json!({"m2m:seci": {"sit": 5, "epo": kept.object}});
    let mut request = Request::notify(world.find(step, "{CB}")?, content);
    request.response_type = Some(ResponseType {
        value: 1,
        notification_uris: None,
    });
    let answer = world.send(ACTOR, step, ROLE, request, None, &[]).await?;
    let reference = answer
        .content()
        .and_then(|content| content.get("m2m:uri"))
        .and_then(Value::as_str);
    let (Some(1000 | 1001), Some(reference)) = (answer.code(), reference) else {
        return wrong(step, "1000 or 1001 with a reference in m2m:uri", &answer);
    };
    let (answer, stored) = result(world, reference).await?;
    let in_the_clear = [world.canary(), "m2m:cin".to_owned(), "\"op\":1".to_owned()];
    if let Some(found) = in_the_clear.iter().find(|text| stored.contains(*text)) {
        let expected = "a <request> that holds objects alone";
        let finding = Finding::new(Cause::Leak, expected, format!("{found} in {stored}"));
        return Err(Stop::mismatch("result", ROLE, finding, &answer));
    }
    let outcome = answer
        .content()
        .and_then(|content| representation::anywhere(content, "ors")?.get("pc").cloned());
    let outer = Answer::Primitive(Box::new(Response {
        content: outcome,
        ..Response::new(ResponseStatusCode::OK)
    }));
    let sealed = world.taken("result", &kept, outer)?;
    if object(&sealed).is_none() {
        return wrong("result", "operationResult with an object", &answer);
    }
    expect("result", ROLE, &Expectation::Permit, &sealed)?;
    instances(world, "read-back", &[2]).await.map(|_| ())
}

/// The `<request>` when it is completed or failed (requestStatus 1 or 2), looked at ten times.
async fn result(world: &World<'_>, reference: &str) -> Result<(Answer, String), Stop> {
    for number in 1..=10 {
        let step = format!("result {number}");
        let request = Request::retrieve(reference);
        let answer = world.send(ACTOR, &step, ROLE, request, None, &[]).await?;
        let content = answer.content();
        let status = content.and_then(|content| representation::anywhere(content, "rs"));
        if let Some(1 | 2) = status.and_then(Value::as_u64) {
            let text = content.map(Value::to_string).unwrap_or_default();
            return Ok((answer, text));
        }
        if !answer.succeeded() {
            return wrong(&step, "the <request>", &answer).map(|()| (answer, String::new()));
        }
        world.recorder().wait(Duration::from_millis(500)).await;
    }
    let detail = "the <request> is neither completed nor failed";
    Err(Stop::inconclusive("result", Reason::Timeout, detail))
}
