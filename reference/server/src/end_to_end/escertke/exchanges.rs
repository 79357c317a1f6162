use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use onem2m_association::{
    Clock, ConfigurationError, Domain, Expected, Server, ServerConfiguration, ServerSession,
    Session, Transport, Trust, TrustedPeer,
};
use time::OffsetDateTime;

use super::clauses::Clauses;
use super::settings::Terminating;

/// The most exchanges that wait for their second half.
pub(crate) const IN_ALL: usize = 64;

/// Where an Initiating End-Point is, which plays no part over TLS.
const NOWHERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

/// An exchange whose first two messages passed.
pub(crate) struct Exchange {
    /// The From of ESCertKE Message 1.
    pub(crate) from: String,
    /// When it is over.
    pub(crate) expires: OffsetDateTime,
    /// The server end of the handshake.
    pub(crate) session: ServerSession,
    /// What was sent last.
    pub(crate) answered: Vec<u8>,
}

/// The exchanges that wait for their second half, the oldest first.
#[derive(Default)]
pub(crate) struct Exchanges {
    server: Option<Arc<Server>>,
    moment: Arc<Mutex<Option<OffsetDateTime>>>,
    pub(crate) open: Vec<Exchange>,
}

impl Exchanges {
    /// The server end of a handshake that begins at a moment.
    pub(crate) fn accept(
        &mut self,
        table: &Clauses,
        terminating: &Terminating,
        now: OffsetDateTime,
    ) -> Result<ServerSession, ConfigurationError> {
        self.set_clock(now);
        let server = match &self.server {
            Some(server) => server,
            None => {
                let moment = Arc::clone(&self.moment);
                let configuration = ServerConfiguration {
                    certificate: Some(terminating.certificate.clone()),
                    trust: (table.initiators)(&terminating.initiators),
                    tickets: (table.tickets)(),
                    clock: Clock::new(move || {
                        let moment = moment.lock().unwrap_or_else(PoisonError::into_inner);
                        moment.unwrap_or(OffsetDateTime::UNIX_EPOCH)
                    }),
                    clauses: table.association,
                    ..ServerConfiguration::new(Transport::Tls, Domain::Field)
                };
                self.server.insert(Arc::new(Server::new(configuration)?))
            }
        };
        server.accept(NOWHERE)
    }

    /// What time it is for the verification of certificates.
    pub(crate) fn set_clock(&self, now: OffsetDateTime) {
        *self.moment.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }
}

impl fmt::Debug for Exchanges {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Exchanges")
            .field("open", &self.open.len())
            .finish_non_exhaustive()
    }
}

/// The Initiating End-Points whose identity is known, or stands in their certificate (TS-0003 V3.18.0, 8.7.2.2, step B).
pub(crate) fn initiators(configured: &Trust) -> Trust {
    let names_one = |peer: &&TrustedPeer| {
        let has_entity = matches!(peer.allowed, onem2m_association::Allowed::Entity(_));
        has_entity || matches!(peer.expected, Expected::AeId(_))
    };
    Trust {
        anchors: configured.anchors.clone(),
        peers: configured.peers.iter().filter(names_one).cloned().collect(),
    }
}

/// Drops what was not continued in time.
pub(crate) fn expire(exchanges: &mut Exchanges, now: OffsetDateTime) {
    exchanges.open.retain(|exchange| now < exchange.expires);
}

/// Keeps an exchange in the place of an earlier one of the same originator; the oldest goes if there are too many.
pub(crate) fn admit(exchanges: &mut Exchanges, exchange: Exchange) {
    let open = &mut exchanges.open;
    open.retain(|other| other.from != exchange.from);
    if open.len() >= IN_ALL {
        open.remove(0);
    }
    open.push(exchange);
}

/// The exchange that a message goes on with: that of the same From (TS-0001 V3.36.0, 11.4.3, step C.1c). It is over then,
/// whatever the message comes to.
pub(crate) fn correlated(
    exchanges: &mut Exchanges,
    from: &str,
    _octets: &[u8],
) -> Option<Exchange> {
    let open = &mut exchanges.open;
    let place = open.iter().position(|exchange| exchange.from == from)?;
    Some(open.remove(place))
}

/// What the handshake answers to octets.
pub(crate) fn exchanged(session: &mut ServerSession, octets: &[u8]) -> Vec<u8> {
    session.receive(octets);
    let mut answer = Vec::new();
    while let Some(part) = session.transmit() {
        answer.extend(part);
    }
    answer
}

/// Nothing is left of an exchange that is complete.
pub(crate) fn conclude(_: &mut Exchanges, _: Exchange) {}
