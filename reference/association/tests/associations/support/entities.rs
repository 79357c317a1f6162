//! The entities of the tests, and how they are set up.

use std::sync::Arc;

use onem2m_association::{
    Allowed, ClientConfiguration, ClientCredential, Clock, Domain, Expected, Host, OwnCertificate,
    PskKey, PskTable, ServerConfiguration, Transport, Trust, TrustedPeer,
};
use onem2m_identity::{CseId, DomainName, Entity, Home, PskIdentity, PublicDomainName, SpId};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::authority::{Holder, NOW, Name, Order};

pub const LOCK: &[u8] = b"ae1-lock@in.example.com";
pub const DOOR: &[u8] = b"ae2-lock@in.example.com";

/// The public domain name of the server's CSE-ID.
pub const SERVER_NAME: &str = "cse.in.example.com";
/// The public domain name of a client's CSE-ID.
pub const CSE_NAME: &str = "tstcse1.in.example.com";

pub fn home() -> Home {
    Home::new(
        SpId::parse("//m2m.example.com").unwrap(),
        CseId::parse("/iut").unwrap(),
    )
}

pub fn entity(text: &str) -> Entity {
    Entity::parse(text, &home()).unwrap()
}

pub fn identity(octets: &[u8]) -> PskIdentity {
    PskIdentity::parse(octets).unwrap()
}

pub fn domain(name: &str) -> PublicDomainName {
    PublicDomainName::parse(name).unwrap()
}

pub fn psk(first: u8) -> PskKey {
    PskKey::new(Zeroizing::new((first..first + 32).collect())).unwrap()
}

/// Two locks with keys of their own.
pub fn identities() -> Arc<PskTable> {
    let table = PskTable::new();
    table
        .insert(identity(LOCK), psk(1), Allowed::Entity(entity("SAE1")))
        .unwrap();
    table
        .insert(identity(DOOR), psk(33), Allowed::Entity(entity("SAE2")))
        .unwrap();
    Arc::new(table)
}

pub fn clock() -> Clock {
    clock_at(NOW)
}

pub fn clock_at(moment: i64) -> Clock {
    Clock::new(move || OffsetDateTime::from_unix_timestamp(moment).unwrap())
}

pub fn key_server(transport: Transport, identities: &Arc<PskTable>) -> ServerConfiguration {
    ServerConfiguration {
        identities: Some(Arc::clone(identities)),
        clock: clock(),
        ..ServerConfiguration::new(transport, Domain::Infrastructure)
    }
}

pub fn key_client(transport: Transport, identity: &[u8], first: u8) -> ClientConfiguration {
    ClientConfiguration {
        clock: clock(),
        ..ClientConfiguration::new(
            transport,
            ClientCredential::Psk {
                identity: self::identity(identity),
                key: psk(first),
            },
        )
    }
}

pub fn host(name: &str, identities: &Arc<PskTable>) -> Host {
    Host {
        name: DomainName::parse(name).unwrap(),
        identities: Arc::clone(identities),
    }
}

/// A root with one authority below it.
pub struct Authorities {
    pub root: Holder,
    pub issuer: Holder,
}

impl Authorities {
    pub fn new() -> Self {
        Self::called("root", "issuer")
    }

    pub fn called(root: &'static str, issuer: &'static str) -> Self {
        let root = Order::authority(root).self_signed();
        let issuer = Order::authority(issuer).issued_by(&root);
        Self { root, issuer }
    }

    pub fn show(&self, order: Order) -> OwnCertificate {
        order.issued_by(&self.issuer).with(&[&self.issuer])
    }

    pub fn trust(&self, peers: Vec<TrustedPeer>) -> Trust {
        Trust {
            anchors: vec![self.root.der()],
            peers,
        }
    }

    pub fn server(&self, transport: Transport, peers: Vec<TrustedPeer>) -> ServerConfiguration {
        ServerConfiguration {
            certificate: Some(self.show(Order::leaf(&[Name::Domain(SERVER_NAME)]))),
            trust: self.trust(peers),
            clock: clock(),
            ..ServerConfiguration::new(transport, Domain::Infrastructure)
        }
    }

    pub fn client(&self, transport: Transport, own: OwnCertificate) -> ClientConfiguration {
        ClientConfiguration {
            trust: self.trust(vec![expecting(
                Expected::CseId(domain(SERVER_NAME)),
                Allowed::Unstated,
            )]),
            clock: clock(),
            ..ClientConfiguration::new(transport, ClientCredential::Certificate(own))
        }
    }
}

pub fn expecting(expected: Expected, allowed: Allowed) -> TrustedPeer {
    TrustedPeer { expected, allowed }
}

/// The CSE that the tests know, by its CSE-ID certificate.
pub fn known_cse() -> TrustedPeer {
    expecting(
        Expected::CseId(domain(CSE_NAME)),
        Allowed::Entity(entity("/tstcse1")),
    )
}
