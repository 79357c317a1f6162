use std::fmt;
use std::sync::{Arc, OnceLock};

use super::sessions::Sessions;
use super::{Configuration, DatagramSession, Refusal, StreamSession, random};

/// A server, which begins associations and keeps their sessions.
#[derive(Clone, Debug)]
pub struct Server(Arc<Shared>);

/// What the associations of a server have in common.
pub(crate) struct Shared {
    pub(crate) configuration: Configuration,
    pub(crate) sessions: Sessions,
    cookie_secret: OnceLock<[u8; 32]>,
}

impl Shared {
    /// What makes the cookies of this server its own (RFC 6347, 4.2.1).
    pub(crate) fn cookie_secret(&self) -> Result<&[u8; 32], Refusal> {
        let secret = match self.cookie_secret.get() {
            Some(secret) => *secret,
            None => random::octets()?,
        };
        Ok(self.cookie_secret.get_or_init(|| secret))
    }
}

impl Server {
    /// A server that is set up with `configuration`.
    pub fn new(configuration: Configuration) -> Self {
        Self(Arc::new(Shared {
            configuration,
            sessions: Sessions::default(),
            cookie_secret: OnceLock::new(),
        }))
    }

    /// The server side of a TLS connection that was just opened.
    pub fn accept(&self) -> StreamSession {
        StreamSession::new(Arc::clone(&self.0))
    }

    /// The server side of a DTLS association with an address, in whatever octets the caller writes it.
    pub fn accept_datagrams(&self, address: &[u8]) -> DatagramSession {
        DatagramSession::new(Arc::clone(&self.0), address)
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Shared")
            .field("configuration", &self.configuration)
            .finish_non_exhaustive()
    }
}
