use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use openssl::ssl::SslSession;

use crate::{Certificate, PeerCredential, ServerConfiguration, binding, host};

/// How many sessions a server keeps for clients that do not take tickets; the oldest go first.
const KEPT: usize = 1024;

/// What a server knows of a session that a client wants to resume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// What the client showed when the session began.
    pub credential: PeerCredential,
    /// Which entry of the table its key was, for a symmetric key.
    pub(crate) serial: Option<u64>,
    /// The virtual host that it asked for.
    pub host: Option<usize>,
}

impl Ticket {
    /// The octets that travel within a ticket, encrypted by OpenSSL: kind, host, serial, credential.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let (kind, credential) = match &self.credential {
            PeerCredential::Psk { identity } => (0, identity.as_slice()),
            PeerCredential::Certificates(chain) => {
                (1, chain.first().map(Vec::as_slice).unwrap_or_default())
            }
            PeerCredential::RawPublicKey(key) => (2, key.as_slice()),
        };
        let mut octets = vec![kind];
        octets.extend_from_slice(&number(self.host.and_then(|host| u64::try_from(host).ok())));
        octets.extend_from_slice(&number(self.serial));
        octets.extend_from_slice(credential);
        octets
    }

    pub(crate) fn decode(octets: &[u8]) -> Option<Self> {
        let (kind, rest) = octets.split_first()?;
        let (host, rest) = rest.split_first_chunk()?;
        let (serial, credential) = rest.split_first_chunk()?;
        let credential = credential.to_vec();
        Some(Self {
            credential: match kind {
                0 => PeerCredential::Psk {
                    identity: credential,
                },
                1 => PeerCredential::Certificates(vec![credential]),
                2 => PeerCredential::RawPublicKey(credential),
                _ => return None,
            },
            serial: numbered(*serial),
            host: match numbered(*host) {
                Some(host) => Some(usize::try_from(host).ok()?),
                None => None,
            },
        })
    }
}

/// Zero is none, so that numbers are one greater than they are.
fn number(number: Option<u64>) -> [u8; 8] {
    number
        .map_or(0, |number| number.saturating_add(1))
        .to_be_bytes()
}

fn numbered(octets: [u8; 8]) -> Option<u64> {
    u64::from_be_bytes(octets).checked_sub(1)
}

/// Whether a session may be resumed: what authenticated it is still accepted, by the same key, and not expired
/// (TS-0001 V3.36.0, 11.3.2; TS-0003 V3.18.0, 8.2.2.1).
pub(crate) fn resumable(configuration: &ServerConfiguration, ticket: &Ticket) -> bool {
    let is_current = match &ticket.credential {
        PeerCredential::Psk { identity } => host::table(configuration, ticket.host)
            .and_then(|table| table.get(identity))
            .is_some_and(|entry| {
                Some(entry.serial) == ticket.serial && host::is_in_force(configuration, &entry)
            }),
        PeerCredential::Certificates(chain) => chain
            .first()
            .and_then(|der| Certificate::parse(der).ok())
            .is_some_and(|certificate| {
                certificate.is_valid_at(configuration.clock.now().unix_timestamp())
            }),
        PeerCredential::RawPublicKey(_) => true,
    };
    is_current && binding::of_credential(configuration, &ticket.credential, ticket.host).is_some()
}

/// What decides whether sessions of a server are resumed, and keeps those without tickets.
pub(crate) struct Resumer {
    configuration: ServerConfiguration,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    sessions: HashMap<Vec<u8>, (SslSession, Ticket)>,
    order: VecDeque<Vec<u8>>,
}

impl Resumer {
    pub(crate) fn new(configuration: ServerConfiguration) -> Self {
        Self {
            configuration,
            kept: Mutex::default(),
        }
    }

    pub(crate) fn configuration(&self) -> &ServerConfiguration {
        &self.configuration
    }

    pub(crate) fn permits(&self, ticket: &Ticket) -> bool {
        (self.configuration.clauses.resumable)(&self.configuration, ticket)
    }

    pub(crate) fn keep(&self, session: SslSession, ticket: Ticket) {
        let identifier = session.id().to_vec();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.order.len() >= KEPT
            && let Some(oldest) = kept.order.pop_front()
        {
            kept.sessions.remove(&oldest);
        }
        if kept
            .sessions
            .insert(identifier.clone(), (session, ticket))
            .is_none()
        {
            kept.order.push_back(identifier);
        }
    }

    pub(crate) fn find(&self, identifier: &[u8]) -> Option<(SslSession, Ticket)> {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .sessions
            .get(identifier)
            .cloned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Ticket;
    use crate::PeerCredential;

    fn credential() -> impl Strategy<Value = PeerCredential> {
        let octets = || proptest::collection::vec(any::<u8>(), 0..64);
        prop_oneof![
            octets().prop_map(|identity| PeerCredential::Psk { identity }),
            octets().prop_map(|der| PeerCredential::Certificates(vec![der])),
            octets().prop_map(PeerCredential::RawPublicKey),
        ]
    }

    proptest! {
        #[test]
        fn ticket_is_read_as_it_was_written(
            credential in credential(),
            serial in proptest::option::of(0..u64::MAX),
            host in proptest::option::of(0_usize..100),
        ) {
            let ticket = Ticket { credential, serial, host };
            prop_assert_eq!(Ticket::decode(&ticket.encode()), Some(ticket));
        }

        #[test]
        fn any_octets_are_read_or_refused(octets in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = Ticket::decode(&octets);
        }
    }
}
