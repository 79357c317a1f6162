use onem2m_association::Certificate;
use onem2m_envelope::{Curve, EcPublicKey, Header, VerificationKey};
use serde_json::Value;

use super::issuers::Certified;
use crate::clauses::Clauses as Table;
use crate::end_to_end::base64_octets;
use crate::scene::Scene;

/// The most certificates of a chain.
const LONGEST: usize = 8;

/// The key of the first certificate in `x5c` (RFC 7515, 4.1.6), if the chain leads to an anchor of the issuer, is valid by the
/// clock of the CSE, names the issuer, and is for signatures.
pub(super) fn key(
    scene: &Scene<'_>,
    certified: &Certified,
    header: Header<'_>,
) -> Option<VerificationKey> {
    let clauses = &scene.clauses.tokens;
    let chain = chain(header)?;
    (clauses.path)(&certified.anchors, &chain, scene.arrival.at).ok()?;
    let certificate = Certificate::parse(chain.first()?).ok()?;
    let is_right = (clauses.subject)(scene.clauses, certified, &certificate)
        && (clauses.for_signatures)(scene.clauses, &certificate);
    if is_right { public(&certificate) } else { None }
}

/// Whether the first certificate in `x5c` names an issuer, true or not.
pub(super) fn names(scene: &Scene<'_>, certified: &Certified, header: Header<'_>) -> bool {
    let chain = chain(header).unwrap_or_default();
    let parsed = chain
        .first()
        .and_then(|first| Certificate::parse(first).ok());
    parsed.is_some_and(|parsed| (scene.clauses.tokens.subject)(scene.clauses, certified, &parsed))
}

/// An AE-ID certificate with the URI of the issuer.
pub(super) fn subject(table: &Table, certified: &Certified, certificate: &Certificate) -> bool {
    (table.association.matches_ae_id)(&certified.uri, &certificate.names)
}

/// keyUsage with digitalSignature.
pub(super) fn for_signatures(table: &Table, certificate: &Certificate) -> bool {
    (table.association.key_usage)(certificate)
}

/// The P-256 key of a certificate: the profile of oneM2M has no other (TS-0003 V3.18.0, 10.1.1.1).
pub(crate) fn public(certificate: &Certificate) -> Option<VerificationKey> {
    let point = certificate.key.octets.strip_prefix(&[4])?;
    let (x, y) = point.split_at_checked(Curve::P256.length())?;
    let key = EcPublicKey::from_coordinates(Curve::P256, x, y).ok()?;
    Some(VerificationKey::Ecdsa(key))
}

/// The certificates of `x5c` in DER; each stands there in base64.
pub(crate) fn chain(header: Header<'_>) -> Option<Vec<Vec<u8>>> {
    let texts = header.get("x5c")?.as_array()?;
    if texts.len() > LONGEST {
        return None;
    }
    let octets = |text: &Value| base64_octets(text.as_str()?);
    texts.iter().map(octets).collect()
}
