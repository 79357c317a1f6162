//! Sends steps over a line, and keeps the model in step with what came.

use super::Done;
use crate::campaign::effect;
use crate::campaign::field::Field;
use crate::campaign::flight::{Came, exchange, patience, right, unhexed};
use crate::campaign::forecast::{Forecast, forecast};
use crate::campaign::judge::judge;
use crate::campaign::line::Line;
use crate::campaign::model::{ADMINISTRATOR, BASE, ENTITIES, Model};
use crate::campaign::request::{canonical, octets, outgoing};
use crate::campaign::step::{Oddity, Operation, Step, Target};
use crate::campaign::trouble::Trouble;
use crate::catalogue::behaviour::Role;
use crate::purposes::answer::Answer;
use crate::purposes::representation::anywhere;
use crate::tester::coap::message;
use crate::tester::link::{Call, Inbound, Link, LinkError, Octets, OutgoingRequest, Received, Way};
use crate::tester::naming::Naming;
use crate::tester::template::read_basic;
use crate::verdict::Cause;
use serde_json::Value;
use std::collections::BTreeSet;
use std::time::Duration;
use time::OffsetDateTime;

/// How long an IUT that did not answer is looked at before it counts as dead.
const LOOKS: u32 = 3;
const BETWEEN: Duration = Duration::from_millis(200);

/// One world with its line.
pub struct World<'a> {
    field: &'a Field,
    link: &'a dyn Link,
    line: Line<'a>,
    second: Line<'a>,
    /// What is known.
    pub model: Model,
    /// The IUT's clock when the link's showed this.
    clock: Option<(OffsetDateTime, Duration)>,
    requests: u64,
    /// Structured ids that a Create named, carried out or not.
    pub attempted: Vec<String>,
    /// Structured ids of Creates that were refused.
    pub refused: BTreeSet<String>,
    /// Whether something was carried out of which nobody knows what it was.
    pub is_lost: bool,
    /// How many times the world was busy with a step, for request identifiers.
    number: u64,
}

impl<'a> World<'a> {
    /// A world in which nothing has been made.
    pub fn new(field: &'a Field, link: &'a dyn Link, label: &str) -> Self {
        let naming = Naming::new(&field.site.ae_stem, field.seed, label, 1, "tested");
        let mut model = Model::new(field.site.clone(), naming);
        for entity in ENTITIES {
            // A tester that listens nowhere is not notified.
            if let Ok(url) = link.point_of_access(&model.identity(entity)) {
                model.is_notified_at(entity, url);
            }
        }
        Self {
            field,
            link,
            line: Line::new(link),
            second: Line::new(link),
            model,
            clock: None,
            requests: 0,
            attempted: Vec::new(),
            refused: BTreeSet::new(),
            is_lost: false,
            number: 0,
        }
    }

    /// Requests that were sent.
    pub fn requests(&self) -> u64 {
        self.requests
    }

    /// Sends a step and judges what comes; none if it names what is not known.
    pub async fn perform(&mut self, step: &Step) -> Result<Option<Done>, LinkError> {
        if let Some(Oddity::Flight(octets)) = step.oddities.first() {
            return self.flight(step, octets).await.map(Some);
        }
        self.tell_time()?;
        let expected = forecast(&self.model, step);
        self.number += 1;
        let identifier = format!("{}{}", self.model.tag(), self.number);
        let Some(request) = self.request(step, &identifier) else {
            return Ok(None);
        };
        self.note_attempt(step);
        if step.oddities.contains(&Oddity::Twice) {
            return self.twice(step, request, &identifier).await.map(Some);
        }
        let received = self.send(step, &request).await?;
        let answer = Answer::read(&received, &identifier);
        let trouble = judge(&self.model, step, &expected, &answer, &request);
        self.learn(step, &answer);
        Ok(Some(Done {
            request,
            received,
            answer,
            trouble,
        }))
    }

    /// Sends octets where a handshake is expected. Whatever they are, the IUT goes on to serve requests and handshakes.
    async fn flight(&mut self, step: &Step, octets: &str) -> Result<Done, LinkError> {
        self.field.keep_pace().await;
        self.requests += 2;
        let came = exchange(self.link, unhexed(octets), patience()).await?;
        let then = exchange(self.link, right()?, self.field.patience).await?;
        let trouble = (!then.is_handshake()).then(|| {
            let cause = match then {
                Came::Nothing => Cause::Hang,
                _ => Cause::Crash,
            };
            Trouble::new(
                cause,
                "TS-0003 V3.18.0, 10.2",
                "a ServerHello for the next handshake",
                then.word(),
            )
            .of_class(format!("handshake {}", then.word()))
        });
        let request = OutgoingRequest {
            method: "TLS".to_owned(),
            target: step.to_string(),
            headers: Vec::new(),
            body: Octets(unhexed(octets).into()),
        };
        Ok(Done {
            request,
            received: Received::Closed(came.word()),
            answer: Answer::Malformed(format!("handshake {}", came.word())),
            trouble,
        })
    }

    /// Sends a step without judging it; none if it names what is not known.
    pub async fn ask(&mut self, step: &Step) -> Result<Option<Answer>, LinkError> {
        self.number += 1;
        let identifier = format!("{}{}", self.model.tag(), self.number);
        let Some(request) = self.request(step, &identifier) else {
            return Ok(None);
        };
        let received = self.send(step, &request).await?;
        Ok(Some(Answer::read(&received, &identifier)))
    }

    /// What has arrived at an AE's point of access.
    pub async fn notifications(&self, entity: &str) -> Result<Vec<Inbound>, LinkError> {
        let mut arrived = Vec::new();
        if self.model.point_of_access(entity).is_none() {
            return Ok(arrived);
        }
        let identity = self.model.identity(entity);
        while let Some(inbound) = self.link.inbound(&identity, Duration::ZERO).await? {
            arrived.push(inbound);
        }
        Ok(arrived)
    }

    /// What comes after the look is nobody's any more.
    pub async fn forget_notifications(&self) -> Result<(), LinkError> {
        for entity in ENTITIES {
            self.notifications(entity).await?;
        }
        Ok(())
    }

    /// Whether the administrator is answered on a connection of its own.
    pub async fn is_served(&mut self) -> Result<bool, LinkError> {
        let step = Step::new(ADMINISTRATOR, Operation::Retrieve, Target::of(BASE));
        for look in 0..LOOKS {
            self.line.hang_up().await?;
            let answer = self.ask(&step).await?;
            if answer.is_some_and(|answer| answer.primitive().is_some()) {
                return Ok(true);
            }
            if look + 1 < LOOKS {
                tokio::time::sleep(BETWEEN).await;
            }
        }
        Ok(false)
    }

    /// The request of a step; none if the step names what is not known, or if the surface has no way to carry it.
    fn request(&self, step: &Step, identifier: &str) -> Option<OutgoingRequest> {
        let request = outgoing(&self.model, step, identifier)?;
        let surface = self.model.site.surface;
        if surface.is_octets() {
            return Some(request);
        }
        let request = canonical(&request)?;
        // An option of CoAP holds less than a header field.
        let is_carried = !surface.endpoint().is_datagram() || message(&request).is_ok();
        is_carried.then_some(request)
    }

    async fn send(
        &mut self,
        step: &Step,
        request: &OutgoingRequest,
    ) -> Result<Received, LinkError> {
        self.field.keep_pace().await;
        self.requests += 1;
        if !self.model.site.surface.is_octets() {
            return self.call(step, request).await;
        }
        let pieces = self.pieces(step, request);
        let is_damaged = step.oddities.iter().any(Oddity::is_damage);
        let longest = self.field.patience;
        let patience = match is_damaged {
            true => longest.min(patience()),
            false => longest,
        };
        let received = self.line.exchange(&pieces, patience).await?;
        if is_damaged {
            // What the IUT still waits for would be taken from the next request.
            self.line.hang_up().await?;
        }
        Ok(received)
    }

    /// Over other bindings than HTTP, and within associations, what is sent is the primitive.
    async fn call(&self, step: &Step, request: &OutgoingRequest) -> Result<Received, LinkError> {
        let holder = self.model.site.holder(&step.by);
        let call = Call {
            actor: step.by.clone(),
            step: step.operation.verb().to_owned(),
            role: Role::Stimulus,
            way: Way {
                association: holder.map(str::to_owned),
                ..Way::default()
            },
            patience: None,
            request: request.clone(),
        };
        self.link.call(&call).await
    }

    fn pieces(&self, step: &Step, request: &OutgoingRequest) -> Vec<bytes::Bytes> {
        let mut request = request.clone();
        request.target.insert_str(0, &self.field.prefix);
        octets(step, &self.field.host, &request)
    }

    /// Sends the same request on two connections at once. Of two Creates of one name, and of two Deletes, one succeeds.
    async fn twice(
        &mut self,
        step: &Step,
        request: OutgoingRequest,
        identifier: &str,
    ) -> Result<Done, LinkError> {
        self.field.keep_pace().await;
        self.requests += 2;
        let pieces = self.pieces(step, &request);
        let patience = self.field.patience;
        let (first, second) = tokio::join!(
            self.line.exchange(&pieces, patience),
            self.second.exchange(&pieces, patience)
        );
        let (first, second) = (first?, second?);
        let answers = [
            Answer::read(&first, identifier),
            Answer::read(&second, identifier),
        ];
        let expected = match forecast(&self.model, step) {
            Forecast::Success { .. } => Forecast::Open,
            other => other,
        };
        let trouble = answers
            .iter()
            .find_map(|answer| judge(&self.model, step, &expected, answer, &request));
        let succeeded = answers.iter().filter(|answer| answer.succeeded()).count();
        let is_exclusive = matches!(step.operation, Operation::Create | Operation::Delete)
            && step.on.below.is_none()
            && (step.operation == Operation::Delete || has_name(step));
        let trouble = trouble.or_else(|| {
            (is_exclusive && succeeded == 2).then(|| {
                Trouble::new(
                    Cause::SideEffect,
                    "TS-0004 V3.32.0, 7.3.3.5",
                    "one of two equal requests is carried out",
                    "both are",
                )
                .of_class(format!("{} twice", step.operation.verb()))
            })
        });
        let [one, other] = answers;
        let (received, answer) = match one.succeeded() {
            true => (first, one),
            false => (second, other),
        };
        self.learn(step, &answer);
        Ok(Done {
            request,
            received,
            answer,
            trouble,
        })
    }

    fn learn(&mut self, step: &Step, answer: &Answer) {
        if self.clock.is_none()
            && step.operation == Operation::Create
            && let Some(moment) = creation_time(answer)
            && let Ok(elapsed) = self.link.elapsed()
        {
            self.clock = Some((moment, elapsed));
        }
        if step.operation == Operation::Create
            && answer.primitive().is_some()
            && !answer.succeeded()
            && let Some(path) = self.created_path(step)
            && can_be_looked_for(&path)
            // Directly below the `<CSEBase>` others may have made what was refused here.
            && (step.on.slot != BASE || path.contains(self.model.tag()))
            && self.model.at_path(&path).is_none()
        {
            self.refused.insert(path);
        }
        self.is_lost |= effect::is_unforeseeable(step, answer);
        effect::apply(&mut self.model, step, answer);
        let refused = &mut self.refused;
        let model = &self.model;
        refused.retain(|path| model.at_path(path).is_none());
    }

    fn note_attempt(&mut self, step: &Step) {
        if step.on.slot == BASE
            && step.operation == Operation::Create
            && let Some(path) = self.created_path(step)
            && leads_below(&path)
            && !self.attempted.contains(&path)
        {
            self.attempted.push(path);
        }
    }

    fn created_path(&self, step: &Step) -> Option<String> {
        let name = step.content.as_ref()?.get("rn")?.as_str()?;
        let name = self.model.fill(name);
        let parent = self.model.subject(step)?;
        Some(format!("{}/{name}", parent.path))
    }

    fn tell_time(&mut self) -> Result<(), LinkError> {
        if let Some((moment, then)) = self.clock {
            self.model.now = Some(moment + (self.link.elapsed()?.saturating_sub(then)));
        }
        Ok(())
    }
}

/// Whether a path leads below its parent: to delete another one could end the `<CSEBase>` (RFC 3986, 5.2.4).
fn leads_below(path: &str) -> bool {
    !matches!(path.rsplit('/').next(), None | Some("" | "." | ".."))
}

/// Whether a path leads to what it names, and not to its parent or to a query (RFC 3986, 3.3 and 6.2.2.3).
fn can_be_looked_for(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_unreserved = |letter: char| letter.is_ascii_alphanumeric() || "-_~".contains(letter);
    !name.is_empty() && name.chars().all(is_unreserved)
}

fn has_name(step: &Step) -> bool {
    step.content
        .as_ref()
        .is_some_and(|content| content.contains_key("rn"))
}

fn creation_time(answer: &Answer) -> Option<OffsetDateTime> {
    let text = anywhere(answer.content()?, "ct").and_then(Value::as_str)?;
    read_basic(text)
}
