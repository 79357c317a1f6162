use std::sync::Arc;
use std::time::Duration;

use onem2m_identity::{DomainName, PskIdentity};

use crate::{
    Clauses, Clock, Domain, Framework, Host, OwnCertificate, PskKey, PskTable, Suite, Transport,
    Trust,
};

/// How datagrams are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatagramSettings {
    /// The longest datagram of a handshake; messages are fragmented to fit (RFC 6347, 4.2.3).
    pub mtu: u32,
    /// How long the first flight waits for an answer; the time doubles up to a minute (RFC 6347, 4.2.4.1).
    /// OpenSSL takes what is left of it as over when it is less than 15 milliseconds.
    pub first_timeout: Duration,
}

impl Default for DatagramSettings {
    fn default() -> Self {
        Self {
            mtu: 1200,
            first_timeout: Duration::from_secs(1),
        }
    }
}

/// What a server is set up with.
#[derive(Clone, Debug)]
pub struct ServerConfiguration {
    /// What carries its associations.
    pub transport: Transport,
    /// Where it is.
    pub domain: Domain,
    /// The suites that it accepts, where they are not those of the clause.
    pub suites: Option<Vec<Suite>>,
    /// The symmetric keys of the default authority.
    pub identities: Option<Arc<PskTable>>,
    /// Further authorities.
    pub hosts: Vec<Host>,
    /// Its certificate or raw public key.
    pub certificate: Option<OwnCertificate>,
    /// Whom it trusts.
    pub trust: Trust,
    /// Whether clients get tickets; otherwise sessions are resumed by identifier.
    pub tickets: bool,
    /// The time of certificate verification.
    pub clock: Clock,
    /// How datagrams are sent.
    pub datagrams: DatagramSettings,
    /// How it decides.
    pub clauses: Clauses,
}

impl ServerConfiguration {
    /// A server without credentials, as specified.
    pub fn new(transport: Transport, domain: Domain) -> Self {
        Self {
            transport,
            domain,
            suites: None,
            identities: None,
            hosts: Vec::new(),
            certificate: None,
            trust: Trust::default(),
            tickets: true,
            clock: Clock::system(),
            datagrams: DatagramSettings::default(),
            clauses: Clauses::SPECIFICATION,
        }
    }

    pub(crate) fn frameworks(&self) -> Vec<Framework> {
        let psk = self.identities.is_some() || !self.hosts.is_empty();
        [
            psk.then_some(Framework::Psk),
            self.certificate.as_ref().map(|_| Framework::Certificate),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// What a client authenticates with.
#[derive(Clone, Debug)]
pub enum ClientCredential {
    /// A symmetric key.
    Psk {
        /// The psk_identity: a KpsaID, KmID, KeID or Key Identifier (TS-0003 V3.18.0, 8.2.2).
        identity: PskIdentity,
        /// The key.
        key: PskKey,
    },
    /// A certificate or raw public key.
    Certificate(OwnCertificate),
    /// Nothing, in the certificate frameworks: what a server has to refuse.
    Nothing,
}

impl ClientCredential {
    pub(crate) fn framework(&self) -> Framework {
        match self {
            Self::Psk { .. } => Framework::Psk,
            Self::Certificate(_) | Self::Nothing => Framework::Certificate,
        }
    }
}

/// What a client is set up with.
#[derive(Clone, Debug)]
pub struct ClientConfiguration {
    /// What carries its associations.
    pub transport: Transport,
    /// The suites that it offers, where they are not those of the clause.
    pub suites: Option<Vec<Suite>>,
    /// What it authenticates with.
    pub credential: ClientCredential,
    /// Whom it trusts to be the server.
    pub trust: Trust,
    /// The authority that it asks for in SNI.
    pub server_name: Option<DomainName>,
    /// The time of certificate verification.
    pub clock: Clock,
    /// How datagrams are sent.
    pub datagrams: DatagramSettings,
    /// How it decides.
    pub clauses: Clauses,
}

impl ClientConfiguration {
    /// A client as specified, which trusts nobody by certificate.
    pub fn new(transport: Transport, credential: ClientCredential) -> Self {
        Self {
            transport,
            suites: None,
            credential,
            trust: Trust::default(),
            server_name: None,
            clock: Clock::system(),
            datagrams: DatagramSettings::default(),
            clauses: Clauses::SPECIFICATION,
        }
    }
}
