//! Runs the steps of a scenario: the twin first, then the tested world.

mod protection;
mod request;
mod shown;

use super::assigned_stem;
use super::associated_actors::REGISTERED_BEFOREHAND;
use super::check::{self, Fit};
use super::inbound::{Counts, inbound};
use super::stop::Stop;
use super::subject::{concerns, kinds};
use super::telling;
use super::world::World;
use crate::catalogue::behaviour::{Action, ResourceKind, Role, Step};
use crate::verdict::Reason;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::time::Duration;

/// Before the first wait of a scenario this much time may pass; a slower IUT cannot be judged by it.
const PROMPT: Duration = Duration::from_secs(4);

/// Runs steps in a world, in order.
pub async fn run(world: &mut World<'_>, steps: &[Step]) -> Result<(), Stop> {
    let mut run = Run {
        kinds: kinds(steps),
        before: HashMap::new(),
        succeeded: HashSet::new(),
        pending: None,
        waits_ahead: steps
            .iter()
            .filter(|step| matches!(step.action, Action::WaitUntil { .. }))
            .count(),
    };
    run.register_actors(world, steps).await?;
    let first_judged = steps
        .iter()
        .position(|step| step.role != Role::SetUp)
        .unwrap_or(steps.len());
    let (set_up, judged) = steps.split_at(first_judged);
    run.steps(world, set_up).await?;
    run.look_before(world, judged).await;
    run.steps(world, judged).await?;
    match run.pending {
        Some(stop) => Err(stop),
        None => Ok(()),
    }
}

struct Run {
    /// Types of the resources that the scenario makes.
    kinds: HashMap<String, ResourceKind>,
    /// Representations before the first stimulus, by actor and target.
    before: HashMap<(String, String), Result<Map<String, Value>, Stop>>,
    /// Steps that were answered with success.
    succeeded: HashSet<String>,
    /// A failure that further steps may only make worse.
    pending: Option<Stop>,
    waits_ahead: usize,
}

impl Run {
    /// Registers every entity that acts, or in whose `<AE>` something is made, unless a step does.
    async fn register_actors(&self, world: &mut World<'_>, steps: &[Step]) -> Result<(), Stop> {
        let registers_itself: HashSet<&str> = steps
            .iter()
            .filter(|step| matches!(step.action, Action::Register { .. }))
            .map(|step| step.actor.as_str())
            .collect();
        for entity in REGISTERED_BEFOREHAND {
            let concerned = steps.iter().any(|step| concerns(step, entity));
            if concerned && !registers_itself.contains(entity) && !world.is_registered(entity) {
                world.register(entity, &Map::new()).await?;
            }
        }
        Ok(())
    }

    async fn steps(&mut self, world: &mut World<'_>, steps: &[Step]) -> Result<(), Stop> {
        for step in steps {
            let unmet = |name: &String| !self.succeeded.contains(name);
            if step.when.as_ref().is_some_and(unmet)
                || step.unless.as_ref().is_some_and(|name| !unmet(name))
            {
                continue;
            }
            for _ in 0..step.repeat {
                let done = self.step(world, step).await;
                match (done, self.pending.take()) {
                    (Ok(()), pending) => self.pending = pending,
                    // What follows an unchecked acceptance can only make it worse.
                    (Err(Stop::Judged(worse)), Some(_)) if worse.cause.is_some() => {
                        return Err(Stop::Judged(worse));
                    }
                    (Err(_), Some(pending)) => return Err(pending),
                    (Err(stop), None) => return Err(stop),
                }
            }
        }
        Ok(())
    }

    async fn step(&mut self, world: &mut World<'_>, step: &Step) -> Result<(), Stop> {
        let name = world.step(&step.name);
        self.in_time(world, step, &name)?;
        match &step.action {
            Action::WaitUntil { seconds, plus } => {
                let plus = plus
                    .as_ref()
                    .map_or(0, |pixit| world.facts().seconds(pixit));
                let until = Duration::from_secs(u64::from(*seconds) + plus);
                self.wait(world, until, &name).await
            }
            Action::Inbound { to, operation } => {
                let counts = Counts::new(world, &name, to.as_deref(), *operation).await?;
                inbound(world, step, &name, &counts).await
            }
            Action::Answers { answers } => world.script(&name, &step.actor, answers).await,
            Action::Register { with } => {
                if with
                    .values()
                    .any(|value| value.to_string().contains("{POA"))
                {
                    world.open_point_of_access(&name, &step.actor)?;
                }
                match step.role {
                    Role::SetUp if step.is_usual() => {
                        world.register(&step.actor, with).await.map(|_| ())
                    }
                    _ => self.exchange(world, step, &name).await,
                }
            }
            _ => self.exchange(world, step, &name).await,
        }
    }

    /// A scenario that waits knows what it asks only while little time has passed.
    fn in_time(&self, world: &World<'_>, step: &Step, name: &str) -> Result<(), Stop> {
        let judged = matches!(step.role, Role::Stimulus | Role::Twin);
        if judged && self.waits_ahead > 0 && world.since_start(name)? > PROMPT {
            let detail = "the precondition took longer than the scenario allows";
            return Err(Stop::inconclusive(name, Reason::Timeout, detail));
        }
        Ok(())
    }

    async fn wait(&mut self, world: &World<'_>, until: Duration, name: &str) -> Result<(), Stop> {
        world
            .recorder()
            .wait(until.saturating_sub(world.since_start(name)?))
            .await;
        self.waits_ahead = self.waits_ahead.saturating_sub(1);
        Ok(())
    }

    async fn exchange(
        &mut self,
        world: &mut World<'_>,
        step: &Step,
        name: &str,
    ) -> Result<(), Stop> {
        let expectation = world
            .facts()
            .resolve(&step.expect)
            .map_err(|detail| Stop::error(name, detail))?;
        let (asked, answer, is_inner) = self.send(world, step, name).await?;
        match check::check(&asked, &expectation, &answer) {
            Err(finding) => return Err(Stop::mismatch(name, step.role, finding, &answer)),
            Ok(Fit::Unchecked(finding)) => {
                self.pending = Some(Stop::mismatch(name, step.role, finding, &answer));
            }
            Ok(Fit::Expected) => {}
        }
        protection::place(world, step, name, &answer, is_inner)?;
        telling::check(world, step, name, &answer).await?;
        if answer.succeeded() {
            self.succeeded.insert(step.name.clone());
            if let Some(first) = &step.assigns {
                assigned_stem::assigned(world, step, name, first, &answer)?;
            }
            self.contents(world, step, name, &answer).await?;
        }
        Ok(())
    }
}
