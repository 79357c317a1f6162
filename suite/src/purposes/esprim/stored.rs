//! What comes of an object in a non-blocking request (TS-0004 V3.32.0, 7.6.2, steps C and M).

use super::fixture::{ACTOR, expect, instance, instances, object, with_session, wrong};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::answer::Answer;
use crate::purposes::representation;
use crate::purposes::request_result::{is_over, result};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::verdict::{Cause, Reason};
use onem2m_primitive::{Request, Response, ResponseStatusCode, ResponseType};
use serde_json::{Value, json};

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
    let (step, answer) = result(world, ACTOR, reference).await?;
    if !answer.succeeded() {
        return wrong(&step, "the <request>", &answer);
    }
    if !is_over(&answer) {
        let detail = "the <request> is neither completed nor failed";
        return Err(Stop::inconclusive(&step, Reason::Timeout, detail));
    }
    let stored = answer.content().map(Value::to_string).unwrap_or_default();
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
