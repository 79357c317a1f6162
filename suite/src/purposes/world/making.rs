//! How resources are made in a world, and what is known of them from then on.

use super::World;
use crate::catalogue::behaviour::{Role, is_cse};
use crate::purposes::answer::Answer;
use crate::purposes::registration;
use crate::purposes::representation;
use crate::purposes::stop::{Finding, Stop};
use crate::tester::template::{Made, read_basic};
use crate::verdict::Cause;
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};

/// A resource that has to be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remains {
    /// Who made it.
    pub actor: String,
    /// Its structured id.
    pub path: String,
    /// Its type.
    pub resource_type: Option<u32>,
}

impl World<'_> {
    /// Registers an entity (TS-0004 V3.32.0, 7.4.4.2.1 and 7.4.5.2.1), with attributes beside the usual ones.
    pub async fn register(
        &mut self,
        entity: &str,
        with: &Map<String, Value>,
    ) -> Result<Answer, Stop> {
        let step = self.step(&format!("register {entity}"));
        let (request, path) = self.registration(entity, &step, with).await?;
        let answer = self
            .create(entity, entity, &step, Role::SetUp, request, path)
            .await?;
        if !answer.succeeded() {
            let finding = Finding::new(
                Cause::WrongDecision,
                "2001 CREATED for the registration",
                answer.to_string(),
            );
            return Err(Stop::mismatch(&step, Role::SetUp, finding, &answer));
        }
        Ok(answer)
    }

    /// The Create by which an entity registers, and where its `<AE>` will be.
    pub async fn registration(
        &mut self,
        entity: &str,
        step: &str,
        with: &Map<String, Value>,
    ) -> Result<(Request, String), Stop> {
        if is_cse(entity) {
            self.open_point_of_access(step, entity)?;
        }
        let identity = self
            .identity(entity)
            .map_err(|unfilled| Stop::unfilled(step, &unfilled))?;
        let (kind, mut attributes) = registration::usual(entity, &identity, self.facts);
        attributes.extend(with.clone());
        let content = self.fill(step, &json!({ kind.key(): attributes })).await?;
        let request = Request::create(self.facts.cse_base.clone(), kind.code(), content);
        let path = format!("{}/{}", self.facts.cse_base, self.resource_name(entity));
        Ok((request, path))
    }

    /// Takes note of an `<AE>` that an entity has made by a judged registration.
    pub fn enrol(
        &mut self,
        entity: &str,
        step: &str,
        path: String,
        answer: &Answer,
    ) -> Result<(), Stop> {
        self.plan(entity, path.clone());
        self.remember(entity, path, Some(2));
        self.learn(entity, step, answer)
    }

    /// Sends a Create and remembers what was to be made; `path` is where it will be.
    pub async fn create(
        &mut self,
        name: &str,
        actor: &str,
        step: &str,
        role: Role,
        request: Request,
        path: String,
    ) -> Result<Answer, Stop> {
        self.plan(name, path.clone());
        let resource_type = request.resource_type;
        let answer = self.send(actor, step, role, request, None, &[]).await?;
        if answer.succeeded() {
            self.remember(actor, path, resource_type);
            self.learn(name, step, &answer)?;
        }
        Ok(answer)
    }

    /// Gives a resource its place before it is made.
    pub fn plan(&mut self, name: &str, path: String) {
        let made = Made {
            path,
            unstructured: None,
        };
        self.words.made.insert(name.to_owned(), made);
    }

    /// Remembers that a resource has to be removed.
    pub fn remember(&mut self, actor: &str, path: String, resource_type: Option<u32>) {
        self.made.push(Remains {
            actor: actor.to_owned(),
            path,
            resource_type,
        });
    }

    /// Follows an IUT that gives a resource another name than was asked for.
    fn rename(&mut self, name: &str, step: &str, given: &str) {
        let Some(made) = self.words.made.get_mut(name) else {
            return;
        };
        let Some((parent, asked)) = made.path.rsplit_once('/') else {
            return;
        };
        // A name is one segment: nothing that is removed afterwards may lie elsewhere.
        if asked == given || given.is_empty() || given.contains('/') || matches!(given, "." | "..")
        {
            return;
        }
        let path = format!("{parent}/{given}");
        let note = format!("{step}: the IUT names the resource {given} in place of {asked}");
        let before = std::mem::replace(&mut made.path, path.clone());
        for remains in self.made.iter_mut().filter(|it| it.path == before) {
            remains.path.clone_from(&path);
        }
        self.note(note);
    }

    /// Takes id, name and time from the answer to a Create.
    fn learn(&mut self, name: &str, step: &str, answer: &Answer) -> Result<(), Stop> {
        let Some(attributes) = representation::attributes(answer.content()) else {
            return Ok(());
        };
        let text = |member: &str| attributes.get(member).and_then(Value::as_str);
        if let Some(given) = text("rn") {
            self.rename(name, step, given);
        }
        if let (Some(made), Some(id)) = (self.words.made.get_mut(name), text("ri")) {
            made.unstructured = id.rsplit('/').next().map(str::to_owned);
        }
        if self.start.is_none()
            && let Some(created) = text("ct").and_then(read_basic)
        {
            let elapsed = self
                .recorder
                .elapsed()
                .map_err(|error| Stop::link(step, &error))?;
            self.start = Some((created, elapsed));
        }
        Ok(())
    }

    /// What was removed need not be removed again.
    pub fn forget(&mut self, paths: &[String]) {
        self.made.retain(|made| !paths.contains(&made.path));
    }

    /// What was made, in the order in which it was made.
    pub fn made(&self) -> &[Remains] {
        &self.made
    }
}
