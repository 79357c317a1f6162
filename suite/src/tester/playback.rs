//! A link that answers from a recording.

use super::instruction::Instruction;
use super::link::{BoxFuture, Call, Inbound, Link, LinkError, Received};
use super::played_connection::{PlayedConnection, played};
use super::provisioning::{KeyAnswer, KeyOrder};
use super::sources::Sources;
use super::stand::Stand;
use super::transcript::{Entry, Exchange};
use super::trigger::Trigger;
use super::wire::{Connected, Dial, Wire};
use crate::catalogue::behaviour::ScriptedAnswer;
use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;
use time::OffsetDateTime;

/// A change of keys by its trigger and identity, with what came of it.
struct RecordedChange {
    name: String,
    identity: String,
    outcome: Result<KeyAnswer, LinkError>,
}

/// Plays one attempt back. Each actor has a queue of its own, since actors may act in parallel.
pub struct Playback {
    sources: Sources,
    exchanges: Mutex<HashMap<String, VecDeque<Exchange>>>,
    inbound: Mutex<HashMap<String, VecDeque<Option<Inbound>>>>,
    connections: Mutex<VecDeque<PlayedConnection>>,
    /// The name of each trigger, and why there was none.
    triggers: Mutex<VecDeque<(String, Option<String>)>>,
    /// Each change of keys, and what came of it.
    keys: Mutex<VecDeque<RecordedChange>>,
    clock: Mutex<VecDeque<Duration>>,
    points_of_access: HashMap<String, String>,
}

impl Playback {
    /// Takes the entries of one attempt.
    pub fn new(entries: &[Entry]) -> Self {
        let mut playback = Self {
            sources: Sources::default(),
            exchanges: Mutex::default(),
            inbound: Mutex::default(),
            connections: Mutex::default(),
            triggers: Mutex::default(),
            keys: Mutex::default(),
            clock: Mutex::default(),
            points_of_access: HashMap::new(),
        };
        for entry in entries {
            playback.take(entry.clone());
        }
        playback
    }

    fn take(&mut self, entry: Entry) {
        match entry {
            Entry::Attempt { source, others, .. } => {
                self.sources = Sources::read(std::iter::once(&source).chain(&others));
            }
            Entry::PointOfAccess { entity, url } => {
                self.points_of_access.insert(entity, url);
            }
            // What was exchanged over a connection follows from its octets.
            Entry::Exchange(exchange) if exchange.over_connection => {}
            Entry::Exchange(exchange) => {
                let mut exchanges = lock(&self.exchanges);
                let queue = exchanges.entry(exchange.actor.clone()).or_default();
                queue.push_back(*exchange);
            }
            Entry::Inbound {
                entity, request, ..
            } => lock(&self.inbound)
                .entry(entity)
                .or_default()
                .push_back(request),
            Entry::Connection(happened) => played(&mut lock(&self.connections), *happened),
            Entry::Trigger { name, missing, .. } => {
                lock(&self.triggers).push_back((name, missing));
            }
            Entry::Keys {
                name,
                identity,
                refused,
                missing,
                ..
            } => {
                let outcome = match (missing, refused) {
                    (Some(missing), _) => Err(LinkError::NoTrigger(missing)),
                    (None, Some(why)) => Ok(KeyAnswer::Refused(why)),
                    (None, None) => Ok(KeyAnswer::Done),
                };
                lock(&self.keys).push_back(RecordedChange {
                    name,
                    identity,
                    outcome,
                });
            }
            Entry::Clock { ms } => lock(&self.clock).push_back(Duration::from_millis(ms)),
            Entry::Wait { .. } | Entry::Answers { .. } => {}
        }
    }
}

impl Playback {
    /// What came of the next trigger, which has to be this one.
    fn triggered(&self, name: &str) -> Result<(), LinkError> {
        match lock(&self.triggers).pop_front() {
            Some((recorded, missing)) if recorded == name => {
                missing.map_or(Ok(()), |missing| Err(LinkError::NoTrigger(missing)))
            }
            other => Err(LinkError::Diverged {
                step: "trigger".into(),
                detail: format!("expected {other:?}, got {name}"),
            }),
        }
    }

    /// The next connection of a kind. Those that the tester opens and those that come to a stand may be opened beside each
    /// other, so each kind keeps an order of its own.
    fn take_connection(&self, is: impl Fn(&PlayedConnection) -> bool) -> Option<PlayedConnection> {
        let mut connections = lock(&self.connections);
        let place = connections.iter().position(is)?;
        connections.remove(place)
    }
}

/// Splits a transcript into its attempts.
pub fn attempts(entries: &[Entry]) -> Vec<&[Entry]> {
    let starts: Vec<usize> = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| matches!(entry, Entry::Attempt { .. }))
        .map(|(index, _)| index)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([entries.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| entries.get(*start..end))
        .collect()
}

impl Link for Playback {
    fn call<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Received, LinkError>> {
        Box::pin(async move {
            let diverged = |detail: String| LinkError::Diverged {
                step: call.step.clone(),
                detail,
            };
            let recorded = lock(&self.exchanges)
                .get_mut(&call.actor)
                .and_then(VecDeque::pop_front)
                .ok_or_else(|| {
                    diverged(format!("expected no further request of {}", call.actor))
                })?;
            if !recorded.was(call) {
                let got = &call.request;
                let expected = &recorded.request;
                return Err(diverged(format!(
                    "expected {} {} {:?} by {:?}, got {} {} {:?} by {:?}",
                    expected.method,
                    expected.target,
                    expected.headers,
                    recorded.way,
                    got.method,
                    got.target,
                    got.headers,
                    call.way
                )));
            }
            Ok(recorded.answer)
        })
    }

    fn connect<'a>(&'a self, dial: &'a Dial) -> BoxFuture<'a, Result<Connected, LinkError>> {
        Box::pin(async move {
            match self.take_connection(PlayedConnection::was_dialled) {
                Some(connection) => connection.answer(dial),
                None => Err(LinkError::Diverged {
                    step: "connection".into(),
                    detail: format!("expected no further connection, got one to {dial:?}"),
                }),
            }
        })
    }

    fn stand<'a>(&'a self, stand: &'a Stand) -> BoxFuture<'a, Result<String, LinkError>> {
        Box::pin(async move { self.point_of_access(&stand.to_string()) })
    }

    fn accept<'a>(
        &'a self,
        stand: &'a Stand,
        _: Duration,
    ) -> BoxFuture<'a, Result<Option<Box<dyn Wire>>, LinkError>> {
        Box::pin(async move {
            match self.take_connection(|connection| connection.came_to(stand)) {
                Some(connection) => Ok(connection.accepted()),
                None => Err(LinkError::Diverged {
                    step: "connection".into(),
                    detail: format!("expected no further look at the {stand}"),
                }),
            }
        })
    }

    fn trigger(&self, trigger: Trigger) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async move { self.triggered(trigger.key()) })
    }

    fn secure<'a>(&'a self, order: &'a Instruction) -> BoxFuture<'a, Result<(), LinkError>> {
        Box::pin(async move { self.triggered(order.trigger()) })
    }

    fn change_keys<'a>(
        &'a self,
        change: &'a KeyOrder,
    ) -> BoxFuture<'a, Result<KeyAnswer, LinkError>> {
        Box::pin(async move {
            let diverged = |expected: String| LinkError::Diverged {
                step: "keys".into(),
                detail: format!("expected {expected}, got {change}"),
            };
            match lock(&self.keys).pop_front() {
                Some(recorded)
                    if recorded.name == change.trigger()
                        && recorded.identity == change.identity() =>
                {
                    recorded.outcome
                }
                Some(other) => Err(diverged(format!("{} {:?}", other.name, other.identity))),
                None => Err(diverged("no further change of keys".into())),
            }
        })
    }

    fn beginning(&self) -> Result<OffsetDateTime, LinkError> {
        Ok(OffsetDateTime::UNIX_EPOCH + self.elapsed()?)
    }

    fn elapsed(&self) -> Result<Duration, LinkError> {
        lock(&self.clock)
            .pop_front()
            .ok_or_else(|| LinkError::Diverged {
                step: "clock".into(),
                detail: "expected no further reading".into(),
            })
    }

    fn wait(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }

    fn inbound<'a>(
        &'a self,
        entity: &'a str,
        _: Duration,
    ) -> BoxFuture<'a, Result<Option<Inbound>, LinkError>> {
        Box::pin(async move {
            lock(&self.inbound)
                .get_mut(entity)
                .and_then(VecDeque::pop_front)
                .ok_or_else(|| LinkError::Diverged {
                    step: "inbound".into(),
                    detail: format!("expected no further look at the point of access of {entity}"),
                })
        })
    }

    fn script(&self, _: &str, _: Vec<ScriptedAnswer>) -> Result<(), LinkError> {
        Ok(())
    }

    fn reply(&self, _: &str, _: &str, _: ScriptedAnswer) -> Result<(), LinkError> {
        Ok(())
    }

    fn point_of_access(&self, entity: &str) -> Result<String, LinkError> {
        self.points_of_access
            .get(entity)
            .cloned()
            .ok_or_else(|| LinkError::NoTarget(format!("none recorded for {entity}")))
    }

    fn sources(&self) -> Sources {
        self.sources.clone()
    }

    fn outlives_purpose(&self) -> bool {
        false
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}
