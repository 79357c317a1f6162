//! Runs the steps of a scenario: the twin first, then the tested world.

use super::answer::Answer;
use super::assigned_stem;
use super::check::{self, Asked, Fit, Represents};
use super::inbound::{Counts, inbound};
use super::manner;
use super::representation;
use super::stop::{Finding, Stop};
use super::subject::{concerns, kind, kinds, members, points_of_access};
use super::telling;
use super::world::{Manner, World, discovery};
use crate::catalogue::behaviour::{Action, ResourceKind, Role, Step};
use crate::verdict::{Cause, Reason};
use onem2m_primitive::{Operation, Request};
use serde_json::{Map, Value, json};
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
        for entity in ["AE1", "AE2", "AE3", "AE4", "CSE2", "CSE3", "IN2"] {
            let concerned = steps.iter().any(|step| concerns(step, entity));
            if concerned && !registers_itself.contains(entity) && !world.is_registered(entity) {
                world.register(entity, &Map::new()).await?;
            }
        }
        Ok(())
    }

    /// Retrieves what later steps expect to find unchanged.
    async fn look_before(&mut self, world: &mut World<'_>, steps: &[Step]) {
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
                    Role::SetUp => world.register(&step.actor, with).await.map(|_| ()),
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
        let (asked, answer) = self.send(world, step, name).await?;
        match check::check(&asked, &expectation, &answer) {
            Err(finding) => return Err(Stop::mismatch(name, step.role, finding, &answer)),
            Ok(Fit::Unchecked(finding)) => {
                self.pending = Some(Stop::mismatch(name, step.role, finding, &answer));
            }
            Ok(Fit::Expected) => {}
        }
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

    async fn send(
        &self,
        world: &mut World<'_>,
        step: &Step,
        name: &str,
    ) -> Result<(Asked, Answer), Stop> {
        for entity in points_of_access(&step.action) {
            world.open_point_of_access(name, &entity)?;
        }
        let from = match &step.from {
            Some(from) => Some(text(world.fill(name, &json!(from)).await?)),
            None => None,
        };
        let headers = manner::headers(world, step, name).await?;
        let target = |world: &World<'_>, target: &str| {
            world
                .target(target)
                .map_err(|unfilled| Stop::unfilled(name, &unfilled))
        };
        let mut asked = Asked {
            operation: Operation::Retrieve,
            sought: Vec::new(),
            discovery: false,
            represents: Represents::Anything,
            members: members(world, step).map_err(|unfilled| Stop::unfilled(name, &unfilled))?,
            canary: Some(world.canary()),
        };
        let request = match &step.action {
            Action::Create {
                name: resource,
                kind,
                parent,
                content,
            } => {
                asked.operation = Operation::Create;
                asked.canary = None;
                let parent = target(world, parent)?;
                let content = world.fill(name, content).await?;
                let chosen = representation::attributes(Some(&content))
                    .and_then(|attributes| attributes.get("rn"))
                    .and_then(Value::as_str);
                if let Some(chosen) = chosen {
                    asked.represents = Represents::AtMost(chosen.to_owned());
                }
                let path = match chosen {
                    Some(chosen) => format!("{parent}/{chosen}"),
                    None => format!("{parent}/{}", world.resource_name(resource)),
                };
                let request = Request::create(parent, kind.code(), content);
                if step.is_usual() {
                    let answer = world
                        .create(resource, &step.actor, name, step.role, request, path)
                        .await?;
                    return Ok((asked, answer));
                }
                request
            }
            Action::Retrieve {
                target: resource,
                attributes,
                result_content,
            } => {
                let path = target(world, resource)?;
                asked.represents = match (resource.rsplit('/').next(), name_in(&path)) {
                    (Some("la" | "ol"), _) => Represents::SomeResource,
                    (_, name) if attributes.is_empty() => Represents::Resource(name),
                    (_, name) => Represents::AtMost(name),
                };
                let mut request = Request::retrieve(path);
                request.attribute_list = attributes.clone();
                request.result_content = *result_content;
                request
            }
            Action::Update {
                target: resource,
                with,
            } => {
                asked.operation = Operation::Update;
                let key = kind(&self.kinds, step, resource).key();
                let content = world.fill(name, &json!({ key: with })).await?;
                let path = target(world, resource)?;
                asked.represents = Represents::AtMost(name_in(&path));
                Request::update(path, content)
            }
            Action::Delete { target: resource } => {
                asked.operation = Operation::Delete;
                let path = target(world, resource)?;
                // Only the IUT knows which instance the latest and the oldest are.
                if !matches!(resource.rsplit('/').next(), Some("la" | "ol")) {
                    asked.represents = Represents::AtMost(name_in(&path));
                }
                Request::delete(path)
            }
            Action::Discover {
                target: resource,
                labels,
                finds,
            } => {
                asked.discovery = true;
                asked.sought = finds
                    .iter()
                    .map(|name| world.ids(name))
                    .collect::<Result<_, _>>()
                    .map_err(|unfilled| Stop::unfilled(name, &unfilled))?;
                let labels = match world.fill(name, &json!(labels)).await? {
                    Value::Array(labels) => labels.into_iter().map(text).collect(),
                    _ => Vec::new(),
                };
                discovery(target(world, resource)?, labels)
            }
            Action::Notify {
                target: resource,
                content,
            } => {
                asked.operation = Operation::Notify;
                let content = world.fill(name, content).await?;
                Request::notify(target(world, resource)?, content)
            }
            Action::Register { with } => {
                asked.operation = Operation::Create;
                asked.canary = None;
                let (request, path) = world.registration(&step.actor, name, with).await?;
                asked.represents = Represents::AtMost(name_in(&path));
                request
            }
            Action::WaitUntil { .. } | Action::Inbound { .. } | Action::Answers { .. } => {
                return Err(Stop::error(name, "the step sends no request"));
            }
        };
        let path = match &step.path {
            Some(path) => Some(text(world.fill(name, &json!(path)).await?)),
            None => None,
        };
        let query = manner::fields(world, &step.query, name).await?;
        let manner = Manner {
            from: from.as_deref(),
            headers: &headers,
            path: path.as_deref(),
            query: &query,
            way: manner::way(world, step, name)?,
            patience: manner::patience(world, step),
        };
        let sent = world.send_in(manner, &step.actor, name, step.role, request);
        let answer = sent.await?;
        if matches!(step.action, Action::Register { .. }) && answer.succeeded() {
            let path = target(world, &step.actor)?;
            world.enrol(&step.actor, name, path, &answer)?;
        }
        Ok((asked, answer))
    }

    /// Attributes that the step wants to see, or not to see, in the answer.
    async fn contents(
        &self,
        world: &mut World<'_>,
        step: &Step,
        name: &str,
        answer: &Answer,
    ) -> Result<(), Stop> {
        let content = answer
            .primitive()
            .and_then(|response| response.content.as_ref());
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
    let path = world
        .target(target)
        .map_err(|unfilled| Stop::unfilled(&step, &unfilled))?;
    let request = Request::retrieve(path);
    let answer = world
        .send(actor, &step, Role::SetUp, request, None, &[])
        .await?;
    let content = answer
        .primitive()
        .and_then(|response| response.content.as_ref());
    match representation::attributes(content) {
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

/// A filled text.
pub fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// The name of the resource at the end of a structured id.
fn name_in(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}
