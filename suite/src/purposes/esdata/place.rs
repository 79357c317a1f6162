//! Where the tester hosts containers, and how an AE is told to act on them.

use crate::catalogue::behaviour::{InboundOperation, Role, ScriptedAnswer};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::inbound::same_target;
use crate::tester::instruction::{Act, Instruction};
use crate::tester::link::Inbound;
use serde_json::{Value, json};
use std::time::Duration;

/// As which CSE the tester hosts the containers.
const HOST: &str = "CSE2";
/// Requests that are looked at before the one that is waited for.
const MOST: usize = 16;

/// Where the tester hosts a container, as whom, and at which address.
pub struct Place {
    entity: String,
    url: String,
}

impl Place {
    /// Opens it.
    pub fn open(world: &World<'_>, step: &str) -> Result<Self, Stop> {
        let entity = world.point_of_access_name(HOST);
        let url = world.recorder().point_of_access(&entity);
        let url = url.map_err(|error| Stop::link(step, &error))?;
        Ok(Self { entity, url })
    }

    /// The address of a container.
    pub fn container(&self, name: &str) -> String {
        format!("{}/base/{name}", self.entity)
    }

    /// Makes the AE act with these answers ready for it; the place is added to the statement.
    pub async fn order(
        &self,
        world: &World<'_>,
        step: &str,
        role: Act,
        mut statement: Value,
        answers: Vec<ScriptedAnswer>,
    ) -> Result<(), Stop> {
        let link = |error| Stop::link(step, &error);
        let recorder = world.recorder();
        recorder.script(&self.entity, step, answers).map_err(link)?;
        if let Some(statement) = statement.as_object_mut() {
            statement.insert("cse".into(), self.url.as_str().into());
        }
        let order = Instruction { role, statement };
        recorder.secure(step, &order).await.map_err(link)
    }

    /// The next request of the AE, if one comes.
    pub async fn next(
        &self,
        world: &World<'_>,
        step: &str,
        role: Role,
        patience: Duration,
    ) -> Result<Option<Inbound>, Stop> {
        let inbound = world.recorder().inbound(&self.entity, step, role, patience);
        inbound.await.map_err(|error| Stop::link(step, &error))
    }

    /// The next Create in a container, if one comes.
    pub async fn created(
        &self,
        world: &World<'_>,
        step: &str,
        role: Role,
        container: &str,
        patience: Duration,
    ) -> Result<Option<Value>, Stop> {
        for _ in 0..MOST {
            let Some(inbound) = self.next(world, step, role, patience).await? else {
                return Ok(None);
            };
            if is_create(&inbound, container) {
                let content: Option<Value> = serde_json::from_slice(&inbound.body.0).ok();
                let instance = |content: Value| content.get("m2m:cin").cloned().unwrap_or(content);
                return Ok(Some(content.map(instance).unwrap_or_default()));
            }
        }
        Ok(None)
    }
}

/// The answer to a Create.
pub fn created(to: &str) -> ScriptedAnswer {
    ScriptedAnswer {
        operation: InboundOperation::Create,
        to: to.to_owned(),
        code: 2001,
        content: Some(json!({"m2m:cin": {"ri": "shown", "ty": 4}})),
        silent: false,
        held: false,
    }
}

fn is_create(inbound: &Inbound, container: &str) -> bool {
    let to = inbound.to().unwrap_or_default();
    inbound.operation() == Some(InboundOperation::Create) && same_target(&to, container)
}

/// The name of a step as a part of an address.
pub fn name(step: &str) -> String {
    step.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-")
}
