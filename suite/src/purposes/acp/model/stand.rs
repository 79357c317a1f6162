//! Puts cases on the IUT: policies and targets that are made once, rules that are written for each case, one request.

mod resources;

use super::case::{self, Case, Operation, Rule, Subject};
use super::ground::{AHEAD, Ground, Says, until_settled};
use super::iut::{Difference, Iut, Seen};
use super::target::Target;
use crate::catalogue::behaviour::{Expectation, Role};
use crate::purposes::answer::Answer;
use crate::purposes::check::{self, Asked, Represents};
use crate::purposes::stop::Finding;
use crate::purposes::world::{Manner, World, discovery};
use crate::purposes::{Stop, representation};
use crate::tester::link::{BoxFuture, Way};
use crate::verdict::Cause;
use onem2m_primitive::{Operation as Verb, Request};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// `<accessControlPolicy>`, `<container>` and `<contentInstance>` (TS-0004 V3.32.0, Table 6.3.4.2.1-1).
const POLICY: u32 = 1;
const CONTAINER: u32 = 3;
const INSTANCE: u32 = 4;

/// The entity that notifications are for.
const RECEIVER: &str = "AE7";

/// Where cases are decided.
pub struct Stand<'w, 'a> {
    world: &'w mut World<'a>,
    ground: Ground,
    /// Counts fresh resources.
    generation: u32,
    /// Counts requests that are judged, so that each step and each effect has a name.
    decisions: u32,
    /// What was written last to each policy.
    written: BTreeMap<String, Value>,
    /// Targets by their keys.
    targets: BTreeMap<String, Target>,
    /// Containers that wait to be deleted, by the key of their target.
    victims: BTreeMap<String, String>,
}

impl<'w, 'a> Stand<'w, 'a> {
    /// Takes a world whose entities are registered.
    pub fn new(world: &'w mut World<'a>, ground: Ground) -> Self {
        Self {
            world,
            ground,
            generation: 0,
            decisions: 0,
            written: BTreeMap::new(),
            targets: BTreeMap::new(),
            victims: BTreeMap::new(),
        }
    }

    /// A label that begins with the text that no refusal may show.
    fn label(&self, name: &str) -> String {
        format!("{}-{name}", self.world.canary())
    }

    /// The policy of a slot. Who is notified is registered once, under the policy of the beginning.
    fn slot(&self, slot: usize, operation: Operation) -> String {
        let generation = match operation {
            Operation::Notify => 0,
            _ => self.generation,
        };
        format!("acp{slot}g{generation}")
    }

    fn keep(&mut self, target: Target) {
        self.targets.insert(target.key.clone(), target);
    }

    fn known(&self, key: &str) -> Target {
        self.targets.get(key).cloned().unwrap_or_default()
    }

    async fn as_administrator(
        &self,
        step: &str,
        role: Role,
        request: Request,
    ) -> Result<Answer, Stop> {
        self.world
            .send("ADM", &self.world.step(step), role, request, None, &[])
            .await
    }

    /// The request of a case, and what its answer has to be like.
    fn request(&self, case: &Case, target: &Target, step: &str) -> Result<(Request, Asked), Stop> {
        let path = self.world.find(step, &target.name)?;
        let name = self.world.resource_name(&target.name);
        let mut asked = Asked {
            canary: Some(self.world.canary()),
            ..Asked::about(Verb::Retrieve, name.clone())
        };
        let request = match case.ask.operation {
            Operation::Retrieve => Request::retrieve(path),
            Operation::Discover => {
                asked.discovery = true;
                let ids = self.world.ids(&target.name);
                asked.sought = vec![ids.map_err(|unfilled| Stop::unfilled(step, &unfilled))?];
                discovery(
                    self.world.facts().cse_base.clone(),
                    vec![target.label.clone()],
                )
            }
            Operation::Update => {
                asked.operation = Verb::Update;
                asked.represents = Represents::AtMost(name);
                let labels = json!([target.label, self.mark()]);
                Request::update(path, json!({ target.root.as_str(): {"lbl": labels} }))
            }
            Operation::Delete => {
                asked.operation = Verb::Delete;
                asked.represents = Represents::AtMost(name);
                Request::delete(path)
            }
            Operation::Create => {
                asked.operation = Verb::Create;
                let name = self.world.resource_name(&self.child());
                asked.represents = Represents::AtMost(name.clone());
                let content = match case.ask.child {
                    INSTANCE => json!({"m2m:cin": {"rn": name, "con": "tp"}}),
                    _ => json!({"m2m:cnt": {"rn": name}}),
                };
                Request::create(path, case.ask.child, content)
            }
            Operation::Notify => {
                asked.operation = Verb::Notify;
                asked.represents = Represents::Anything;
                let representation = json!({"m2m:cin": {"con": self.mark()}});
                let event = json!({"rep": representation, "net": 3});
                let subscription = format!("{}/none", self.world.facts().cse_base);
                let content = json!({"m2m:sgn": {"nev": event, "sur": subscription}});
                Request::notify(path, content)
            }
        };
        Ok((request, asked))
    }

    /// What the present decision leaves behind if it is a permit.
    fn mark(&self) -> String {
        format!("{}n{}", self.world.canary(), self.decisions)
    }

    fn child(&self) -> String {
        format!("child{}", self.decisions)
    }

    /// Looks at once for what a Create made or a Delete removed, whether or not it was permitted.
    async fn effect(
        &mut self,
        case: &Case,
        target: &Target,
        done: bool,
        step: &str,
    ) -> Result<(), Stop> {
        let (path, expected_gone) = match case.ask.operation {
            Operation::Create => {
                let parent = self.world.find(step, &target.name)?;
                let child = self.world.resource_name(&self.child());
                (format!("{parent}/{child}"), !done)
            }
            Operation::Delete => {
                if done {
                    self.victims.remove(&target.key);
                }
                (self.world.find(step, &target.name)?, done)
            }
            Operation::Notify => return self.notified(done, step).await,
            _ => return Ok(()),
        };
        let step = format!("{step}: read back");
        let look = || Request::retrieve(path.clone());
        let mut answer = self.as_administrator(&step, Role::ReadBack, look()).await?;
        if expected_gone && answer.code() == Some(4103) {
            // An IUT may keep to itself what somebody without privilege looks for.
            self.open(target, &step).await?;
            answer = self.as_administrator(&step, Role::ReadBack, look()).await?;
        }
        let is_gone = answer.code() == Some(4004);
        if answer.is_undecided() || is_gone != expected_gone {
            let expected = match expected_gone {
                true => format!("4004 NOT_FOUND for {path}"),
                false => format!("{path} to be there"),
            };
            let finding = Finding::new(Cause::SideEffect, expected, answer.to_string());
            return Err(Stop::mismatch(&step, Role::ReadBack, finding, &answer));
        }
        Ok(())
    }

    /// A notification that was permitted has arrived by now; one that was not is met at the next look.
    async fn notified(&mut self, done: bool, step: &str) -> Result<(), Stop> {
        if !done {
            return Ok(());
        }
        let step = self.world.step(&format!("{step}: read back"));
        let mark = self.mark();
        let arrived = self.arrival(&step).await?;
        if arrived.as_ref() == Some(&mark) {
            return Ok(());
        }
        let expected = format!("the notification with {mark}");
        let observed = arrived.unwrap_or_else(|| "none".into());
        let finding = Finding::new(Cause::SideEffect, expected, observed);
        Err(Stop::arrived(&step, Role::ReadBack, finding))
    }

    async fn arrival(&self, step: &str) -> Result<Option<String>, Stop> {
        let owner = self.world.point_of_access_name(RECEIVER);
        let patience = self.world.facts().patience;
        let inbound = self
            .world
            .recorder()
            .inbound(&owner, step, Role::ReadBack, patience)
            .await
            .map_err(|error| Stop::link(step, &error))?;
        Ok(inbound.map(|request| {
            let content: Value = serde_json::from_slice(&request.body.0).unwrap_or_default();
            let mark = representation::anywhere(&content, "con").and_then(Value::as_str);
            mark.unwrap_or("another").to_owned()
        }))
    }

    /// Opens the policies of a target for the administrator.
    async fn open(&mut self, target: &Target, step: &str) -> Result<(), Stop> {
        let opened = json!({ "pv": {"acr": [case::everything(&self.ground.administrator)]} });
        for guard in &target.guards {
            if let Some(answer) = self.policy(guard, step, opened.clone()).await? {
                return Err(set_up(step, "2004 UPDATED", &answer));
            }
        }
        Ok(())
    }

    /// Reads a target that was to be updated, by somebody whom its policies are opened for.
    async fn look(&mut self, target: &Target) -> Result<(), Stop> {
        let step = format!("read back {}", target.name);
        self.open(target, &step).await?;
        let actor = if target.root == "m2m:cnt" && target.guards.is_empty() {
            "AE1"
        } else {
            "ADM"
        };
        let request = Request::retrieve(self.world.find(&step, &target.name)?);
        let step = self.world.step(&step);
        let answer = self
            .world
            .send(actor, &step, Role::ReadBack, request, None, &[])
            .await?;
        let shown = representation::attributes(answer.content()).and_then(|shown| shown.get("lbl"));
        let expected = target.labels();
        let same = shown.is_some_and(|shown| {
            representation::same("lbl", &expected, shown, &|path| self.world.forms(path))
        });
        if same || target.root == "m2m:ae" {
            return Ok(());
        }
        let observed = shown.map_or_else(|| answer.to_string(), Value::to_string);
        let finding = Finding::new(Cause::SideEffect, format!("lbl {expected}"), observed);
        Err(Stop::mismatch(&step, Role::ReadBack, finding, &answer))
    }

    async fn put(&mut self, case: &Case) -> Result<Seen, Stop> {
        self.decisions += 1;
        let step = format!("decision {}", self.decisions);
        if case.has_windows() {
            self.ground.now = self.world.now(&step)?;
        }
        let Some(says) = self.ground.says(case) else {
            return Ok(Seen::Unsettled);
        };
        let target = match self.prepare(case, &step).await? {
            Ok(target) => target,
            Err(answer) if answer.is_undecided() => {
                return Err(set_up(&step, "2004 UPDATED for a policy", &answer));
            }
            Err(answer) => return Ok(Seen::Refused(answer.to_string())),
        };
        let (request, asked) = self.request(case, &target, &step)?;
        let (actor, from) = match (self.ground.entity(&case.ask.subject), &case.ask.subject) {
            (Some(entity), _) => (entity.actor, None),
            (None, Subject::Strange(from)) => ("AE2", Some(from.clone())),
            (None, Subject::Entity(_)) => ("AE2", None),
        };
        let name = format!("{step}: {}", case.ask.operation.name());
        let name = self.world.step(&name);
        let way = Way {
            source: case.ask.source,
            ..self.world.way(actor)
        };
        let manner = Manner {
            from: from.as_deref(),
            way: Some(way),
            ..Manner::default()
        };
        let answer = self
            .world
            .send_in(manner, actor, &name, Role::Stimulus, request)
            .await?;
        if case.has_windows() {
            let spent = self.world.now(&step)? - self.ground.now;
            if spent.whole_seconds() >= AHEAD {
                return Ok(Seen::Unsettled);
            }
        }
        let finding = judged(says, &asked, &answer);
        if let (Err(finding), true) = (&finding, undecided(&answer)) {
            return Err(Stop::mismatch(
                &name,
                Role::Stimulus,
                finding.clone(),
                &answer,
            ));
        }
        let done = answer.succeeded();
        if case.ask.operation == Operation::Update
            && let Some(target) = self.targets.get_mut(&target.key)
        {
            let mark = format!("{}n{}", self.world.canary(), self.decisions);
            target.updated(done.then_some(mark));
        }
        if asked.discovery || matches!(case.ask.subject, Subject::Strange(_)) {
            // Nothing is left behind.
        } else if let Err(stop) = self.effect(case, &target, done, &step).await {
            // What is wrong with the answer says more than what follows from it.
            if finding.is_ok() {
                return Err(stop);
            }
        }
        Ok(match finding {
            Ok(()) => Seen::Agrees(says),
            Err(finding) => Seen::Differs(Difference {
                says,
                finding,
                step: name,
            }),
        })
    }
}

impl Iut for Stand<'_, '_> {
    fn ground(&self) -> &Ground {
        &self.ground
    }

    fn settle(&mut self) -> BoxFuture<'_, Result<(), Stop>> {
        Box::pin(async move {
            self.ground.now = self.world.now("clock")?;
            Ok(())
        })
    }

    fn outwait(&mut self) -> BoxFuture<'_, Result<(), Stop>> {
        Box::pin(async move {
            let now = self.world.now("clock")?;
            self.world.recorder().wait(until_settled(now)).await;
            Ok(())
        })
    }

    fn decide<'s>(&'s mut self, case: &'s Case) -> BoxFuture<'s, Result<Seen, Stop>> {
        Box::pin(self.put(case))
    }

    fn renew(&mut self) {
        self.generation += 1;
    }

    fn read_back(&mut self, all: bool) -> BoxFuture<'_, Result<(), Stop>> {
        Box::pin(async move {
            let looked: Vec<Target> = self
                .targets
                .values()
                .filter(|target| all || target.is_touched)
                .cloned()
                .collect();
            for target in looked {
                self.look(&target).await?;
                if let Some(target) = self.targets.get_mut(&target.key) {
                    target.is_touched = false;
                }
            }
            if all && self.targets.contains_key(RECEIVER) {
                let step = self.world.step("nothing more arrives");
                if let Some(mark) = self.arrival(&step).await? {
                    let finding = Finding::new(Cause::SideEffect, "no notification", mark);
                    return Err(Stop::arrived(&step, Role::ReadBack, finding));
                }
            }
            Ok(())
        })
    }
}

/// The policies that are there, with the numbers of their slots.
fn slots(policies: &[Option<Vec<Rule>>]) -> impl Iterator<Item = (usize, &Vec<Rule>)> {
    policies.iter().flatten().enumerate()
}

fn set_up(step: &str, expected: &str, answer: &Answer) -> Stop {
    let finding = Finding::new(Cause::WrongDecision, expected, answer.to_string());
    Stop::mismatch(step, Role::SetUp, finding, answer)
}

/// Whether an answer decides nothing.
fn undecided(answer: &Answer) -> bool {
    answer.is_undecided()
}

/// Holds an answer against what the model says.
fn judged(says: Says, asked: &Asked, answer: &Answer) -> Result<(), Finding> {
    let expectation = match says {
        Says::Permit => Expectation::Permit,
        Says::Deny => Expectation::Deny,
        Says::Refuse if answer.succeeded() || undecided(answer) => {
            let expected = "a refusal, since From is nobody's";
            return Err(Finding::new(
                Cause::WrongDecision,
                expected,
                answer.to_string(),
            ));
        }
        Says::Refuse => return Ok(()),
    };
    check::check(asked, &expectation, answer).map(|_| ())
}
