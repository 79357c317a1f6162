use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use onem2m_association::{
    Allowed, Clock as AssociationClock, ConfigurationError, PskKey, PskTable, Server, Transport,
};
use onem2m_identity::{Entity, PskIdentity};
use onem2m_primitive::ResponseStatusCode;
use time::OffsetDateTime;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

use super::procedures::{Outcome, Scene};
use super::records::Records;
use super::session::Session;
use super::storage::Storage;
use super::{Clauses, ServiceRole, ServiceSettings, StateError};
use crate::clock::Clock;
use crate::refusal::Refusal;

/// A key service: an MAF or an MEF.
#[derive(Clone)]
pub struct KeyService(pub(super) Arc<Shared>);

pub(crate) struct Shared {
    pub(super) settings: ServiceSettings,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) clauses: Clauses,
    /// The keys of its clients.
    identities: Arc<PskTable>,
    server: OnceLock<Result<Arc<Server>, ConfigurationError>>,
    storage: Option<Storage>,
    records: Mutex<Records>,
}

impl KeyService {
    /// A service with what it registered before, where it was told to keep that.
    ///
    /// # Errors
    ///
    /// What it kept cannot be read.
    pub fn new(
        settings: ServiceSettings,
        clock: Arc<dyn Clock>,
        clauses: &crate::Clauses,
    ) -> Result<Self, StateError> {
        let clauses = match settings.role {
            ServiceRole::Maf => clauses.maf,
            ServiceRole::Mef => clauses.mef,
        };
        let (storage, records) = match &settings.state {
            None => (None, Records::default()),
            Some(directory) => {
                let (storage, records) = Storage::open(directory, settings.role)?;
                (Some(storage), records)
            }
        };
        Ok(Self(Arc::new(Shared {
            identities: Arc::new(kept(&settings, &clauses)),
            settings,
            clock,
            clauses,
            server: OnceLock::new(),
            storage,
            records: Mutex::new(records),
        })))
    }

    /// Answers within a security association on a stream that comes from an address: as TLS server, and once the association is
    /// established with HTTP, until the other side closes it.
    ///
    /// # Errors
    ///
    /// The service has no credentials.
    pub async fn serve_association(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        client: SocketAddr,
    ) -> Result<(), ConfigurationError> {
        let server = self.server()?;
        (self.0.clauses.accept)(self.clone(), server, Box::new(stream), client).await;
        Ok(())
    }

    /// Answers within a security association on every connection to a socket.
    ///
    /// # Errors
    ///
    /// The service has no credentials, or the error with which the socket stops to accept.
    pub async fn listen_tls(self, listener: TcpListener) -> std::io::Result<()> {
        self.server().map_err(std::io::Error::other)?;
        loop {
            let (stream, address) = listener.accept().await?;
            stream.set_nodelay(true)?;
            let service = self.clone();
            tokio::spawn(async move { service.serve_association(stream, address).await });
        }
    }

    /// Gives it the key of a client, for at most one entity. KmIDs that differ in case alone are one (TS-0003 V3.18.0, 10.6).
    ///
    /// # Errors
    ///
    /// The identity has no form that can be sent, or another key has it.
    pub fn provision_key(
        &self,
        identity: &[u8],
        key: PskKey,
        entity: Option<Entity>,
    ) -> Result<(), ConfigurationError> {
        let allowed = entity.map_or(Allowed::Unstated, Allowed::Entity);
        let (known, table) = (self.0.clauses.known_identity, &self.0.identities);
        keep(known, table, &PskIdentity::parse(identity)?, key, allowed)
    }

    /// Withdraws the key of a client; false if there is none under this identity.
    pub fn withdraw_key(&self, identity: &[u8]) -> bool {
        let known = (self.0.clauses.known_identity)(&self.0.identities, identity);
        known.is_some_and(|known| self.0.identities.remove(known.octets()))
    }

    pub(crate) fn settings(&self) -> &ServiceSettings {
        &self.0.settings
    }

    fn server(&self) -> Result<Arc<Server>, ConfigurationError> {
        self.0.server.get_or_init(|| self.0.set_up()).clone()
    }
}

impl Shared {
    fn set_up(&self) -> Result<Arc<Server>, ConfigurationError> {
        let security = &self.settings.security;
        let clock = Arc::clone(&self.clock);
        let clock = AssociationClock::new(move || clock.now());
        let mut configuration = security.server(Transport::Tls, clock, self.clauses.association);
        configuration.identities = security
            .identities
            .as_ref()
            .map(|_| Arc::clone(&self.identities));
        Server::new(configuration).map(Arc::new)
    }

    /// Looks at what is registered.
    pub(super) fn look(&self, look: impl FnOnce(&Records) -> Outcome) -> Outcome {
        look(&self.records())
    }

    /// Keeps the Enrolment Key of a session with an MEF (TS-0003 V3.18.0, 8.3.2.1); false if it cannot be kept.
    pub(super) fn enrol(&self, session: &Session) -> bool {
        if self.settings.role == ServiceRole::Maf {
            return true;
        }
        let now = self.clock.now();
        let expires = now + self.settings.enrolment_lifetime;
        let kept = self.replace(now, |records| {
            (self.clauses.keep_enrolment)(records, session, expires);
            Ok(())
        });
        kept.is_ok()
    }

    /// Changes what is registered. It is kept before anybody is told; what cannot be kept was not changed.
    pub(super) fn change(
        &self,
        scene: &Scene<'_>,
        change: impl FnOnce(&mut Records) -> Outcome,
    ) -> Outcome {
        self.replace(scene.now, change)
    }

    fn replace<T>(
        &self,
        now: OffsetDateTime,
        change: impl FnOnce(&mut Records) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut records = self.records();
        let mut changed = records.clone();
        self.forget_expired(now, &mut changed);
        let outcome = change(&mut changed)?;
        if let Some(storage) = &self.storage {
            storage.write(&changed).map_err(|error| {
                Refusal::new(
                    ResponseStatusCode::INTERNAL_SERVER_ERROR,
                    format!("what was asked for cannot be kept, and was not done: {error}"),
                )
            })?;
        }
        *records = changed;
        Ok(outcome)
    }

    fn forget_expired(&self, now: OffsetDateTime, records: &mut Records) {
        let clauses = &self.clauses;
        records
            .registrations
            .retain(|_, it| (clauses.is_in_force)(it.expires, now));
        records.keys.retain(|_, it| {
            (clauses.is_key_in_force)(it.expires, now)
                || (clauses.is_key_changeable)(it.expires, now)
        });
        records
            .enrolments
            .retain(|_, it| (clauses.is_enrolment_in_force)(it.expires, now));
    }

    fn records(&self) -> MutexGuard<'_, Records> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The keys that it was set up with. Of several that a client would mean at once the first is kept.
fn kept(settings: &ServiceSettings, clauses: &Clauses) -> PskTable {
    let table = PskTable::new();
    if let Some(told) = &settings.security.identities {
        for identity in told.identities() {
            if let Some(entry) = told.get(identity.octets()) {
                let known = clauses.known_identity;
                let _ = keep(known, &table, &identity, entry.key, entry.allowed);
            }
        }
    }
    table
}

/// Keeps a key under an identifier that means no other.
fn keep(
    known: fn(&PskTable, &[u8]) -> Option<PskIdentity>,
    table: &PskTable,
    identity: &PskIdentity,
    key: PskKey,
    allowed: Allowed,
) -> Result<(), ConfigurationError> {
    match known(table, identity.octets()) {
        Some(other) => Err(ConfigurationError::IdentityTwice {
            got: other.to_string(),
        }),
        None => table.insert(identity.clone(), key, allowed),
    }
}

/// An identifier that is written like this one.
pub(crate) fn exactly(table: &PskTable, identity: &[u8]) -> Option<PskIdentity> {
    table.get(identity)?;
    PskIdentity::parse(identity).ok()
}

/// A KmID whose relative part is this one in whatever letter case, and which is the same behind its `@`
/// (TS-0003 V3.18.0, 10.6).
pub(crate) fn without_case(table: &PskTable, identity: &[u8]) -> Option<PskIdentity> {
    let folded = folded(identity);
    let mut known = table.identities().into_iter();
    known.find(|known| self::folded(known.octets()) == folded)
}

fn folded(identity: &[u8]) -> Vec<u8> {
    let relative = identity.iter().position(|octet| *octet == b'@');
    let (relative, rest) = identity.split_at(relative.unwrap_or(identity.len()));
    [&relative.to_ascii_lowercase()[..], rest].concat()
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn case_of_the_relative_part_alone_is_folded() {
        assert_eq!(folded(b"Client-1@MAF.example"), b"client-1@MAF.example");
        assert_eq!(folded(b"Client-1"), b"client-1");
        assert_eq!(folded(b"@A"), b"@A");
    }
}
