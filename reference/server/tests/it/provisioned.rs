//! What a CSE and those who associate with it are provisioned with.

use std::sync::Arc;

use onem2m_association::{
    Allowed, ClientConfiguration, ClientCredential, Clock, Domain, Expected, OwnCertificate,
    PskKey, PskTable, Transport, Trust, TrustedPeer, written_out,
};
use onem2m_identity::{
    AeUri, DigestAlgorithm, Entity, HardwareId, Home, NodeId, PskIdentity, PublicDomainName,
    PublicKeyId,
};
use onem2m_server::{Clauses, Clock as _, Configuration, Security};
use openssl::pkey::{PKey, Private};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::authority::{self, Holder, NOW, Name, Order};
use crate::bench::Bench;

/// psk_identities of AE1 and AE2, and one of whom nothing more is configured.
pub(crate) const LOCK: &str = "ae1-lock@in.example.com";
pub(crate) const DOOR: &str = "ae2-lock@in.example.com";
pub(crate) const ANYBODY: &str = "any-lock@in.example.com";

const CSE_NAME: &str = "id-in.onem2m.example";
pub(crate) const AE_URI: &str = "//onem2m.example/id-in/CtpA1";
pub(crate) const REGISTREE: &str = "tstcse1.onem2m.example";
pub(crate) const NODE: &str = "urn:gsma:imei:90420156-025763-0";
const DEVICE: &str = "0.2.481.1.100.3030.10011";
const DEVICE_ARCS: [u8; 5] = [0x64, 0x97, 0x56, 0xce, 0x1b];

/// A CSE with keys and certificates of every kind, and what its clients need.
pub(crate) struct Provisioned {
    pub(crate) bench: Bench,
    pub(crate) table: Arc<PskTable>,
    pub(crate) root: Holder,
    pub(crate) raw_key: PKey<Private>,
    clock: Clock,
}

impl Provisioned {
    pub(crate) fn new() -> Self {
        Self::judging_by(Clauses::SPECIFICATION)
    }

    /// One whose associations OpenSSL serves, and one with the written-out server, which without faults serves them as well.
    pub(crate) fn of_each_engine() -> [Self; 2] {
        let mut clauses = Clauses::SPECIFICATION;
        clauses.association.written_out = Some(written_out::Clauses::SPECIFICATION);
        [Self::new(), Self::judging_by(clauses)]
    }

    pub(crate) fn judging_by(clauses: Clauses) -> Self {
        let home = home();
        let root = Order::authority("root").self_signed();
        let raw_key = authority::key();
        let table = Arc::new(PskTable::new());
        for (identity, first, allowed) in [
            (LOCK, 1, one(&home, "CtpA1")),
            (DOOR, 33, one(&home, "CtpA2")),
            (ANYBODY, 65, Allowed::Unstated),
        ] {
            table
                .insert(self::identity(identity), psk(first), allowed)
                .unwrap();
        }
        let peers = vec![
            expecting(
                Expected::AeId(AeUri::parse(AE_URI).unwrap()),
                Allowed::Unstated,
            ),
            expecting(
                Expected::Device(HardwareId::parse(DEVICE).unwrap()),
                Allowed::Applications(vec![entity(&home, "CtpA1"), entity(&home, "CtpA3")]),
            ),
            expecting(
                Expected::CseId(PublicDomainName::parse(REGISTREE).unwrap()),
                one(&home, "/tstcse1"),
            ),
            expecting(
                Expected::NodeId(NodeId::parse(NODE).unwrap()),
                Allowed::Applications(vec![entity(&home, "CtpN1")]),
            ),
            expecting(
                Expected::RawPublicKey(identifier(&raw_key)),
                one(&home, "CtpA2"),
            ),
        ];
        let security = Security {
            identities: Some(Arc::clone(&table)),
            certificate: Some(leaf(&root, &[Name::Domain(CSE_NAME)])),
            trust: Trust {
                anchors: vec![root.der()],
                peers,
            },
            ..Security::new(Domain::Infrastructure)
        };
        let configuration = Configuration {
            security: Some(Arc::new(security)),
            ..Configuration::default()
        };
        let bench = Bench::made(configuration, clauses);
        let ahead = NOW - bench.clock.now().unix_timestamp();
        bench.advance(ahead.unsigned_abs());
        Self {
            bench,
            table,
            root,
            raw_key,
            clock: Clock::new(|| OffsetDateTime::from_unix_timestamp(NOW).unwrap()),
        }
    }

    /// Who has the key that begins with this octet under this identity.
    pub(crate) fn with_key(
        &self,
        transport: Transport,
        identity: &str,
        first: u8,
    ) -> ClientConfiguration {
        let identity = self::identity(identity);
        let key = psk(first);
        self.client(transport, ClientCredential::Psk { identity, key })
    }

    /// AE1 with its AE-ID certificate.
    pub(crate) fn with_ae_certificate(&self, transport: Transport) -> ClientConfiguration {
        self.with_certificate(transport, &[Name::Uri(AE_URI)])
    }

    /// The node of AE1 and AE3 with its device certificate.
    pub(crate) fn with_device_certificate(&self, transport: Transport) -> ClientConfiguration {
        self.with_certificate(transport, &[Name::Device(&DEVICE_ARCS)])
    }

    fn with_certificate(&self, transport: Transport, names: &[Name<'_>]) -> ClientConfiguration {
        self.with_order(transport, Order::leaf(names))
    }

    /// Who has a certificate to order, of the authority that the CSE trusts.
    pub(crate) fn with_order(&self, transport: Transport, order: Order) -> ClientConfiguration {
        self.with_own(transport, order.issued_by(&self.root).with(&[]))
    }

    /// Who shows this.
    pub(crate) fn with_own(
        &self,
        transport: Transport,
        own: OwnCertificate,
    ) -> ClientConfiguration {
        self.client(transport, ClientCredential::Certificate(own))
    }

    /// AE2 with its raw public key.
    pub(crate) fn with_raw_public_key(&self, transport: Transport) -> ClientConfiguration {
        let key = self.raw_key.private_key_to_der().unwrap();
        let own = OwnCertificate::raw_public_key_from_der(&key).unwrap();
        self.with_own(transport, own)
    }

    pub(crate) fn client(
        &self,
        transport: Transport,
        credential: ClientCredential,
    ) -> ClientConfiguration {
        let name = PublicDomainName::parse(CSE_NAME).unwrap();
        ClientConfiguration {
            trust: Trust {
                anchors: vec![self.root.der()],
                peers: vec![expecting(Expected::CseId(name), Allowed::Unstated)],
            },
            clock: self.clock.clone(),
            ..ClientConfiguration::new(transport, credential)
        }
    }
}

fn home() -> Home {
    let Configuration { sp, cse_id, .. } = Configuration::default();
    Home::new(sp, cse_id)
}

fn entity(home: &Home, identifier: &str) -> Entity {
    Entity::parse(identifier, home).unwrap()
}

fn one(home: &Home, identifier: &str) -> Allowed {
    Allowed::Entity(entity(home, identifier))
}

fn expecting(expected: Expected, allowed: Allowed) -> TrustedPeer {
    TrustedPeer { expected, allowed }
}

pub(crate) fn identity(text: &str) -> PskIdentity {
    PskIdentity::parse(text.as_bytes()).unwrap()
}

pub(crate) fn psk(first: u8) -> PskKey {
    PskKey::new(Zeroizing::new((first..first + 32).collect())).unwrap()
}

fn leaf(root: &Holder, names: &[Name<'_>]) -> OwnCertificate {
    Order::leaf(names).issued_by(root).with(&[])
}

fn identifier(key: &PKey<Private>) -> PublicKeyId {
    PublicKeyId::of(&key.public_key_to_der().unwrap(), DigestAlgorithm::Sha256)
}
