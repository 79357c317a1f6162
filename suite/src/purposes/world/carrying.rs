//! How the flights of a handshake travel in Notifies (TS-0001 V3.36.0, 11.4.3; TS-0004 V3.32.0, 7.5.1.2.12).

use super::World;
use crate::catalogue::behaviour::Role;
use crate::purposes::answer::Answer;
use crate::purposes::stop::Stop;
use crate::tester::handshake::{Attempt, Handshake, establish};
use crate::tester::link::{BoxFuture, LinkError, Octets};
use crate::tester::wire::{Arrived, Ending, Wire};
use base64ct::{Base64, Encoding};
use bytes::Bytes;
use onem2m_primitive::Request;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Who sends the flights of a handshake, and what happens between them.
#[derive(Debug, Clone)]
pub struct Carriage {
    /// Who sends the first flight.
    pub first: String,
    /// Who sends the second flight.
    pub second: String,
    /// What happens before the second flight.
    pub between: Between,
}

/// What happens between the flights of a handshake.
#[derive(Debug, Clone)]
pub enum Between {
    /// Nothing.
    Nothing,
    /// Who sent the first flight sends these octets.
    Message(Vec<u8>),
    /// Time passes.
    Wait(Duration),
}

impl Carriage {
    /// Both flights of one actor, one behind the other.
    pub fn of(actor: &str) -> Self {
        Self {
            first: actor.to_owned(),
            second: actor.to_owned(),
            between: Between::Nothing,
        }
    }
}

/// What was carried.
#[derive(Debug, Clone, Default)]
pub struct Carried {
    /// The tester's flights.
    pub flights: Vec<Vec<u8>>,
    /// The answers to them.
    pub answers: Vec<Answer>,
}

impl World<'_> {
    /// Sends octets as an escertkeMessage.
    pub async fn send_message(
        &self,
        actor: &str,
        step: &str,
        role: Role,
        octets: &[u8],
    ) -> Result<Answer, Stop> {
        let content = json!({"sit": 6, "eckm": Base64::encode_string(octets)});
        self.send_information(actor, step, role, content).await
    }

    /// Sends a securityInfo.
    pub async fn send_information(
        &self,
        actor: &str,
        step: &str,
        role: Role,
        information: Value,
    ) -> Result<Answer, Stop> {
        let to = self.find(step, "{CB}")?;
        let request = Request::notify(to, json!({"m2m:seci": information}));
        self.send(actor, step, role, request, None, &[]).await
    }

    /// Attempts a handshake whose flights travel in Notifies, and gives what came of it with what was carried.
    pub async fn carry(
        &self,
        step: &str,
        role: Role,
        carriage: &Carriage,
        handshake: &Handshake,
    ) -> Result<(Attempt<'_>, Carried), Stop> {
        let log = Arc::new(Mutex::new(Log::default()));
        let carrier = Carrier {
            world: self,
            carriage: carriage.clone(),
            step: step.to_owned(),
            role,
            outgoing: Vec::new(),
            log: Arc::clone(&log),
        };
        let connection = self.recorder.carry(Box::new(carrier), step, role);
        let attempt = establish(connection, handshake).await;
        let Log { carried, stop } = lock(&log).clone();
        match (stop, attempt) {
            (Some(stop), _) => Err(stop),
            (None, Err(error)) => Err(Stop::link(step, &error)),
            (None, Ok(attempt)) => Ok((attempt, carried)),
        }
    }
}

/// The message in the answer to one; what is wrong with the answer otherwise.
pub fn message_in(answer: &Answer) -> Result<Vec<u8>, String> {
    let information = answer
        .content()
        .and_then(|content| content.get("m2m:seci"))
        .ok_or("no m2m:seci")?;
    let sit = information.get("sit").and_then(Value::as_u64);
    if sit != Some(6) {
        return Err(format!("expected sit 6, got {sit:?}"));
    }
    let text = information.get("eckm").and_then(Value::as_str);
    let octets = Base64::decode_vec(text.ok_or("no eckm")?)
        .map_err(|error| format!("an eckm that does not read: {error}"))?;
    match octets.is_empty() {
        true => Err("an eckm without octets".into()),
        false => Ok(octets),
    }
}

#[derive(Debug, Clone, Default)]
struct Log {
    carried: Carried,
    /// What was wrong with a request of the tester.
    stop: Option<Stop>,
}

fn lock(log: &Mutex<Log>) -> MutexGuard<'_, Log> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A connection that gathers the octets of a flight, sends them in a Notify, and gives those of the answer.
struct Carrier<'w, 'a> {
    world: &'w World<'a>,
    carriage: Carriage,
    step: String,
    role: Role,
    outgoing: Vec<u8>,
    log: Arc<Mutex<Log>>,
}

impl Carrier<'_, '_> {
    /// What comes for the flight so far; without one the IUT has no way to say anything.
    async fn exchange(&mut self) -> Result<Arrived, Stop> {
        let flight = std::mem::take(&mut self.outgoing);
        if flight.is_empty() {
            return Ok(Arrived::Closed);
        }
        let number = lock(&self.log).carried.flights.len();
        let actor = match number {
            0 => &self.carriage.first,
            _ => &self.carriage.second,
        };
        if number == 1 {
            self.between().await?;
        }
        let step = format!("{}: message {}", self.step, 2 * number + 1);
        let answer = self.world.send_message(actor, &step, self.role, &flight);
        let answer = answer.await?;
        let arrived = match message_in(&answer) {
            Ok(octets) => Arrived::Octets(Octets(octets.into())),
            Err(_) => match answer {
                Answer::Timeout => Arrived::Silence,
                _ => Arrived::Closed,
            },
        };
        let mut log = lock(&self.log);
        log.carried.flights.push(flight);
        log.carried.answers.push(answer);
        Ok(arrived)
    }

    async fn between(&self) -> Result<(), Stop> {
        match &self.carriage.between {
            Between::Nothing => {}
            Between::Message(octets) => {
                let step = format!("{}: between", self.step);
                let sent = self
                    .world
                    .send_message(&self.carriage.first, &step, self.role, octets);
                sent.await?;
            }
            Between::Wait(duration) => self.world.recorder.wait(*duration).await,
        }
        Ok(())
    }
}

impl Wire for Carrier<'_, '_> {
    fn send(&mut self, octets: Bytes) -> BoxFuture<'_, Result<(), LinkError>> {
        self.outgoing.extend_from_slice(&octets);
        Box::pin(async { Ok(()) })
    }

    fn receive(&mut self, _: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>> {
        Box::pin(async move {
            self.exchange().await.map_err(|stop| {
                lock(&self.log).stop = Some(stop);
                LinkError::Unsendable("a request was not sent".into())
            })
        })
    }

    fn end(&mut self, _: Ending) -> BoxFuture<'_, Result<(), LinkError>> {
        self.outgoing.clear();
        Box::pin(async { Ok(()) })
    }
}
