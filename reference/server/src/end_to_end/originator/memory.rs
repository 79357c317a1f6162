use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use onem2m_envelope::esprim::{ReceiverRand, Session};
use time::OffsetDateTime;

/// The most Receivers of which something is kept.
const MOST: usize = 256;

/// What an Originator keeps of its Receivers. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Sessions(Arc<Mutex<Memory>>);

impl Sessions {
    /// A number that never comes again.
    pub(crate) fn next_number(&self) -> u64 {
        self.lock().next_number()
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What an Originator keeps of the Receivers that it speaks with, by the identifiers of the keys that they share.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    receivers: HashMap<String, Kept>,
    /// Requests that were sent.
    number: u64,
}

#[derive(Debug, Default)]
struct Kept {
    /// The session that runs.
    session: Option<Session>,
    /// What to begin the next one with.
    next: Option<ReceiverRand>,
}

impl Memory {
    /// The session with a Receiver, until it expires.
    pub(crate) fn session(&self, receiver: &str, now: OffsetDateTime) -> Option<Session> {
        let session = self.receivers.get(receiver)?.session.as_ref()?;
        (now < session.expires).then(|| session.clone())
    }

    /// The object that a Receiver gave in band, until it expires.
    pub(crate) fn next(&self, receiver: &str, now: OffsetDateTime) -> Option<ReceiverRand> {
        let next = self.receivers.get(receiver)?.next.as_ref()?;
        (now < next.expiry().moment(now)).then(|| next.clone())
    }

    /// Keeps a session in which the Receiver answered.
    pub(crate) fn keep(&mut self, receiver: &str, session: Session) {
        if let Some(kept) = self.of(receiver) {
            kept.session = Some(session);
        }
    }

    /// Keeps an object that a Receiver gave; the session that runs gives way to one on it.
    pub(crate) fn learn(&mut self, receiver: &str, next: ReceiverRand) {
        if let Some(kept) = self.of(receiver) {
            kept.next = Some(next);
            kept.session = None;
        }
    }

    /// A number that never comes again.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    /// Keeps nothing of a Receiver.
    pub(crate) fn forget(&mut self, receiver: &str) {
        self.receivers.remove(receiver);
    }

    fn of(&mut self, receiver: &str) -> Option<&mut Kept> {
        let has_room = self.receivers.len() < MOST || self.receivers.contains_key(receiver);
        has_room.then(|| self.receivers.entry(receiver.to_owned()).or_default())
    }
}
