use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use onem2m_keys::{MasterSecret, Psk};

use super::Suite;
use crate::PeerCredential;

/// A session that can be resumed (RFC 5246, 7.3 and F.1.4).
#[derive(Clone, Debug)]
pub struct StoredSession {
    /// Its identifier.
    pub id: Vec<u8>,
    /// Its suite.
    pub suite: Suite,
    /// Its master secret.
    pub master: MasterSecret,
    /// Whether that is the extended one.
    pub extended: bool,
    /// The authority that the client asked for.
    pub host: Option<usize>,
    /// Whom it belongs to.
    pub peer: Option<PeerCredential>,
    /// The key that authenticated the peer, in a session of PSK.
    pub key: Option<Psk>,
}

/// How many sessions are kept; the oldest ones make room.
const MOST: usize = 1024;

/// The sessions of a server.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<VecDeque<StoredSession>>);

impl Sessions {
    pub(crate) fn insert(&self, session: StoredSession) {
        let mut sessions = self.lock();
        if sessions.len() >= MOST {
            sessions.pop_front();
        }
        sessions.push_back(session);
    }

    pub(crate) fn find(&self, id: &[u8]) -> Option<StoredSession> {
        self.lock().iter().find(|each| each.id == id).cloned()
    }

    pub(crate) fn remove(&self, id: &[u8]) {
        self.lock().retain(|each| each.id != id);
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<StoredSession>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
