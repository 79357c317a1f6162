//! What the IUT sends to an entity's point of access, or to a CSE of the tester, or must not send.

use super::representation;
use super::stop::{Finding, Stop};
use super::world::World;
use crate::catalogue::behaviour::{Expectation, InboundOperation, Step};
use crate::tester::inbound::same_target;
use crate::tester::link::Inbound;
use crate::verdict::Cause;
use serde_json::{Map, Value, json};

/// Which requests a step looks for.
pub struct Counts {
    to: Option<String>,
    operation: Option<InboundOperation>,
}

impl Counts {
    /// Those for a target and of an operation, where the step names them.
    pub async fn new(
        world: &mut World<'_>,
        step: &str,
        to: Option<&str>,
        operation: Option<InboundOperation>,
    ) -> Result<Self, Stop> {
        Ok(Self {
            to: match to {
                Some(to) => Some(world.fill_text(step, to).await?),
                None => None,
            },
            operation,
        })
    }

    fn holds(&self, request: &Inbound) -> bool {
        let is_for = |to: &String| request.to().is_some_and(|got| same_target(to, &got));
        self.to.as_ref().is_none_or(is_for)
            && (self.operation.is_none() || self.operation == request.operation())
    }
}

/// Looks for what arrives at the point of access of the step's actor; verification requests of a
/// subscription (`vrq`) do not count.
pub async fn inbound(
    world: &mut World<'_>,
    step: &Step,
    name: &str,
    counts: &Counts,
) -> Result<(), Stop> {
    let from = match &step.from {
        Some(from) => Some(world.fill_text(name, from.as_str()).await?),
        None => None,
    };
    let entity = world.point_of_access_name(&step.actor);
    let expect = world
        .facts()
        .resolve(&step.expect)
        .map_err(|detail| Stop::error(name, detail))?;
    // What has to come is waited for even if the machine is busy; what may not come is not.
    let patience = match expect {
        Expectation::Permit => world.facts().arrival(),
        _ => world.facts().patience,
    };
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
                    fail(Cause::SideEffect, "a request", observed)
                }
                _ => Ok(()),
            };
        };
        if !counts.holds(&request) {
            continue;
        }
        if expect != Expectation::Permit {
            let observed = format!("{} {}", request.method, request.target);
            return fail(Cause::SideEffect, "no request", observed);
        }
        let content: Value = serde_json::from_slice(&request.body.0).unwrap_or_default();
        if representation::anywhere(&content, "vrq").is_some() {
            continue;
        }
        if from.is_some() && request.from() != from.as_deref() {
            let expected = format!("a request with From {}", from.unwrap_or_default());
            let observed = format!("From {}", request.from().unwrap_or("absent"));
            return fail(Cause::SideEffect, &expected, observed);
        }
        for (member, expected) in &sees {
            if representation::anywhere(&content, member) != Some(expected) {
                let expected = format!("a request with {member} = {expected}");
                return fail(Cause::SideEffect, &expected, content.to_string());
            }
        }
        for text in &step.conceals {
            let text = world.fill_text(name, text.as_str()).await?;
            if content.to_string().contains(&text) {
                return fail(
                    Cause::Leak,
                    &format!("a request without {text}"),
                    content.to_string(),
                );
            }
        }
        for member in &step.lacks {
            if representation::anywhere(&content, member).is_some() {
                let expected = format!("a request without {member}");
                return fail(Cause::Leak, &expected, "one with it".into());
            }
        }
        return Ok(());
    }
}
