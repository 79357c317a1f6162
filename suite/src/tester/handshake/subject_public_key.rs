//! The public key of a certificate, as far as a signature is to be verified with it.

use p256::ecdsa::VerifyingKey;

const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;
/// The version of a TBSCertificate, which may be absent (RFC 5280, 4.1).
const VERSION: u8 = 0xa0;

/// The key on P-256 in a certificate (RFC 5280, 4.1); none if there is no such key.
pub fn of_certificate(certificate: &[u8]) -> Option<VerifyingKey> {
    let (mut certificate, _) = element(certificate, SEQUENCE)?;
    let mut body;
    (body, _) = element(certificate, SEQUENCE)?;
    certificate = body;
    if let Some((_, rest)) = element(certificate, VERSION) {
        body = rest;
    }
    // serialNumber, signature, issuer, validity, subject.
    for _ in 0..5 {
        body = any(body)?.2;
    }
    of_information(body)
}

/// The key on P-256 in the SubjectPublicKeyInfo in front of octets (RFC 5480, 2).
pub fn of_information(octets: &[u8]) -> Option<VerifyingKey> {
    let (information, _) = element(octets, SEQUENCE)?;
    let (_, rest) = element(information, SEQUENCE)?;
    let (bits, _) = element(rest, BIT_STRING)?;
    let (unused, point) = bits.split_first()?;
    if *unused != 0 {
        return None;
    }
    VerifyingKey::from_sec1_bytes(point).ok()
}

fn element(octets: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, content, rest) = any(octets)?;
    (found == tag).then_some((content, rest))
}

/// Tag, content and what follows of the element in front, in DER with a tag of one octet.
fn any(octets: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, octets) = octets.split_first()?;
    let (first, octets) = octets.split_first()?;
    let (length, octets) = match first {
        0..=0x7f => (usize::from(*first), octets),
        0x81..=0x83 => {
            let (digits, rest) = octets.split_at_checked(usize::from(first & 0x7f))?;
            let length = digits
                .iter()
                .fold(0, |length, digit| length << 8 | usize::from(*digit));
            (length, rest)
        }
        _ => return None,
    };
    let (content, rest) = octets.split_at_checked(length)?;
    Some((*tag, content, rest))
}
