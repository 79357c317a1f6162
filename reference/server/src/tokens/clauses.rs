use onem2m_access::Decision;
use onem2m_association::{Certificate, CertificateDefect};
use onem2m_envelope::token::{Permitted, Token};
use onem2m_envelope::{DecryptionKey, EnvelopeError, Header, VerificationKey};
use onem2m_identity::{Entity, Home};
use onem2m_keys::Suid;
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::claims::{self, ClaimSet};
use super::issuers::{Certified, Issuer, IssuerKey};
use super::keys::Use;
use super::opening::Opened;
use super::permissions::{self, Permission};
use super::rejection::Rejection;
use super::{certificates, evaluation, keys, opening, rejection};
use crate::authorize::Attempt;
use crate::clauses::Clauses as Table;
use crate::refusal::Refusal;
use crate::resource::Resource;
use crate::scene::Scene;

/// Opens a token with what its issuer gave.
pub(crate) type Secure =
    fn(&Scene<'_>, &Issuer, &Token) -> Result<Map<String, Value>, EnvelopeError>;

/// Judges a chain of certificates below anchors at a moment.
pub(crate) type Path = fn(&[Vec<u8>], &[Vec<u8>], OffsetDateTime) -> Result<(), CertificateDefect>;

/// Judges the tokens of a request of an originator.
pub(crate) type Judge =
    fn(&Scene<'_>, &[Result<Opened, Rejection>], &Entity) -> Result<(), Rejection>;

/// The decisions of the CSE about tokens, each a function that can be replaced alone.
#[derive(Clone, Copy)]
pub(crate) struct Clauses {
    /// How many tokens of a request are looked at.
    pub(crate) most: usize,
    /// A token, opened and its claims read (TS-0003 V3.18.0, 7.3.2.6.3).
    pub(crate) open: fn(&Scene<'_>, &str) -> Result<Opened, Rejection>,
    /// The text as a token of the profile (TS-0003 V3.18.0, 7.3.2.6.2).
    pub(crate) read: fn(&str) -> Result<Token, EnvelopeError>,
    /// Whose token it is, by the credential that its header names (TS-0003 V3.18.0, 8.5.2.3.1).
    pub(crate) issuer_of: for<'a> fn(&Scene<'a>, Header<'_>) -> Option<&'a Issuer>,
    /// How the issuer lets its tokens be secured (TS-0003 V3.18.0, 7.3.2.6.3).
    pub(crate) permitted: fn(&Issuer) -> Permitted,
    /// The claims behind the security (TS-0003 V3.18.0, 7.3.2.5).
    pub(crate) secured: Secure,

    /// The key that a header names (TS-0003 V3.18.0, 8.5.2.3.1 and 8.5.2.2.1).
    pub(crate) key: for<'a> fn(&'a Issuer, Header<'_>) -> Option<&'a IssuerKey>,
    /// Whether a key is for a use (TS-0004 V3.32.0, 6.3.4.2.39).
    pub(crate) serves: fn(Suid, Use) -> bool,
    /// What opens for a recipient (TS-0003 V3.18.0, 8.5.2.2.1).
    pub(crate) decryption_key: fn(&Scene<'_>, &Issuer, Header<'_>) -> Option<DecryptionKey>,
    /// What verifies a signature (TS-0003 V3.18.0, 8.5.2.3.1).
    pub(crate) verification_key: fn(&Scene<'_>, &Issuer, Header<'_>) -> Option<VerificationKey>,

    /// The key of a certificate that a header brings (TS-0003 V3.18.0, 8.5.2.3.2.1).
    pub(crate) certificate_key: fn(&Scene<'_>, &Certified, Header<'_>) -> Option<VerificationKey>,
    /// Whether certificates lead to one of the anchors at a moment (RFC 5280, 6.1).
    pub(crate) path: Path,
    /// Whether a certificate is that of the issuer (TS-0003 V3.18.0, 8.5.2.3.2.1).
    pub(crate) subject: fn(&Table, &Certified, &Certificate) -> bool,
    /// Whether the key of a certificate is for signatures (TS-0003 V3.18.0, 8.5.2.3.2.1).
    pub(crate) for_signatures: fn(&Table, &Certificate) -> bool,

    /// The claims as a Token Claimset Object (TS-0003 V3.18.0, Table 7.3.2.6.2-1).
    pub(crate) claim_set: fn(&Table, &Map<String, Value>) -> Result<ClaimSet, Rejection>,
    /// issuer (TS-0003 V3.18.0, 7.3.2.5).
    pub(crate) issued_by: fn(&ClaimSet, &Issuer) -> bool,
    /// notBefore and notAfter (TS-0003 V3.18.0, 7.3.2.3, step 7.1.3).
    pub(crate) in_time: fn(&ClaimSet, OffsetDateTime) -> bool,
    /// audience (TS-0003 V3.18.0, 7.3.2.3, step 7.1.3).
    pub(crate) addressed: fn(&ClaimSet, &Home) -> bool,
    /// holder (TS-0003 V3.18.0, 7.3.2.3, step 7.1.3).
    pub(crate) held_by: fn(&ClaimSet, &Entity) -> bool,

    /// Whether the tokens of a request let it go on (TS-0003 V3.18.0, 7.3.2.3, step 7.1.4).
    pub(crate) judged: Judge,
    /// How a request with a bad token is answered (TS-0003 V3.18.0, 7.3.2.3, step 7.1.4).
    pub(crate) refusal: fn(&Rejection) -> Refusal,
    /// Whether a permission is about a resource (TS-0003 V3.18.0, 7.3.2.5, step 1).
    pub(crate) concerns: fn(&Scene<'_>, &Permission, &Resource) -> bool,
    /// What the tokens of a request grant (TS-0003 V3.18.0, 7.3.2.5).
    pub(crate) decide: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
}

impl Clauses {
    /// Every clause as specified.
    pub(crate) const SPECIFICATION: Self = Self {
        most: 8,
        open: opening::open,
        read: Token::read,
        issuer_of: opening::issuer_of,
        permitted: opening::permitted,
        secured: opening::secured,
        key: keys::key,
        serves: keys::serves,
        decryption_key: keys::decryption_key,
        verification_key: keys::verification_key,
        certificate_key: certificates::key,
        path: onem2m_association::validate_path,
        subject: certificates::subject,
        for_signatures: certificates::for_signatures,
        claim_set: claims::read,
        issued_by: claims::issued_by,
        in_time: claims::in_time,
        addressed: claims::addressed,
        held_by: claims::held_by,
        judged: evaluation::judged,
        refusal: rejection::refusal,
        concerns: permissions::concerns,
        decide: evaluation::decide,
    };
}
