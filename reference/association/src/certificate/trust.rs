use onem2m_identity::{
    AeUri, DomainName, Entity, HardwareId, NodeId, PublicDomainName, PublicKeyId,
};

use super::{Certificate, Flavour};
use crate::{Allowed, Clauses, ConfigurationError, Match};

/// What an entity was configured with to authenticate others by certificates (TS-0003 V3.18.0, 8.1.2.4).
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Certificates of trust anchors, in DER.
    pub anchors: Vec<Vec<u8>>,
    /// The peers that are expected. The first that a certificate matches is the one.
    pub peers: Vec<TrustedPeer>,
}

impl Trust {
    /// Refuses peers that are configured to speak for whom their flavour cannot (TS-0003 V3.18.0, 8.1.2.1 and 8.2.1).
    pub(crate) fn check(&self) -> Result<(), ConfigurationError> {
        self.peers.iter().try_for_each(TrustedPeer::check)
    }

    pub(crate) fn takes_certificates(&self) -> bool {
        !self.anchors.is_empty()
    }

    pub(crate) fn takes_raw_public_keys(&self) -> bool {
        self.peers
            .iter()
            .any(|peer| matches!(peer.expected, Expected::RawPublicKey(_)))
    }
}

/// A peer that is expected.
#[derive(Clone, Debug)]
pub struct TrustedPeer {
    /// The flavour of its certificate, and what it has to say.
    pub expected: Expected,
    /// Whom it may speak for: a list only for device and Node-ID certificates, and for a CSE-ID certificate a CSE. An
    /// AE-ID certificate speaks for the AE in it, without regard to this (TS-0003 V3.18.0, 8.2.2.2).
    pub allowed: Allowed,
}

/// The flavour of a certificate with the identifier that it has to hold (TS-0003 V3.18.0, 8.1.2.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A raw public key with this identifier.
    RawPublicKey(PublicKeyId),
    /// A device certificate with this hardware instance identifier.
    Device(HardwareId),
    /// A CSE-ID certificate with this public domain name.
    CseId(PublicDomainName),
    /// An AE-ID certificate with this URI.
    AeId(AeUri),
    /// Any AE-ID certificate under the trust anchors, since the AE-ID is in it.
    AnyAeId {
        /// The scheme before the Absolute AE-ID in its URI, if there has to be one.
        scheme: Option<String>,
    },
    /// A Node-ID certificate with this Node-ID.
    NodeId(NodeId),
    /// An FQDN certificate with this name.
    Fqdn(DomainName),
}

impl TrustedPeer {
    fn check(&self) -> Result<(), ConfigurationError> {
        let refused = |credential, expected| {
            Err(ConfigurationError::Allowed {
                credential,
                expected,
            })
        };
        match (&self.expected, &self.allowed) {
            (Expected::CseId(_), Allowed::Entity(Entity::Ae { .. }) | Allowed::Applications(_)) => {
                refused("a CSE-ID certificate", "one CSE, or none")
            }
            (Expected::RawPublicKey(_), Allowed::Applications(_)) => {
                refused("a raw public key", "one AE or CSE, or none")
            }
            (Expected::Device(_) | Expected::NodeId(_), Allowed::Applications(list))
                if list
                    .iter()
                    .any(|entity| matches!(entity, Entity::Cse { .. })) =>
            {
                refused(
                    "a device or Node-ID certificate",
                    "one CSE, or a list of AEs",
                )
            }
            _ => Ok(()),
        }
    }

    /// The flavour and entity of a certificate that is this peer's.
    pub(crate) fn matches_certificate(
        &self,
        clauses: &Clauses,
        certificate: &Certificate,
    ) -> Option<Match<Flavour>> {
        let names = &certificate.names;
        let matched =
            |holds: bool, flavour: Flavour| holds.then(|| (flavour, self.allowed.clone()));
        match &self.expected {
            Expected::RawPublicKey(_) => None,
            Expected::Device(identifier) => matched(
                (clauses.matches_device)(identifier, names),
                Flavour::Device(identifier.clone()),
            ),
            Expected::CseId(name) => matched(
                (clauses.matches_cse_id)(name, names),
                Flavour::CseId(name.clone()),
            ),
            Expected::AeId(uri) => (clauses.matches_ae_id)(uri, names).then(|| ae_in(uri.clone())),
            Expected::AnyAeId { scheme } => {
                (clauses.ae_in_certificate)(scheme.as_deref(), names).map(ae_in)
            }
            Expected::NodeId(identifier) => matched(
                (clauses.matches_node_id)(identifier, names),
                Flavour::NodeId(identifier.clone()),
            ),
            Expected::Fqdn(name) => matched(
                (clauses.matches_fqdn)(name, names),
                Flavour::Fqdn(name.clone()),
            ),
        }
    }

    /// The identifier and entity of a raw public key that is this peer's.
    pub(crate) fn matches_raw_public_key(
        &self,
        clauses: &Clauses,
        key: &[u8],
    ) -> Option<Match<PublicKeyId>> {
        match &self.expected {
            Expected::RawPublicKey(identifier) => (clauses.matches_raw_public_key)(identifier, key)
                .then(|| (identifier.clone(), self.allowed.clone())),
            _ => None,
        }
    }
}

fn ae_in(uri: AeUri) -> Match<Flavour> {
    let allowed = Allowed::Entity(uri.entity().clone());
    (Flavour::AeId(uri), allowed)
}
