//! The checks that TS-0003 V3.18.0, 10.1.1 adds to those of RFC 5280, each alone.

use super::{Certificate, PublicKey};

/// id-ecPublicKey (RFC 5480, 2.1.1).
const EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";
/// secp256r1 (RFC 5480, 2.1.1.1).
const SECP256R1: &str = "1.2.840.10045.3.1.7";
/// ecdsa-with-SHA256 (RFC 5758, 3.2).
const ECDSA_WITH_SHA256: &str = "1.2.840.10045.4.3.2";
/// The first octet of an uncompressed point (SEC 1, 2.3.3).
const UNCOMPRESSED: u8 = 4;

/// The key is one of id-ecPublicKey on secp256r1 (10.1.1.1).
pub(crate) fn curve(key: &PublicKey) -> bool {
    key.algorithm == EC_PUBLIC_KEY && key.curve.as_deref() == Some(SECP256R1)
}

/// The point is uncompressed (10.1.1.1).
pub(crate) fn point_form(key: &PublicKey) -> bool {
    key.octets.first() == Some(&UNCOMPRESSED)
}

/// The certificate is signed with ECDSA and SHA-256 (10.1.1.1 and 10.1.1.3).
pub(crate) fn signature_algorithm(certificate: &Certificate) -> bool {
    certificate.signature_algorithm == ECDSA_WITH_SHA256
}

/// keyUsage is there and has digitalSignature (10.1.1.1).
pub(crate) fn key_usage(certificate: &Certificate) -> bool {
    certificate.digital_signature == Some(true)
}

/// No name has a wildcard (10.1.1.5 to 10.1.1.8).
pub(crate) fn without_wildcard(certificate: &Certificate) -> bool {
    certificate.names.texts().all(|name| !name.contains('*'))
}
