use base64ct::{Base64, Encoding};
use onem2m_association::{Certificate, CertificateDefect, validate_path};
use onem2m_envelope::{Curve, EcPublicKey, base64url};
use serde_json::Value;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use super::statement::{Members, StatementError};
use super::{Clauses, Key, Material, Usage};

/// A Target whose certificate a Source looks for.
pub(crate) struct Intended {
    /// The resource in whose e2eSecInfo certificates are.
    pub(crate) resource: String,
    /// The URI of its AE-ID certificate (TS-0003 V3.18.0, 10.1.1.5).
    pub(crate) uri: String,
    /// Certificates of trust anchors, in DER.
    pub(crate) anchors: Vec<Vec<u8>>,
}

impl Intended {
    pub(super) fn read(value: &Value) -> Result<Self, StatementError> {
        let intended = Members::of(value)?;
        Ok(Self {
            resource: intended.text("resource")?.to_owned(),
            uri: intended.text("uri")?.to_owned(),
            anchors: certificates(Some(&intended.list("anchors")?.to_vec().into())),
        })
    }
}

/// The certificates in a list of texts in base64.
pub(super) fn certificates(list: Option<&Value>) -> Vec<Vec<u8>> {
    let texts = list.and_then(Value::as_array).into_iter().flatten();
    let texts = texts.filter_map(Value::as_str);
    texts
        .filter_map(|text| Base64::decode_vec(text).ok())
        .collect()
}

/// The key in one of several certificates at a moment.
pub(crate) type Trusted = fn(&Clauses, &Intended, &[u8], &[Vec<u8>], OffsetDateTime) -> Option<Key>;

/// The key to encrypt with, if a certificate is trusted to be that of the Target and is meant for this, wherever it was read
/// (TS-0003 V3.18.0, 8.5.2.2.4.1 and 8.5.2.2.4.2).
pub(crate) fn trusted(
    clauses: &Clauses,
    intended: &Intended,
    certificate: &[u8],
    others: &[Vec<u8>],
    now: OffsetDateTime,
) -> Option<Key> {
    let parsed = Certificate::parse(certificate).ok()?;
    (clauses.path)(&intended.anchors, certificate, others, now).ok()?;
    let is_right = (clauses.belongs)(&intended.uri, &parsed) && (clauses.encrypts)(&parsed);
    if !is_right {
        return None;
    }
    // The first octet says that the point is uncompressed.
    let (x, y) = parsed.key.octets.get(1..)?.split_at_checked(32)?;
    let public = EcPublicKey::from_coordinates(Curve::P256, x, y).ok()?;
    Some(Key {
        kid: base64url::encode(&Sha256::digest(certificate)),
        usage: Usage::Encryption,
        algorithm: "ECDH-ES+A256KW".to_owned(),
        encryption: None,
        material: Material::EcPublic(public),
        expires: None,
    })
}

/// Whether a path leads to a certificate from a trust anchor.
pub(crate) type Path =
    fn(&[Vec<u8>], &[u8], &[Vec<u8>], OffsetDateTime) -> Result<(), CertificateDefect>;

/// At this moment one does (TS-0003 V3.18.0, 8.1.2.5).
pub(crate) fn path(
    anchors: &[Vec<u8>],
    certificate: &[u8],
    others: &[Vec<u8>],
    now: OffsetDateTime,
) -> Result<(), CertificateDefect> {
    let presented: Vec<Vec<u8>> = [certificate.to_vec()]
        .into_iter()
        .chain(others.iter().cloned())
        .collect();
    validate_path(anchors, &presented, now)
}

/// Whether a certificate has the one URI of an AE (TS-0003 V3.18.0, 8.1.2.4).
pub(crate) fn belongs(uri: &str, certificate: &Certificate) -> bool {
    matches!(certificate.names.uris.as_slice(), [only] if only == uri)
}

/// Whether the key of a certificate is meant for agreement: one for signatures is not (TS-0003 V3.18.0, 8.5.2.2.4.1).
pub(crate) fn encrypts(certificate: &Certificate) -> bool {
    certificate.key_agreement == Some(true)
}
