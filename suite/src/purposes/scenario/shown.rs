//! What answers show of resources, and what they showed before.

use super::Run;
use crate::catalogue::behaviour::{Action, Role, Step};
use crate::purposes::answer::Answer;
use crate::purposes::representation;
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::verdict::Cause;
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};

impl Run {
    /// Retrieves what later steps expect to find unchanged.
    pub(super) async fn look_before(&mut self, world: &mut World<'_>, steps: &[Step]) {
        for step in steps.iter().filter(|step| step.unchanged) {
            let Action::Retrieve { target, .. } = &step.action else {
                continue;
            };
            let key = (step.actor.clone(), target.clone());
            if self.before.contains_key(&key) || step.when.is_some() {
                continue;
            }
            // That nobody could look is said when the comparison is due: the stimulus may tell why.
            let before = look(world, &step.actor, target, &step.name).await;
            self.before.insert(key, before);
        }
    }

    /// Attributes that the step wants to see, or not to see, in the answer.
    pub(super) async fn contents(
        &self,
        world: &mut World<'_>,
        step: &Step,
        name: &str,
        answer: &Answer,
    ) -> Result<(), Stop> {
        let content = answer.content();
        let shown = representation::attributes(content)
            .cloned()
            .unwrap_or_default();
        let wrong = |cause, expected: String, observed: String| {
            let finding = Finding::new(cause, expected, observed);
            Err(Stop::mismatch(name, step.role, finding, answer))
        };
        for member in &step.lacks {
            if content.is_some_and(|content| representation::anywhere(content, member).is_some()) {
                let expected = format!("an answer without {member}");
                return wrong(Cause::Leak, expected, format!("{answer} with it"));
            }
        }
        if !step.sees.is_empty() {
            let Value::Object(sees) = world.fill(name, &json!(step.sees)).await? else {
                return Err(Stop::error(name, "expected attributes to see"));
            };
            if let Some((expected, observed)) = difference(world, &sees, &shown) {
                return wrong(Cause::SideEffect, expected, observed);
            }
        }
        let Action::Retrieve { target, .. } = &step.action else {
            return Ok(());
        };
        if step.unchanged {
            let before = match self.before.get(&(step.actor.clone(), target.clone())) {
                Some(Ok(before)) => before,
                Some(Err(stop)) => return Err(stop.clone()),
                None => return Err(Stop::error(name, "nobody looked before")),
            };
            let appeared = shown.keys().find(|member| !before.contains_key(*member));
            if let Some(member) = appeared {
                let expected = format!("{target} unchanged");
                return wrong(Cause::SideEffect, expected, format!("{member} appeared"));
            }
            if let Some((expected, observed)) = difference(world, before, &shown) {
                let expected = format!("{target} unchanged: {expected}");
                return wrong(Cause::SideEffect, expected, observed);
            }
        }
        Ok(())
    }
}

/// The first attribute that is not as expected.
fn difference(
    world: &World<'_>,
    expected: &Map<String, Value>,
    shown: &Map<String, Value>,
) -> Option<(String, String)> {
    let forms = |path: &str| world.forms(path);
    expected.iter().find_map(|(member, expected)| {
        let got = shown.get(member);
        let fits = match (expected, got) {
            (Value::Null, None) => true,
            (expected, Some(got)) => representation::same(member, expected, got, &forms),
            (_, None) => false,
        };
        (!fits).then(|| {
            let got = got.map_or_else(|| "nothing".to_owned(), Value::to_string);
            (
                format!("{member} = {expected}"),
                format!("{member} = {got}"),
            )
        })
    })
}

async fn look(
    world: &World<'_>,
    actor: &str,
    target: &str,
    step: &str,
) -> Result<Map<String, Value>, Stop> {
    let step = world.step(&format!("{step}: before"));
    let request = Request::retrieve(world.find(&step, target)?);
    let answer = world
        .send(actor, &step, Role::SetUp, request, None, &[])
        .await?;
    match representation::attributes(answer.content()) {
        Some(attributes) if answer.succeeded() => Ok(attributes.clone()),
        _ => {
            let finding = Finding::new(
                Cause::WrongDecision,
                format!("2000 OK with a representation of {target}"),
                answer.to_string(),
            );
            Err(Stop::mismatch(&step, Role::SetUp, finding, &answer))
        }
    }
}
