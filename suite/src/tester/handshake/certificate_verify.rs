use super::conduct::SignatureChange;
use super::credential::CertificateKey;
use super::draw::draw_key;
use super::establish::Handshake;
use super::transcript::Transcript;
use onem2m_association::messages::{DigitallySigned, HandshakeType, SignatureScheme};
use p256::ecdsa::{Signature, SigningKey};
use rand_chacha::rand_core::Rng;
use sha1::{Digest, Sha1};

/// The signature of the CertificateVerify over the messages so far (RFC 5246, 7.4.8). What the credential does not sign is
/// signed by another key.
pub fn sign(
    handshake: &Handshake,
    transcript: &Transcript,
    random: &mut impl Rng,
) -> DigitallySigned {
    let change = handshake.conduct.certificate_verify;
    let left_out =
        (change == SignatureChange::WithoutServerHello).then_some(HandshakeType::SERVER_HELLO.0);
    let octets = transcript.octets_without(left_out);
    let other = SigningKey::from(draw_key(random));
    let key: &dyn CertificateKey = match (change, handshake.credential.signer()) {
        (SignatureChange::OtherKey, _) | (_, None) => &other,
        (_, Some(key)) => key,
    };
    let right = |algorithm| DigitallySigned {
        algorithm,
        signature: key.sign(&octets),
    };
    match change {
        SignatureChange::Right
        | SignatureChange::OtherKey
        | SignatureChange::WithoutServerHello => right(key.scheme()),
        SignatureChange::RZero => halves(key, &octets, |first, _| first.fill(0)),
        SignatureChange::SZero => halves(key, &octets, |_, second| second.fill(0)),
        SignatureChange::Sha1 => DigitallySigned {
            algorithm: SignatureScheme::ECDSA_SHA1,
            signature: key
                .sign_digest(&Sha1::digest(&octets))
                .unwrap_or_else(|| key.sign(&octets)),
        },
        SignatureChange::Earlier => {
            let earlier = handshake.earlier.as_ref();
            let signature = earlier.and_then(|earlier| earlier.signature.clone());
            DigitallySigned {
                algorithm: key.scheme(),
                signature: signature.unwrap_or_default(),
            }
        }
    }
}

/// A signature of which a half was changed.
fn halves(
    key: &dyn CertificateKey,
    octets: &[u8],
    change: impl FnOnce(&mut [u8], &mut [u8]),
) -> DigitallySigned {
    let algorithm = key.scheme();
    let right = key.sign(octets);
    let signature = match Signature::from_der(&right) {
        Ok(signature) => {
            let mut both = signature.to_bytes();
            let (first, second) = both.split_at_mut(32);
            change(first, second);
            let body = [integer(first), integer(second)].concat();
            element(0x30, &body)
        }
        Err(_) => right,
    };
    DigitallySigned {
        algorithm,
        signature,
    }
}

/// An unsigned number in DER (RFC 3279, 2.2.3).
fn integer(octets: &[u8]) -> Vec<u8> {
    let start = octets
        .iter()
        .position(|octet| *octet != 0)
        .unwrap_or(octets.len().saturating_sub(1));
    let mut digits: Vec<u8> = octets.iter().skip(start).copied().collect();
    if digits.first().is_some_and(|first| first & 0x80 != 0) {
        digits.insert(0, 0);
    }
    element(0x02, &digits)
}

/// An element of fewer than 128 octets.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).unwrap_or(u8::MAX);
    [&[tag, length], content].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_without_leading_zeros_and_with_a_sign() {
        assert_eq!(integer(&[0, 0]), [2, 1, 0]);
        assert_eq!(integer(&[0, 0x7f]), [2, 1, 0x7f]);
        assert_eq!(integer(&[0x80]), [2, 2, 0, 0x80]);
    }
}
