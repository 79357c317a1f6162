//! What the IUT sends to an entity's point of access, or must not send.

use super::representation;
use super::stop::{Finding, Stop};
use super::world::World;
use crate::catalogue::behaviour::{Expectation, Step};
use crate::verdict::Cause;
use serde_json::{Map, Value, json};

/// Looks for what arrives at the point of access of the step's actor; verification requests of a
/// subscription (`vrq`) do not count.
pub async fn inbound(world: &mut World<'_>, step: &Step, name: &str) -> Result<(), Stop> {
    let entity = world.point_of_access_name(&step.actor);
    let patience = world.facts().patience;
    let expect = world
        .facts()
        .resolve(&step.expect)
        .map_err(|detail| Stop::error(name, detail))?;
    let sees = match world.fill(name, &json!(step.sees)).await? {
        Value::Object(sees) => sees,
        _ => Map::new(),
    };
    let fail = |cause, expected: &str, observed: String| {
        let finding = Finding::new(cause, expected, observed);
        Err(Stop::arrived(name, step.role, finding))
    };
    loop {
        let request = world
            .recorder()
            .inbound(&entity, name, step.role, patience)
            .await
            .map_err(|error| Stop::link(name, &error))?;
        let Some(request) = request else {
            return match expect {
                Expectation::Permit => {
                    let observed = "nothing within the time".to_owned();
                    fail(Cause::SideEffect, "a notification", observed)
                }
                _ => Ok(()),
            };
        };
        if expect != Expectation::Permit {
            let observed = format!("{} {}", request.method, request.target);
            return fail(Cause::SideEffect, "no notification", observed);
        }
        let content: Value = serde_json::from_slice(&request.body.0).unwrap_or_default();
        if representation::anywhere(&content, "vrq").is_some() {
            continue;
        }
        for (member, expected) in &sees {
            if representation::anywhere(&content, member) != Some(expected) {
                let expected = format!("a notification with {member} = {expected}");
                return fail(Cause::SideEffect, &expected, content.to_string());
            }
        }
        for member in &step.lacks {
            if representation::anywhere(&content, member).is_some() {
                let expected = format!("a notification without {member}");
                return fail(Cause::Leak, &expected, "one with it".into());
            }
        }
        return Ok(());
    }
}
