//! Attempts at an exchange of four messages, and what they come to.

use super::parties::{INITIATOR, Parties};
use super::proof;
use crate::catalogue::behaviour::Role;
use crate::purposes::answer::Answer;
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::{Carriage, Carried, World, message_in};
use crate::tester::association_end::AssociationEnd;
use crate::tester::handshake::conduct::ServerNameConduct;
use crate::tester::handshake::{Conduct, Credential, Earlier, Exporter, Handshake, Seen};
use crate::verdict::{Cause, Judgement};
use serde_json::Value;

/// An attempt, right in everything that is not changed.
pub struct Attempt {
    /// The name of its step.
    pub step: String,
    /// What it is for.
    pub role: Role,
    /// Who sends what.
    pub carriage: Carriage,
    /// What the initiator shows.
    pub credential: Credential,
    /// What it does otherwise, as [`Conduct`] reads it.
    pub conduct: Value,
    /// What an earlier one left.
    pub earlier: Option<Earlier>,
    /// The step whose random octets it takes.
    pub drawn_as: Option<String>,
}

impl Attempt {
    /// One of the initiator.
    pub fn new(step: &str, role: Role, credential: &Credential) -> Self {
        Self {
            step: step.to_owned(),
            role,
            carriage: Carriage::of(INITIATOR),
            credential: credential.clone(),
            conduct: Value::Object(serde_json::Map::new()),
            earlier: None,
            drawn_as: None,
        }
    }

    /// The same with another conduct.
    pub fn with(self, conduct: Value) -> Self {
        Self { conduct, ..self }
    }

    /// The same of another actor.
    pub fn of(self, actor: &str) -> Self {
        let carriage = Carriage::of(actor);
        Self { carriage, ..self }
    }

    /// The handshake.
    pub fn handshake(&self, world: &World<'_>) -> Result<Handshake, Stop> {
        let conduct: Result<Conduct, _> = serde_json::from_value(self.conduct.clone());
        let mut conduct = conduct.map_err(|error| Stop::error(&self.step, error.to_string()))?;
        // Nobody is called by a name below Notifies.
        conduct.hello.server_name = ServerNameConduct::Absent;
        let drawn_as = self.drawn_as.as_ref().unwrap_or(&self.step);
        let mut handshake = world.handshake(drawn_as, self.credential.clone());
        handshake.conduct = conduct;
        handshake.earlier.clone_from(&self.earlier);
        Ok(handshake)
    }

    /// Makes it. An answer that is neither a message nor an error ends the purpose.
    pub async fn made(&self, world: &World<'_>) -> Result<Came, Stop> {
        let handshake = self.handshake(world)?;
        let carried = world.carry(&self.step, self.role, &self.carriage, &handshake);
        let (attempt, carried) = carried.await?;
        for answer in &carried.answers {
            is_told(&self.step, self.role, answer)?;
        }
        Ok(Came {
            step: self.step.clone(),
            role: self.role,
            earlier: attempt.earlier(),
            end: attempt.end,
            seen: attempt.seen,
            carried,
        })
    }
}

/// Whether an answer brings a message, or refuses.
pub fn is_told(step: &str, role: Role, answer: &Answer) -> Result<(), Stop> {
    let finding = match (answer, message_in(answer)) {
        (Answer::Primitive(_), Err(detail)) if answer.succeeded() => Finding::new(
            Cause::MalformedAnswer,
            "2000 OK with securityInfoType 6 and an escertkeMessage, or an error",
            format!("{answer} with {detail}"),
        ),
        (Answer::Primitive(_), _) => return Ok(()),
        (answer, _) => Finding::new(
            Cause::NoDecision,
            "an answer to the Notify",
            answer.to_string(),
        ),
    };
    Err(match (role, finding.cause) {
        // Success is a decision, whatever it brings.
        (Role::Stimulus, Cause::MalformedAnswer) => Stop::Judged(
            Judgement::fail(finding.cause, finding.expected, finding.observed).at(step),
        ),
        _ => Stop::mismatch(step, role, finding, answer),
    })
}

/// What an attempt came to.
pub struct Came {
    /// The name of its step.
    pub step: String,
    /// What it was for.
    pub role: Role,
    /// How it ended.
    pub end: AssociationEnd,
    /// What was seen of the IUT.
    pub seen: Seen,
    /// What it leaves to a later one.
    pub earlier: Earlier,
    /// The messages of the tester, and the answers.
    pub carried: Carried,
}

impl Came {
    /// It is complete, with a handshake of its own.
    pub fn is_complete(&self) -> Result<&Exporter, Stop> {
        match (&self.end, &self.seen.exporter) {
            (AssociationEnd::Established { resumed: false, .. }, Some(exporter)) => Ok(exporter),
            _ => Err(self.wrong("a complete exchange of four messages")),
        }
    }

    /// The IUT refused it, with an error or an alert.
    pub fn is_refused(&self) -> Result<(), Stop> {
        match self.end.is_refusal() {
            true => Ok(()),
            false => Err(self.wrong("an error or an alert, and no further message")),
        }
    }

    /// Something else came than expected.
    pub fn wrong(&self, expected: &str) -> Stop {
        let answers: Vec<String> = self.carried.answers.iter().map(Answer::to_string).collect();
        let observed = format!("{} (answers: {})", self.end, answers.join(", "));
        let cause = match self.end {
            AssociationEnd::Unexpected(_) => Cause::MalformedAnswer,
            _ => Cause::WrongDecision,
        };
        match self.carried.answers.last() {
            Some(answer) => {
                let finding = Finding::new(cause, expected, observed);
                Stop::mismatch(&self.step, self.role, finding, answer)
            }
            None => Stop::error(&self.step, format!("expected {expected}, got {observed}")),
        }
    }
}

/// A right exchange is complete, and where the IUT is a Receiver of ESPrim its key opens an object.
pub async fn completes(
    world: &mut World<'_>,
    parties: &Parties,
    step: &str,
    role: Role,
) -> Result<Came, Stop> {
    let came = Attempt::new(step, role, &parties.initiator)
        .made(world)
        .await?;
    let exporter = came.is_complete()?.clone();
    proof::is_served(world, step, role, &exporter, &parties.entity).await?;
    Ok(came)
}
