//! What of security content needs, and how it gets that (TS-0003 V3.18.0, 8.6.3).

use onem2m_envelope::esdata::SecurityClass;

use super::{Key, Usage};

/// The security requirement of content. Integrity belongs to each, and every class gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Requirement {
    /// Nobody but its Targets may read it.
    pub(crate) confidentiality: bool,
    /// Who made it can be shown to others.
    pub(crate) non_repudiation: bool,
}

/// How content is secured.
#[derive(Clone, Debug)]
pub(crate) struct Technology {
    /// The class of its envelopes.
    pub(crate) class: SecurityClass,
    /// Keys of those who are to open it.
    pub(crate) recipients: Vec<Key>,
    /// With what it is signed.
    pub(crate) signers: Vec<Key>,
}

/// The technology for a requirement, of keys that there are.
pub(crate) type Choose = fn(Requirement, &[Key]) -> Option<Technology>;

/// Encryption for confidentiality, and a signature by a private key for non-repudiation; a code where neither is needed.
pub(crate) fn technology(requirement: Requirement, keys: &[Key]) -> Option<Technology> {
    let encrypting = keys.iter().find(|key| key.encryption().is_some());
    let signing = keys.iter().find(|key| {
        let is_private = key.usage == Usage::Signature;
        key.signing().is_some() && is_private == requirement.non_repudiation
    });
    let (class, recipient, signer) =
        match (requirement.confidentiality, requirement.non_repudiation) {
            (true, false) => (SecurityClass::EncryptionOnly, Some(encrypting?), None),
            (false, _) => (SecurityClass::SignatureOnly, None, Some(signing?)),
            (true, true) => {
                let class = SecurityClass::NestedSignThenEncrypt;
                (class, Some(encrypting?), Some(signing?))
            }
        };
    Some(Technology {
        class,
        recipients: recipient.cloned().into_iter().collect(),
        signers: signer.cloned().into_iter().collect(),
    })
}
