//! The certificate of the client, and the proof that it has the key.

use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};

use super::{Configuration, Refusal};

use crate::messages::{
    AlertDescription, CertificateRequest, ClientCertificateKind, DigitallySigned, SignatureScheme,
};

/// SubjectPublicKeyInfo of a key on secp256r1 up to its point, uncompressed (RFC 5480, 2; TS-0003 V3.18.0, 10.1.1.1):
/// id-ecPublicKey, secp256r1, and a bit string of 65 octets.
const SECP256R1: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// The first octet of an uncompressed point.
const UNCOMPRESSED: u8 = 4;

/// What the client is asked for: a certificate that signs with ECDSA and SHA-256 (RFC 5246, 7.4.4; RFC 8422, 5.5); nothing
/// if nobody judges what it would show.
pub(crate) fn certificate_request(configuration: &Configuration) -> Option<CertificateRequest> {
    if configuration.judges().is_empty() {
        return None;
    }
    Some(CertificateRequest {
        certificate_types: vec![ClientCertificateKind::ECDSA_SIGN],
        supported_signature_algorithms: vec![SignatureScheme::ECDSA_SECP256R1_SHA256],
        certificate_authorities: Vec::new(),
    })
}

/// Whether a client may go on without a certificate: it may not (RFC 5246, 7.4.6; TS-0003 V3.18.0, 8.2.2.2).
pub(crate) fn no_certificate() -> Result<(), Refusal> {
    Err(Refusal::new(
        AlertDescription::HANDSHAKE_FAILURE,
        "expected a certificate of the client, got none",
    ))
}

/// The SubjectPublicKeyInfo of a chain, if it is judged to be good (RFC 5246, 7.4.6).
pub(crate) fn judge(configuration: &Configuration, chain: &[Vec<u8>]) -> Result<Vec<u8>, Refusal> {
    match &configuration.judge {
        Some(judge) => judge(chain),
        None => Err(Refusal::new(
            AlertDescription::UNEXPECTED_MESSAGE,
            "expected no certificate, since none was asked for",
        )),
    }
}

/// Whether a raw public key is judged to be good (RFC 7250, 4.4; TS-0003 V3.18.0, 8.1.2.4).
pub(crate) fn judge_raw_public_key(
    configuration: &Configuration,
    subject_public_key_info: &[u8],
) -> Result<(), Refusal> {
    match &configuration.raw_public_key_judge {
        Some(judge) => judge(subject_public_key_info),
        None => Err(Refusal::new(
            AlertDescription::UNEXPECTED_MESSAGE,
            "expected no raw public key, since none was asked for",
        )),
    }
}

/// The public key of the client: on secp256r1, its point uncompressed (TS-0003 V3.18.0, 10.1.1.1).
pub(crate) fn public_key(subject_public_key_info: &[u8]) -> Result<VerifyingKey, Refusal> {
    subject_public_key_info
        .strip_prefix(&SECP256R1)
        .filter(|point| point.first() == Some(&UNCOMPRESSED))
        .and_then(|point| VerifyingKey::from_sec1_bytes(point).ok())
        .ok_or_else(|| {
            Refusal::new(
                AlertDescription::UNSUPPORTED_CERTIFICATE,
                "expected a key on secp256r1 with an uncompressed point, got another",
            )
        })
}

/// Whether the client has the key of its certificate: a signature, in the one algorithm that was asked for, over all
/// messages before (RFC 5246, 7.4.8).
pub(crate) fn certificate_verify(
    key: &VerifyingKey,
    messages: &[u8],
    signed: &DigitallySigned,
) -> Result<(), Refusal> {
    if signed.algorithm != SignatureScheme::ECDSA_SECP256R1_SHA256 {
        return Err(Refusal::new(
            AlertDescription::ILLEGAL_PARAMETER,
            format!(
                "expected a signature with {}, got {}",
                SignatureScheme::ECDSA_SECP256R1_SHA256,
                signed.algorithm
            ),
        ));
    }
    Signature::from_der(&signed.signature)
        .and_then(|signature| key.verify(messages, &signature))
        .map_err(|_| {
            Refusal::new(
                AlertDescription::DECRYPT_ERROR,
                "expected a signature by the key of the certificate over the handshake, got another",
            )
        })
}
