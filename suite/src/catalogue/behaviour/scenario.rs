//! Steps: what every family comes down to.

use super::{Endpoint, Fixture, PairFixture, Role, Step, StepError};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Steps that make the precondition, steps that judge, and how the twin differs.
///
/// The twin is a second world with identities and resources of its own, in which `given` and the
/// stimuli are run with the members in `twin` replaced (by step name) and every stimulus has to
/// succeed. It is run first.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Actors that hold a credential of the profile: they go by its AE-ID or CSE-ID, and send within associations over it.
    #[serde(default)]
    pub associated: BTreeMap<String, Fixture>,
    /// Actors that share a pairwise key with the IUT: they go by the identity that the IUT bound to it.
    #[serde(default)]
    pub paired: BTreeMap<String, PairFixture>,
    /// The endpoint of associations over credentials of the profile, if it is another than that of HTTP; or that of actors outside
    /// associations.
    #[serde(default)]
    pub endpoint: Option<Endpoint>,
    /// Steps of the precondition; by the administrator unless they say otherwise.
    #[serde(default)]
    pub given: Vec<Value>,
    /// Stimuli, read-backs and controls, in order.
    pub steps: Vec<Value>,
    /// For each changed step, the members that replace its own.
    #[serde(default)]
    pub twin: Map<String, Value>,
}

impl Scenario {
    /// The steps of the tested world.
    pub fn tested(&self) -> Result<Vec<Step>, StepError> {
        let given = self.given.iter().map(|step| Step::read(step, Role::SetUp));
        let steps = self
            .steps
            .iter()
            .map(|step| Step::read(step, Role::Stimulus));
        given
            .chain(steps)
            .filter(|step| !step.as_ref().is_ok_and(|step| step.only_in_twin()))
            .collect()
    }

    /// The steps of the twin; empty if the scenario has none.
    pub fn twin(&self) -> Result<Vec<Step>, StepError> {
        if self.twin.is_empty() {
            return Ok(Vec::new());
        }
        for name in self.twin.keys() {
            let named = |step: &Value| step.get("name").and_then(Value::as_str) == Some(name);
            if !self.given.iter().chain(&self.steps).any(named) {
                return Err(StepError::UnknownTwin(name.clone()));
            }
        }
        let given = self
            .given
            .iter()
            .map(|step| Step::read(&self.patched(step), Role::SetUp));
        let steps = self
            .steps
            .iter()
            .map(|step| Step::read(&self.patched(step), Role::Stimulus));
        let mut steps: Vec<Step> = given.chain(steps).collect::<Result<_, _>>()?;
        steps.retain(Step::runs_in_twin);
        steps.iter_mut().for_each(Step::become_twin);
        Ok(steps)
    }

    fn patched(&self, step: &Value) -> Value {
        let name = step.get("name").and_then(Value::as_str);
        let patch = name.and_then(|name| self.twin.get(name));
        let mut patched = step.clone();
        if let (Value::Object(members), Some(Value::Object(patch))) = (&mut patched, patch) {
            for (member, value) in patch {
                members.insert(member.clone(), value.clone());
            }
        }
        patched
    }
}

/// The words of a purpose that is a function of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prose {
    /// What is made before.
    pub initial: String,
    /// What is sent.
    pub stimulus: String,
    /// What has to be seen.
    pub expected: String,
    /// What the suite lacks to judge it. As long as it does, the purpose tests no requirement.
    #[serde(default)]
    pub lacks: Option<String>,
    /// Whether it sends a write that may do harm if it is accepted.
    #[serde(default)]
    pub exclusive: bool,
    /// Whether it waits for the clock of the IUT.
    #[serde(default)]
    pub waits: bool,
}
