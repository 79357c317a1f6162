//! One world of a purpose: its identities, its resources, its clock, and how requests are sent in it.

use super::answer::Answer;
use super::facts::Facts;
use super::registration;
use super::stop::{Finding, Stop};
use crate::catalogue::behaviour::{Place, Role, ScriptedAnswer, Source, identity_pattern, is_cse};
use crate::tester::link::{Call, Octets, OutgoingRequest, Way};
use crate::tester::naming::Naming;
use crate::tester::recorder::Recorder;
use crate::tester::template::{Made, Unfilled, Words, read_basic};
use crate::verdict::Cause;
use onem2m_primitive::{FilterCriteria, Request, http as binding};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use time::OffsetDateTime;

/// A world with its own tag. Requests may be sent from it in parallel.
pub struct World<'a> {
    recorder: &'a Recorder<'a>,
    facts: &'a Facts,
    /// Prefix of step names: empty in the tested world.
    prefix: &'static str,
    words: Words,
    /// When the scenario began: on the IUT's clock, and on the link's.
    start: Option<(OffsetDateTime, Duration)>,
    counters: Mutex<HashMap<String, u32>>,
    /// AE-ID-Stems that the IUT assigned, by actor.
    assigned: HashMap<String, String>,
    made: Vec<Remains>,
    notes: Vec<String>,
}

/// The From that is left out.
pub const ABSENT: &str = "<absent>";

/// What is special about a request.
#[derive(Debug, Default)]
pub struct Manner<'m> {
    /// From, in place of the identity of the actor; `<absent>` leaves it out.
    pub from: Option<&'m str>,
    /// Header fields that are added as they are.
    pub headers: &'m [(String, String)],
    /// Path, in place of that of the target.
    pub path: Option<&'m str>,
    /// Query fields that are added as they are.
    pub query: &'m [(String, String)],
    /// The way, in place of that of the actor.
    pub way: Option<Way>,
    /// How long the answer may take, in place of the usual time.
    pub patience: Option<Duration>,
}

impl Manner<'_> {
    /// Makes of a usual request this one.
    fn shape(&self, outgoing: &mut OutgoingRequest) {
        if self.from == Some(ABSENT) {
            let is_from = |name: &str| name.eq_ignore_ascii_case("x-m2m-origin");
            outgoing.headers.retain(|(name, _)| !is_from(name));
        }
        outgoing.headers.extend(self.headers.iter().cloned());
        if let Some(path) = self.path {
            let query = outgoing.target.split_once('?').map(|(_, query)| query);
            outgoing.target = match query {
                Some(query) => format!("{path}?{query}"),
                None => path.to_owned(),
            };
        }
        for (name, value) in self.query {
            let joint = if outgoing.target.contains('?') {
                '&'
            } else {
                '?'
            };
            outgoing.target += &format!("{joint}{name}={value}");
        }
    }
}

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

impl<'a> World<'a> {
    /// A fresh world; `twin` for the second one.
    pub fn new(
        recorder: &'a Recorder<'a>,
        facts: &'a Facts,
        purpose: &str,
        attempt: u32,
        twin: bool,
    ) -> Self {
        let kind = if twin { "twin" } else { "tested" };
        let naming = Naming::new(&facts.ae_stem, facts.seed, purpose, attempt, kind);
        Self {
            recorder,
            facts,
            prefix: if twin { "twin: " } else { "" },
            words: Words {
                naming,
                cse_base: facts.cse_base.clone(),
                cse_id: facts.cse_id.clone(),
                sp_domain: facts.sp_domain.clone(),
                administrator: facts.administrator.clone(),
                sources: recorder.sources(),
                locations: facts.locations(),
                made: HashMap::new(),
                clock: None,
                points_of_access: HashMap::new(),
            },
            start: None,
            counters: Mutex::default(),
            assigned: HashMap::new(),
            made: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Keeps what a pass has to say beside that it is one.
    pub fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    /// What was noted.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The name of a step as the transcript shows it.
    pub fn step(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The facts of the run.
    pub fn facts(&self) -> &'a Facts {
        self.facts
    }

    /// The recorder.
    pub fn recorder(&self) -> &'a Recorder<'a> {
        self.recorder
    }

    /// The identity that an actor sends in From.
    pub fn identity(&self, actor: &str) -> Result<String, Unfilled> {
        match self.assigned.get(actor) {
            Some(stem) => Ok(stem.clone()),
            None => self.words.text(&identity_pattern(actor)),
        }
    }

    /// Makes an actor go by the AE-ID-Stem that the IUT assigned.
    pub fn assign(&mut self, actor: &str, stem: &str) {
        self.assigned.insert(actor.to_owned(), stem.to_owned());
    }

    /// The source at a place.
    pub fn source(&self, place: Place) -> Result<Source, Unfilled> {
        self.words.locations.source(place)
    }

    /// The identity that a security association of an actor stands for, in SP-relative form, or in absolute form where it
    /// is of another domain.
    pub fn associated_identity(&self, actor: &str) -> Result<String, Unfilled> {
        let identity = self.identity(actor)?;
        Ok(match identity.chars().next() {
            Some('/') => identity,
            Some('S') => format!("/{identity}"),
            _ => format!("/{}/{identity}", self.facts.cse_id),
        })
    }

    /// Whether an actor has registered.
    pub fn is_registered(&self, actor: &str) -> bool {
        self.words.made.contains_key(actor)
    }

    /// A name of the catalogue as it is in this world.
    pub fn name(&self, pattern: &str) -> String {
        self.words.naming.rewrite(pattern)
    }

    /// The text that no refusal may show.
    pub fn canary(&self) -> String {
        self.name("tpT")
    }

    /// The name that the IUT was asked to give a resource.
    pub fn resource_name(&self, name: &str) -> String {
        self.words.naming.resource(name)
    }

    /// All ids of a resource.
    pub fn ids(&self, name: &str) -> Result<Vec<String>, Unfilled> {
        let mut ids = vec![self.words.target(name)?];
        let made = self.words.made.get(name);
        ids.extend(made.and_then(|made| made.unstructured.clone()));
        Ok(ids)
    }

    /// All ids of the resource with this structured id.
    pub fn forms(&self, path: &str) -> Vec<String> {
        let made = self.words.made.values().find(|made| made.path == path);
        let unstructured = made.and_then(|made| made.unstructured.clone());
        unstructured.into_iter().chain([path.to_owned()]).collect()
    }

    /// The structured id of a target.
    pub fn target(&self, name: &str) -> Result<String, Unfilled> {
        self.words.target(name)
    }

    /// Makes the point of access of an entity usable in templates.
    pub fn open_point_of_access(&mut self, step: &str, entity: &str) -> Result<(), Stop> {
        let owner = self.point_of_access_name(entity);
        let url = self
            .recorder
            .point_of_access(&owner)
            .map_err(|error| Stop::link(step, &error))?;
        self.words.points_of_access.insert(entity.to_owned(), url);
        Ok(())
    }

    /// How the link knows the point of access of an entity in this world: a CSE by its CSE-ID.
    pub fn point_of_access_name(&self, entity: &str) -> String {
        match self.identity(entity) {
            Ok(identity) if is_cse(entity) => identity,
            _ => format!("{}-{entity}", self.words.naming.tag()),
        }
    }

    /// From here on a CSE of the tester answers requests of the IUT so.
    pub async fn script(
        &mut self,
        step: &str,
        entity: &str,
        answers: &[ScriptedAnswer],
    ) -> Result<(), Stop> {
        let mut filled = Vec::new();
        for answer in answers {
            let mut answer = answer.clone();
            if let Value::String(to) = self.fill(step, &json!(answer.to)).await? {
                answer.to = to;
            }
            if let Some(content) = &answer.content {
                answer.content = Some(self.fill(step, content).await?);
            }
            filled.push(answer);
        }
        self.recorder
            .script(&self.point_of_access_name(entity), step, filled)
            .map_err(|error| Stop::link(step, &error))
    }

    /// Fills a value; waits first where a time boundary is close.
    pub async fn fill(&mut self, step: &str, value: &Value) -> Result<Value, Stop> {
        self.tick(step)?;
        match self.words.fill(value) {
            Err(Unfilled::TooClose(wait)) => {
                self.recorder.wait(wait).await;
                self.tick(step)?;
                self.words.fill(value)
            }
            filled => filled,
        }
        .map_err(|unfilled| Stop::unfilled(step, &unfilled))
    }

    /// Time since the scenario began.
    pub fn since_start(&self, step: &str) -> Result<Duration, Stop> {
        let Some((_, started)) = self.start else {
            return Ok(Duration::ZERO);
        };
        let elapsed = self
            .recorder
            .elapsed()
            .map_err(|error| Stop::link(step, &error))?;
        Ok(elapsed.saturating_sub(started))
    }

    /// What time it is on the IUT's clock.
    pub fn now(&mut self, step: &str) -> Result<OffsetDateTime, Stop> {
        self.tick(step)?;
        match self.words.clock {
            Some((_, now)) => Ok(now),
            None => Err(Stop::unfilled(step, &Unfilled::NoClock)),
        }
    }

    fn tick(&mut self, step: &str) -> Result<(), Stop> {
        if let Some((start, _)) = self.start {
            let since = self.since_start(step)?;
            let since = time::Duration::try_from(since).unwrap_or(time::Duration::ZERO);
            self.words.clock = Some((start, start + since));
        }
        Ok(())
    }

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
        let (kind, mut attributes) = registration::usual(entity, self.facts);
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

    /// Takes id, name and time from the answer to a Create.
    fn learn(&mut self, name: &str, step: &str, answer: &Answer) -> Result<(), Stop> {
        let content = answer
            .primitive()
            .and_then(|response| response.content.as_ref());
        let Some(attributes) = super::representation::attributes(content) else {
            return Ok(());
        };
        let text = |member: &str| attributes.get(member).and_then(Value::as_str);
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

    /// Sends a request of an actor and reads what comes back.
    ///
    /// `from` replaces the identity, `headers` are added as they are.
    pub async fn send(
        &self,
        actor: &str,
        step: &str,
        role: Role,
        request: Request,
        from: Option<&str>,
        headers: &[(String, String)],
    ) -> Result<Answer, Stop> {
        let manner = Manner {
            from,
            headers,
            ..Manner::default()
        };
        self.send_in(manner, actor, step, role, request).await
    }

    /// Sends a request of an actor in a manner of its own and reads what comes back.
    pub async fn send_in(
        &self,
        manner: Manner<'_>,
        actor: &str,
        step: &str,
        role: Role,
        request: Request,
    ) -> Result<Answer, Stop> {
        let (mut outgoing, identifier) = self.prepare(actor, step, request, manner.from)?;
        manner.shape(&mut outgoing);
        let call = Call {
            actor: format!("{}{actor}", self.prefix),
            step: step.to_owned(),
            role,
            way: manner.way.unwrap_or_else(|| self.way(actor)),
            patience: manner.patience,
            request: outgoing,
        };
        self.call(&call, &identifier).await
    }

    /// The way by which an actor sends: a CSE within its security association (TS-0003 V3.18.0, 6.1.2.2.1).
    pub fn way(&self, actor: &str) -> Way {
        let association = match is_cse(actor) {
            true => self.associated_identity(actor).ok(),
            false => None,
        };
        Way {
            association,
            ..Way::default()
        }
    }

    /// The octets of a request of an actor, and its identifier.
    pub fn prepare(
        &self,
        actor: &str,
        step: &str,
        request: Request,
        from: Option<&str>,
    ) -> Result<(OutgoingRequest, String), Stop> {
        let identifier = self.next_identifier(actor);
        let identity = match from {
            Some(from) => from.to_owned(),
            None => self
                .identity(actor)
                .map_err(|unfilled| Stop::unfilled(step, &unfilled))?,
        };
        let mut request = request.from(identity).identified(identifier.clone());
        request.release_version = self.facts.release_version().map(str::to_owned);
        let outgoing = encode(&request).map_err(|detail| Stop::error(step, detail))?;
        Ok((outgoing, identifier))
    }

    /// Sends a request as it is and reads what comes back for the identifier.
    pub async fn exchange(
        &self,
        actor: &str,
        step: &str,
        role: Role,
        request: OutgoingRequest,
        identifier: &str,
    ) -> Result<Answer, Stop> {
        let call = Call {
            actor: format!("{}{actor}", self.prefix),
            step: step.to_owned(),
            role,
            way: self.way(actor),
            patience: None,
            request,
        };
        self.call(&call, identifier).await
    }

    async fn call(&self, call: &Call, identifier: &str) -> Result<Answer, Stop> {
        let received = self
            .recorder
            .call(call)
            .await
            .map_err(|error| Stop::link(&call.step, &error))?;
        Ok(Answer::read(&received, identifier))
    }

    /// A request identifier that the actor has not used yet; keyed by actor, so that parallel
    /// actors do not depend on each other.
    fn next_identifier(&self, actor: &str) -> String {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        let counter = counters.entry(actor.to_owned()).or_default();
        *counter += 1;
        format!("{}{actor}{counter}", self.words.naming.tag())
    }

    /// What was made, in the order in which it was made.
    pub fn made(&self) -> &[Remains] {
        &self.made
    }

    /// Entities that have registered.
    pub fn registered(&self) -> Vec<&str> {
        let entities = [
            "AE1", "AE2", "AE3", "AE4", "AE5", "AE6", "AE7", "AE8", "AE9",
        ];
        entities
            .into_iter()
            .filter(|entity| self.is_registered(entity))
            .collect()
    }
}

/// A discovery below a resource by labels (TS-0004 V3.32.0, 7.3.3.14).
pub fn discovery(target: String, labels: Vec<String>) -> Request {
    Request::retrieve(target).filtered(FilterCriteria {
        filter_usage: Some(1),
        labels,
        ..FilterCriteria::default()
    })
}

/// The octets of a request primitive in the HTTP binding.
pub fn encode(request: &Request) -> Result<OutgoingRequest, String> {
    let encoded = binding::encode_request(request).map_err(|error| error.to_string())?;
    let (head, body) = encoded.into_parts();
    let headers = head
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "host" | "content-length"))
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect();
    Ok(OutgoingRequest {
        method: head.method.to_string(),
        target: head.uri.to_string(),
        headers,
        body: Octets(body),
    })
}
