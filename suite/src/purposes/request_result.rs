//! What a non-blocking request comes to (TS-0004 V3.32.0, 7.3.3.15 and 7.4.12).

use super::answer::Answer;
use super::representation;
use super::stop::Stop;
use super::world::World;
use crate::catalogue::behaviour::Role;
use onem2m_primitive::Request;
use serde_json::Value;
use std::time::Duration;

/// How often the `<request>` is looked at.
const LOOKS: u32 = 10;

/// The `<request>` when it is completed or failed (requestStatus 1 or 2), or cannot be had, or was looked at often enough; with
/// the step that shows it.
pub async fn result(
    world: &World<'_>,
    actor: &str,
    reference: &str,
) -> Result<(String, Answer), Stop> {
    let mut number = 1;
    loop {
        let step = world.step(&format!("result {number}"));
        let request = Request::retrieve(reference);
        let answer = world
            .send(actor, &step, Role::Stimulus, request, None, &[])
            .await?;
        if is_over(&answer) || !answer.succeeded() || number == LOOKS {
            return Ok((step, answer));
        }
        number += 1;
        world.recorder().wait(Duration::from_millis(500)).await;
    }
}

/// Whether a `<request>` is completed or failed.
pub fn is_over(answer: &Answer) -> bool {
    let content = answer.content();
    let status = content.and_then(|content| representation::anywhere(content, "rs"));
    matches!(status.and_then(Value::as_u64), Some(1 | 2))
}
