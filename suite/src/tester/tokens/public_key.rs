//! A public key in the forms in which somebody might take it for a secret.

use onem2m_envelope::{Curve, EcPublicKey, base64url};

/// What stands before the coordinates of a P-256 key in a SubjectPublicKeyInfo (RFC 5480, 2).
const BEFORE_THE_COORDINATES: [u8; 27] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
];

/// SubjectPublicKeyInfo of a P-256 key.
pub(super) fn der(key: &EcPublicKey) -> Option<Vec<u8>> {
    let (x, y) = key.coordinates();
    let is_p256 = key.curve() == Curve::P256;
    is_p256.then(|| [&BEFORE_THE_COORDINATES[..], &x, &y].concat())
}

/// The same as PEM (RFC 7468), without the end of its last line.
pub(super) fn pem(der: &[u8]) -> String {
    let lines: Vec<_> = base64(der)
        .as_bytes()
        .chunks(64)
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    let lines = lines.join("\n");
    format!("-----BEGIN PUBLIC KEY-----\n{lines}\n-----END PUBLIC KEY-----")
}

/// Base64 with padding (RFC 4648, 4).
pub(super) fn base64(octets: &[u8]) -> String {
    let mut text = base64url::encode(octets)
        .replace('-', "+")
        .replace('_', "/");
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{base64, pem};

    #[test]
    fn lines_have_64_characters_at_most() {
        let text = pem(&[0; 91]);
        let lengths: Vec<usize> = text.lines().map(str::len).collect();
        assert_eq!(lengths, [26, 64, 60, 24]);
        assert_eq!(base64(b"\xfb\xff"), "+/8=");
    }
}
