use onem2m_association::Certificate;
use onem2m_envelope::Header;
use onem2m_envelope::esdata::{ContentSecurity, Envelope};
use onem2m_envelope::{DecryptionKey, VerificationKey};
use time::OffsetDateTime;

use super::certificates;
use super::protecting::{self, Compose, Encrypt, Sign};
use super::{Choose, Failure, Found, Key, Plan, Situation, opening, requirement};
use crate::end_to_end::NoRandomness;

/// The decisions of an AE about secured content, each a function that can be replaced alone.
#[derive(Clone, Copy)]
pub(crate) struct Clauses {
    /// The third part of contentInfo (TS-0004 V3.32.0, 6.3.4.2.38).
    pub(crate) content_security: fn(&str) -> Option<ContentSecurity>,
    /// What an instance gives, by its contentInfo and content (TS-0003 V3.18.0, 8.5.2).
    pub(crate) opened: opening::Opened,
    /// What content gives that is not secured (TS-0003 V3.18.0, 8.5.2.1).
    pub(crate) unsecured: fn(&str) -> Result<Found, Failure>,
    /// The envelope in a content (TS-0003 V3.18.0, 8.5.3.2 and 8.5.3.3).
    pub(crate) read: fn(ContentSecurity, &str) -> Result<Envelope, Failure>,
    /// What an envelope gives (TS-0003 V3.18.0, 8.5.2.2.1, D and E, 8.5.2.3.1, C, and 8.5.2.4).
    pub(crate) unwrap: fn(&Self, &Situation<'_>, &Envelope) -> Result<Found, Failure>,
    /// The key for a recipient (TS-0003 V3.18.0, 8.5.2.2.1, D).
    pub(crate) decryption_key: fn(&Self, &Situation<'_>, Header<'_>) -> Option<DecryptionKey>,
    /// The key for a signature (TS-0003 V3.18.0, 8.5.2.3.1, C).
    pub(crate) verification_key: fn(&Self, &Situation<'_>, Header<'_>) -> Option<VerificationKey>,
    /// Whether a header names a key (TS-0003 V3.18.0, 8.5.2.2.1, D.2 and D.3).
    pub(crate) named: fn(&Key, Header<'_>) -> bool,
    /// Whether a key has not ended (TS-0003 V3.18.0, 8.5.2.2.2).
    pub(crate) in_time: fn(&Key, OffsetDateTime) -> bool,
    /// Whether a key is for decryption (TS-0003 V3.18.0, 12.3.2.1).
    pub(crate) decrypts: fn(&Key) -> bool,
    /// Whether a key is for verification (TS-0003 V3.18.0, 12.3.2.1).
    pub(crate) verifies: fn(&Key) -> bool,

    /// The technology for the security requirement of content (TS-0003 V3.18.0, 8.6.3).
    pub(crate) technology: Choose,
    /// contentInfo of secured content (TS-0004 V3.32.0, 6.3.3).
    pub(crate) content_info: fn(&str, ContentSecurity) -> String,
    /// From what the random octets of an envelope come (TS-0003 V3.18.0, 8.5.2.2.1, B and C).
    pub(crate) seed: fn(&Plan<'_>) -> Result<[u8; 32], NoRandomness>,
    /// Composes an envelope of its class (TS-0003 V3.18.0, 8.5.2.1).
    pub(crate) compose: Compose,
    /// Encrypts to all Targets (TS-0003 V3.18.0, 8.5.2.2.1, B and C).
    pub(crate) encrypt: Encrypt,
    /// Signs with credentials (TS-0003 V3.18.0, 8.5.2.3.1, B).
    pub(crate) sign: Sign,
    /// The key in a certificate of a Target, if it is trusted (TS-0003 V3.18.0, 8.5.2.2.4).
    pub(crate) trusted: certificates::Trusted,
    /// Whether a path leads to a certificate (TS-0003 V3.18.0, 8.5.2.2.4.1).
    pub(crate) path: certificates::Path,
    /// Whether a certificate is that of an entity (TS-0003 V3.18.0, 8.5.2.2.4.1).
    pub(crate) belongs: fn(&str, &Certificate) -> bool,
    /// Whether a certificate is to encrypt to (TS-0003 V3.18.0, 8.5.2.2.4.1).
    pub(crate) encrypts: fn(&Certificate) -> bool,
    /// Whether a credential may sign what is encrypted then (TS-0003 V3.18.0, 8.5.3.4).
    pub(crate) signs_inside: fn(&Key) -> bool,
}

impl Clauses {
    /// Every clause as specified.
    pub(crate) const SPECIFICATION: Self = Self {
        content_security: opening::content_security,
        opened: opening::opened,
        unsecured: opening::unsecured,
        read: opening::read,
        unwrap: opening::unwrap,
        decryption_key: opening::decryption_key,
        verification_key: opening::verification_key,
        named: opening::named,
        in_time: opening::in_time,
        decrypts: opening::decrypts,
        verifies: opening::verifies,
        technology: requirement::technology,
        content_info: protecting::content_info,
        seed: protecting::seed,
        compose: protecting::compose,
        encrypt: protecting::encrypt,
        sign: protecting::sign,
        trusted: certificates::trusted,
        path: certificates::path,
        belongs: certificates::belongs,
        encrypts: certificates::encrypts,
        signs_inside: protecting::signs_inside,
    };
}
