//! The text of a purpose, rendered from the steps that are run.

mod expectation;
mod handshake;
mod procedures;
mod protection;
mod step;
mod tokens;

use super::behaviour::{Prose, Role, Scenario, Step, StepError};
use super::{Catalogue, Purpose};
use serde_json::{Map, Value};

/// A purpose in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Description {
    /// What is made before, a line a step.
    pub initial: Vec<String>,
    /// What is sent and seen, a line a step.
    pub steps: Vec<String>,
    /// How the exchange differs that has to succeed; empty if there is none.
    pub twin: Vec<String>,
}

impl Catalogue {
    /// A purpose in words; what the steps do not say themselves, such as disputed codes, is added.
    pub fn describe(&self, purpose: &Purpose) -> Result<Description, StepError> {
        if let Some(handshakes) = &purpose.handshake {
            return Ok(handshake::describe(handshakes));
        }
        if let Some(procedures) = &purpose.service {
            return Ok(procedures::describe(procedures));
        }
        match (purpose.scenario(), &purpose.function) {
            (Some(scenario), _) => self.describe_steps(&scenario),
            (None, Some(prose)) => Ok(describe_prose(prose)),
            (None, None) => Ok(Description::default()),
        }
    }

    fn describe_steps(&self, scenario: &Scenario) -> Result<Description, StepError> {
        let tested = scenario.tested()?;
        let first = tested.iter().position(|step| step.role != Role::SetUp);
        let (initial, steps) = tested.split_at(first.unwrap_or(tested.len()));
        let lines = |steps: &[Step]| steps.iter().map(|step| self.step_line(step)).collect();
        let mut twin = changes(&scenario.twin);
        let extra = scenario.twin()?;
        let extra = extra.iter().filter(|step| step.only_in_twin());
        twin.extend(extra.map(|step| format!("besides, {}", self.step_line(step))));
        Ok(Description {
            initial: lines(initial),
            steps: lines(steps),
            twin,
        })
    }
}

/// The members that the twin changes, a line a step.
fn changes(twin: &Map<String, Value>) -> Vec<String> {
    let change = |(name, patch): (&String, &Value)| match patch {
        Value::Object(members) => format!("{name}: {} instead", step::members(members)),
        other => format!("{name}: {other} instead"),
    };
    twin.iter().map(change).collect()
}

fn describe_prose(prose: &Prose) -> Description {
    Description {
        initial: vec![prose.initial.clone()],
        steps: vec![prose.stimulus.clone(), prose.expected.clone()],
        twin: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
