use onem2m_identity::{
    AeUri, CredentialId, DomainName, Entity, HardwareId, NodeId, PublicDomainName, PublicKeyId,
};

use crate::Allowed;

/// The flavour of a certificate with the identifier by which it matched (TS-0003 V3.18.0, 8.1.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// A raw public key, known by its identifier.
    RawPublicKey(PublicKeyId),
    /// A device certificate, with a hardware instance identifier.
    Device(HardwareId),
    /// A CSE-ID certificate, with the public domain name of the CSE-ID.
    CseId(PublicDomainName),
    /// An AE-ID certificate, with the URI of the AE-ID.
    AeId(AeUri),
    /// A Node-ID certificate, with the Node-ID.
    NodeId(NodeId),
    /// An FQDN certificate, with the FQDN of an enrolment or authentication function.
    Fqdn(DomainName),
}

impl Flavour {
    /// The Credential-ID of a certificate of this flavour (TS-0003 V3.18.0, 12.3.2.1). There is none for an FQDN
    /// certificate, which has no type there, and none for a CSE-ID certificate whose CSE is not configured, since the
    /// name in it does not tell the CSE-ID.
    pub fn credential_id(&self, allowed: &Allowed) -> Option<CredentialId> {
        match (self, allowed) {
            (Self::RawPublicKey(identifier), _) => Some(CredentialId::of_public_key(identifier)),
            (Self::Device(identifier), _) => Some(CredentialId::of_hardware(identifier)),
            (Self::CseId(_), Allowed::Entity(entity @ Entity::Cse { .. })) => {
                Some(CredentialId::of_entity(entity))
            }
            (Self::AeId(uri), _) => Some(CredentialId::of_entity(uri.entity())),
            (Self::NodeId(identifier), _) => Some(CredentialId::of_node(identifier)),
            (Self::CseId(_) | Self::Fqdn(_), _) => None,
        }
    }
}
