//! Records everything that passes a link.

use super::connection::Connection;
use super::link::{Call, Inbound, Link, LinkError, Received};
use super::sources::Sources;
use super::transcript::{ConnectionEvent, Entry, Exchange, Happened};
use super::wire::{Connected, Dial};
use crate::catalogue::behaviour::{Role, ScriptedAnswer};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

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
        let connected = self.link.connect(&dial, role).await?;
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

    /// Records an exchange that went over a connection of octets.
    pub fn exchanged(&self, exchange: Exchange) {
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
        let entry = Entry::PointOfAccess {
            entity: entity.into(),
            url: url.clone(),
        };
        let mut entries = self.entries();
        if !entries.contains(&entry) {
            entries.push(entry);
        }
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

    fn keep(&self, entry: Entry) {
        self.entries().push(entry);
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
