//! Records everything that passes a link.

use super::connection::Connection;
use super::instruction::Instruction;
use super::link::{Call, Inbound, Link, LinkError, Received};
use super::provisioning::{KeyAnswer, KeyOrder};
use super::sources::Sources;
use super::stand::Stand;
use super::transcript::{ConnectionEvent, Entry, Exchange, Happened};
use super::trigger::Trigger;
use super::wire::{Connected, Dial, Wire};
use crate::catalogue::behaviour::{Endpoint, Role, ScriptedAnswer};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use time::OffsetDateTime;
use tokio::sync::watch;

/// How long a connection is waited for where something else ends the wait.
const LONG: Duration = Duration::from_secs(24 * 60 * 60);

/// A link with its transcript. Shared by actors that act in parallel.
pub struct Recorder<'a> {
    link: &'a dyn Link,
    entries: Mutex<Vec<Entry>>,
    connections: AtomicU32,
}

impl<'a> Recorder<'a> {
    /// Begins the transcript of an attempt.
    pub fn new(link: &'a dyn Link, purpose: &str, number: u32, seed: u64) -> Self {
        let mut sources = link.sources().texts().into_iter();
        let attempt = Entry::Attempt {
            purpose: purpose.into(),
            number,
            seed,
            source: sources.next().unwrap_or_default(),
            others: sources.collect(),
        };
        Self {
            link,
            entries: Mutex::new(vec![attempt]),
            connections: AtomicU32::new(0),
        }
    }

    /// Sends a request and records it with what came back.
    pub async fn call(&self, call: &Call) -> Result<Received, LinkError> {
        let answer = self.link.call(call).await?;
        self.keep(Entry::Exchange(Box::new(Exchange::new(
            call,
            answer.clone(),
        ))));
        Ok(answer)
    }

    /// Opens a connection of octets; everything on it is recorded. None if the IUT is not reached.
    pub async fn connect(
        &self,
        step: &str,
        role: Role,
        dial: Dial,
    ) -> Result<Option<Connection<'_>>, LinkError> {
        let number = self.connections.fetch_add(1, Ordering::Relaxed) + 1;
        let connected = self.link.connect(&dial).await?;
        let happened = |event| Happened {
            step: step.to_owned(),
            role,
            connection: number,
            event,
        };
        match connected {
            Connected::Open(wire) => {
                self.keep_event(happened(ConnectionEvent::Opened(dial)));
                let endpoint = dial.endpoint;
                Ok(Some(Connection::new(
                    self, wire, number, endpoint, step, role,
                )))
            }
            Connected::Unreachable(detail) => {
                self.keep_event(happened(ConnectionEvent::Unreachable { dial, detail }));
                Ok(None)
            }
        }
    }

    /// A connection whose octets travel in requests of a step: those are recorded, and not the octets.
    pub fn carry<'c>(&'c self, wire: Box<dyn Wire + 'c>, step: &str, role: Role) -> Connection<'c> {
        Connection::carried(self, wire, Endpoint::Https, step, role)
    }

    /// Opens a stand, and tells the URL by which the IUT finds it.
    pub async fn stand(&self, stand: &Stand) -> Result<String, LinkError> {
        let url = self.link.stand(stand).await?;
        self.keep_point_of_access(&stand.to_string(), &url);
        Ok(url)
    }

    /// The next connection of the IUT at a stand; everything on it is recorded. None if it does not come within the patience.
    pub async fn accept(
        &self,
        step: &str,
        role: Role,
        stand: &Stand,
        patience: Duration,
    ) -> Result<Option<Connection<'_>>, LinkError> {
        let number = self.connections.fetch_add(1, Ordering::Relaxed) + 1;
        let accepted = self.link.accept(stand, patience).await?;
        Ok(self.accepted(number, step, role, stand, accepted, None))
    }

    fn accepted(
        &self,
        number: u32,
        step: &str,
        role: Role,
        stand: &Stand,
        accepted: Option<Box<dyn Wire>>,
        over: Option<watch::Receiver<bool>>,
    ) -> Option<Connection<'_>> {
        let event = match accepted {
            Some(_) => ConnectionEvent::Accepted(stand.clone()),
            None => ConnectionEvent::Awaited(stand.clone()),
        };
        self.keep_event(Happened {
            step: step.to_owned(),
            role,
            connection: number,
            event,
        });
        let endpoint = stand.endpoint();
        let connection =
            accepted.map(|wire| Connection::new(self, wire, number, endpoint, step, role))?;
        Some(match over {
            Some(over) => connection.until(over),
            None => connection,
        })
    }

    /// The next connection of the IUT at a stand, unless something is over before it comes.
    pub async fn accept_until(
        &self,
        step: &str,
        role: Role,
        stand: &Stand,
        mut over: watch::Receiver<bool>,
    ) -> Result<Option<Connection<'_>>, LinkError> {
        let number = self.connections.fetch_add(1, Ordering::Relaxed) + 1;
        // What is there goes first: a recording has everything at once.
        let accepted = tokio::select! {
            biased;
            accepted = self.link.accept(stand, LONG) => accepted?,
            _ = over.wait_for(|over| *over) => None,
        };
        Ok(self.accepted(number, step, role, stand, accepted, Some(over)))
    }

    /// Makes the IUT act.
    pub async fn trigger(&self, step: &str, trigger: Trigger) -> Result<(), LinkError> {
        let pulled = self.link.trigger(trigger).await;
        self.keep_trigger(step, trigger.key(), pulled)
    }

    /// Makes an IUT open or protect something. The keys that it is told of are not recorded.
    pub async fn secure(&self, step: &str, order: &Instruction) -> Result<(), LinkError> {
        let pulled = self.link.secure(order).await;
        self.keep_trigger(step, order.trigger(), pulled)
    }

    fn keep_trigger(
        &self,
        step: &str,
        name: &str,
        pulled: Result<(), LinkError>,
    ) -> Result<(), LinkError> {
        let missing = match &pulled {
            Ok(()) => None,
            Err(LinkError::NoTrigger(missing)) => Some(missing.clone()),
            Err(_) => return pulled,
        };
        self.keep(Entry::Trigger {
            name: name.into(),
            step: step.into(),
            missing,
        });
        pulled
    }

    /// Gives the IUT a key, or withdraws one. The key itself is not recorded.
    pub async fn change_keys(&self, step: &str, change: &KeyOrder) -> Result<KeyAnswer, LinkError> {
        let changed = self.link.change_keys(change).await;
        let (refused, missing) = match &changed {
            Ok(KeyAnswer::Done) => (None, None),
            Ok(KeyAnswer::Refused(why)) => (Some(why.clone()), None),
            Err(LinkError::NoTrigger(missing)) => (None, Some(missing.clone())),
            Err(_) => return changed,
        };
        self.keep(Entry::Keys {
            name: change.trigger().into(),
            identity: change.identity().into(),
            step: step.into(),
            refused,
            missing,
        });
        changed
    }

    /// Records a request of the IUT that came over a connection of octets.
    pub fn arrived(&self, entity: &str, step: &str, role: Role, request: Inbound) {
        self.keep(Entry::Inbound {
            entity: entity.into(),
            step: step.into(),
            role,
            request: Some(request),
        });
    }

    /// Records an exchange that went over a connection of octets.
    pub fn exchanged(&self, exchange: Exchange) {
        let exchange = Exchange {
            over_connection: true,
            ..exchange
        };
        self.keep(Entry::Exchange(Box::new(exchange)));
    }

    /// Records what happened on a connection.
    pub(super) fn keep_event(&self, happened: Happened) {
        self.keep(Entry::Connection(Box::new(happened)));
    }

    /// Reads the clock.
    pub fn elapsed(&self) -> Result<Duration, LinkError> {
        let elapsed = self.link.elapsed()?;
        let ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        self.keep(Entry::Clock { ms });
        Ok(Duration::from_millis(ms))
    }

    /// What time it was when the link began, on the clock of an AE under test. It is recorded as time since 1970 began.
    pub fn beginning(&self) -> Result<OffsetDateTime, LinkError> {
        let since = self.link.beginning()? - OffsetDateTime::UNIX_EPOCH;
        let ms = u64::try_from(since.whole_milliseconds()).unwrap_or_default();
        self.keep(Entry::Clock { ms });
        Ok(OffsetDateTime::UNIX_EPOCH + Duration::from_millis(ms))
    }

    /// Lets time pass.
    pub async fn wait(&self, duration: Duration) {
        let ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        self.keep(Entry::Wait { ms });
        self.link.wait(duration).await;
    }

    /// Looks for a request of the IUT.
    pub async fn inbound(
        &self,
        entity: &str,
        step: &str,
        role: Role,
        patience: Duration,
    ) -> Result<Option<Inbound>, LinkError> {
        let request = self.link.inbound(entity, patience).await?;
        self.keep(Entry::Inbound {
            entity: entity.into(),
            step: step.into(),
            role,
            request: request.clone(),
        });
        Ok(request)
    }

    /// Replies to a request of the IUT that is held.
    pub fn reply(
        &self,
        entity: &str,
        step: &str,
        identifier: &str,
        answer: ScriptedAnswer,
    ) -> Result<(), LinkError> {
        self.link.reply(entity, identifier, answer.clone())?;
        self.keep(Entry::Answers {
            entity: entity.into(),
            step: step.into(),
            answers: vec![answer],
        });
        Ok(())
    }

    /// From here on requests that arrive for a CSE of the tester are answered so.
    pub fn script(
        &self,
        entity: &str,
        step: &str,
        answers: Vec<ScriptedAnswer>,
    ) -> Result<(), LinkError> {
        self.link.script(entity, answers.clone())?;
        self.keep(Entry::Answers {
            entity: entity.into(),
            step: step.into(),
            answers,
        });
        Ok(())
    }

    /// The URL of an entity's point of access.
    pub fn point_of_access(&self, entity: &str) -> Result<String, LinkError> {
        let url = self.link.point_of_access(entity)?;
        self.keep_point_of_access(entity, &url);
        Ok(url)
    }

    /// The addresses from which the IUT sees the tester.
    pub fn sources(&self) -> Sources {
        self.link.sources()
    }

    /// Whether what was made has to be removed again.
    pub fn outlives_purpose(&self) -> bool {
        self.link.outlives_purpose()
    }

    /// The transcript so far.
    pub fn transcript(&self) -> Vec<Entry> {
        self.entries().clone()
    }

    fn keep_point_of_access(&self, entity: &str, url: &str) {
        let entry = Entry::PointOfAccess {
            entity: entity.into(),
            url: url.into(),
        };
        let mut entries = self.entries();
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }

    fn keep(&self, entry: Entry) {
        self.entries().push(entry);
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tester::link::Octets;
    use crate::tester::playback::Playback;
    use crate::tester::wire::{Arrived, Ending};
    use bytes::Bytes;

    const STEP: &str = "request: MAF";
    const ROLE: Role = Role::Stimulus;

    fn happened(connection: u32, event: ConnectionEvent) -> Entry {
        Entry::Connection(Box::new(Happened {
            step: STEP.into(),
            role: ROLE,
            connection,
            event,
        }))
    }

    /// A recording has everything at once, and what it was recorded beside may be over before anybody looks.
    #[tokio::test]
    async fn recording_is_looked_through_although_it_is_over() {
        let octets = Arrived::Octets(Octets(Bytes::from_static(b"hello")));
        let recorded = [
            happened(1, ConnectionEvent::Accepted(Stand::Maf)),
            happened(1, ConnectionEvent::Arrived(octets.clone())),
            happened(1, ConnectionEvent::Arrived(Arrived::Silence)),
            happened(1, ConnectionEvent::Ended(Ending::Close)),
            happened(2, ConnectionEvent::Awaited(Stand::Maf)),
        ];
        let playback = Playback::new(&recorded);
        let recorder = Recorder::new(&playback, "P", 1, 0);
        let (_tell, over) = watch::channel(true);
        let accept = || recorder.accept_until(STEP, ROLE, &Stand::Maf, over.clone());
        let mut connection = accept().await.unwrap().unwrap();
        assert_eq!(connection.receive(LONG).await, Ok(octets));
        assert_eq!(connection.receive(LONG).await, Ok(Arrived::Silence));
        connection.end(Ending::Close).await.unwrap();
        assert!(accept().await.unwrap().is_none());
        assert_eq!(recorder.transcript().get(1..), Some(recorded.as_slice()));
    }
}
