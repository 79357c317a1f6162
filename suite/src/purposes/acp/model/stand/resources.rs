//! Policies and targets, made once; and the rules that are written for each case.

use super::{CONTAINER, POLICY, RECEIVER, Stand, set_up, slots};
use crate::catalogue::behaviour::Role;
use crate::purposes::Stop;
use crate::purposes::acp::model::case::{self, Case, Governed, Operation, Rule};
use crate::purposes::acp::model::target::Target;
use crate::purposes::answer::Answer;
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};

impl Stand<'_, '_> {
    /// Writes a policy; its name, or what the IUT answered instead.
    pub(super) async fn policy(
        &mut self,
        name: &str,
        step: &str,
        content: Value,
    ) -> Result<Option<Answer>, Stop> {
        self.make_policy(name, step).await?;
        if self.written.get(name) == Some(&content) {
            return Ok(None);
        }
        let path = self.world.find(step, name)?;
        let request = Request::update(path, json!({ "m2m:acp": content }));
        let answer = self.as_administrator(step, Role::SetUp, request).await?;
        if !answer.succeeded() {
            // What stands there now, only the IUT knows.
            self.written.remove(name);
            return Ok(Some(answer));
        }
        self.written.insert(name.to_owned(), content);
        Ok(None)
    }

    pub(super) async fn make_policy(&mut self, name: &str, step: &str) -> Result<(), Stop> {
        if self.world.is_registered(name) {
            return Ok(());
        }
        let closed = json!({ "acr": [case::everything(&self.ground.administrator)] });
        let content = json!({"m2m:acp": {
            "rn": self.world.resource_name(name), "lbl": [self.label(name)],
            "pv": closed, "pvs": closed,
        }});
        let base = self.world.facts().cse_base.clone();
        self.make(name, "ADM", step, Request::create(base, POLICY, content))
            .await
    }

    /// Makes a resource, which has to succeed.
    pub(super) async fn make(
        &mut self,
        name: &str,
        actor: &str,
        step: &str,
        request: Request,
    ) -> Result<(), Stop> {
        let parent = request.to.clone();
        let path = format!("{parent}/{}", self.world.resource_name(name));
        let step = self.world.step(&format!("{step}: make {name}"));
        let answer = self
            .world
            .create(name, actor, &step, Role::SetUp, request, path)
            .await?;
        match answer.succeeded() {
            true => Ok(()),
            false => Err(set_up(&step, "2001 CREATED", &answer)),
        }
    }

    /// The target of a case, with its policies as the case says; or what the IUT answered instead.
    pub(super) async fn prepare(
        &mut self,
        case: &Case,
        step: &str,
    ) -> Result<Result<Target, Answer>, Stop> {
        match &case.governed {
            Governed::Linked { policies, reversed } => {
                let count = slots(policies).count();
                for (place, rules) in slots(policies) {
                    let slot = match reversed {
                        true => count - 1 - place,
                        false => place,
                    };
                    let name = self.slot(slot, case.ask.operation);
                    let step = format!("{step}: write {name}");
                    let content = json!({ "pv": case::set_of_rules(rules) });
                    if let Some(answer) = self.policy(&name, &step, content).await? {
                        return Ok(Err(answer));
                    }
                }
                let target = match case.ask.operation {
                    Operation::Notify => self.receiver(step).await?,
                    _ => self.linked(policies, *reversed, step).await?,
                };
                if case.ask.operation == Operation::Delete {
                    return self.victim(target, step).await.map(Ok);
                }
                Ok(Ok(target))
            }
            Governed::Own { rules, privileges } => {
                let name = format!("acpS{}", self.generation);
                let content = json!({
                    "pv": case::set_of_rules(privileges),
                    "pvs": case::self_privileges(rules, &self.ground),
                });
                let step = format!("{step}: write {name}");
                if let Some(answer) = self.policy(&name, &step, content).await? {
                    return Ok(Err(answer));
                }
                let fresh = || Target::new("m2m:acp", &name, self.label(&name), Vec::new());
                let target = fresh();
                Ok(Ok(self
                    .targets
                    .entry(name.clone())
                    .or_insert(target)
                    .clone()))
            }
            Governed::Creator => {
                let key = format!("cntO{}", self.generation);
                if !self.targets.contains_key(&key) {
                    let step = format!("{step}: make {key}");
                    let parent = self.world.find(&step, "AE1")?;
                    let request = self.container(&key, parent, None);
                    self.make(&key, "AE1", &step, request).await?;
                    self.keep(Target::new("m2m:cnt", &key, self.label(&key), Vec::new()));
                }
                Ok(Ok(self.known(&key)))
            }
        }
    }

    /// A container with links to policies.
    pub(super) async fn linked(
        &mut self,
        policies: &[Option<Vec<Rule>>],
        reversed: bool,
        step: &str,
    ) -> Result<Target, Stop> {
        let code: String = policies
            .iter()
            .map(|policy| if policy.is_some() { 'p' } else { 'x' })
            .chain(reversed.then_some('r'))
            .collect();
        let key = format!("cnt{code}{}", self.generation);
        if self.targets.contains_key(&key) {
            return Ok(self.known(&key));
        }
        let mut guards: Vec<String> = slots(policies)
            .map(|(slot, _)| self.slot(slot, Operation::Retrieve))
            .collect();
        // Policies are made in the order of their slots; links may stand in the other.
        for guard in &guards {
            self.make_policy(guard, step).await?;
        }
        if reversed {
            guards.reverse();
        }
        let mut names = guards.iter().cloned();
        let gone = format!("acpX{code}{}", self.generation);
        let mut links = Vec::new();
        for policy in policies {
            let name = match policy {
                Some(_) => names.next().unwrap_or_default(),
                None => gone.clone(),
            };
            self.make_policy(&name, step).await?;
            links.push(self.world.find(step, &name)?);
        }
        let base = self.world.facts().cse_base.clone();
        let linked = links.iter().map(|link| json!(link)).collect();
        let request = self.container(&key, base, Some(linked));
        self.make(&key, "ADM", step, request).await?;
        if policies.contains(&None) {
            let step = format!("{step}: delete {gone}");
            let request = Request::delete(self.world.find(&step, &gone)?);
            let answer = self.as_administrator(&step, Role::SetUp, request).await?;
            if !answer.succeeded() {
                return Err(set_up(&step, "2002 DELETED", &answer));
            }
        }
        let mut target = Target::new("m2m:cnt", &key, self.label(&key), guards);
        target.links = links;
        self.keep(target);
        Ok(self.known(&key))
    }

    /// The `<AE>` that is notified, under the first policy.
    pub(super) async fn receiver(&mut self, step: &str) -> Result<Target, Stop> {
        let key = RECEIVER.to_owned();
        if !self.targets.contains_key(&key) {
            let guard = format!("acpQ{}", self.generation);
            let name = self.slot(0, Operation::Notify);
            self.make_policy(&name, step).await?;
            self.world.open_point_of_access(step, RECEIVER)?;
            let with = json!({"rr": true, "poa": ["{POA7}"], "acpi": [name]});
            let with = with.as_object().cloned().unwrap_or_default();
            self.world.register(RECEIVER, &with).await?;
            self.keep(Target::new("m2m:ae", &key, guard, vec![name]));
        }
        Ok(self.known(&key))
    }

    /// A container beside the target, under the same policies, to be deleted.
    pub(super) async fn victim(&mut self, target: Target, step: &str) -> Result<Target, Stop> {
        let name = match self.victims.get(&target.key) {
            Some(name) => name.clone(),
            None => {
                let name = format!("vic{}n{}", target.key, self.decisions);
                let links = target.links.iter().map(|link| json!(link)).collect();
                let base = self.world.facts().cse_base.clone();
                let request = self.container(&name, base, Some(links));
                self.make(&name, "ADM", step, request).await?;
                self.victims.insert(target.key.clone(), name.clone());
                name
            }
        };
        Ok(Target { name, ..target })
    }

    pub(super) fn container(
        &self,
        name: &str,
        parent: String,
        links: Option<Vec<Value>>,
    ) -> Request {
        let mut attributes = Map::new();
        attributes.insert("rn".into(), json!(self.world.resource_name(name)));
        attributes.insert("lbl".into(), json!([self.label(name)]));
        attributes.extend(links.map(|links| ("acpi".to_owned(), Value::from(links))));
        Request::create(parent, CONTAINER, json!({ "m2m:cnt": attributes }))
    }
}
