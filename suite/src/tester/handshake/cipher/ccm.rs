use super::{CipherError, RecordLabel};
use aes::Aes128;
use ccm::Ccm;
use ccm::aead::{Aead, KeyInit, Payload};
use ccm::consts::{U8, U12};
use onem2m_keys::WriteKeys;

type AesCcm8 = Ccm<Aes128, U8, U12>;

/// Octets of the part of a nonce that stands before the ciphertext (RFC 6655, 3).
const EXPLICIT_NONCE: usize = 8;
/// Octets of the tag (RFC 6655, 4).
const TAG: usize = 8;

/// The fragment of a record: the explicit part of the nonce, and the ciphertext with its tag (RFC 5246, 6.2.3.3).
pub fn seal(keys: &WriteKeys, label: &RecordLabel, content: &[u8]) -> Result<Vec<u8>, CipherError> {
    let explicit = label.sequence.to_be_bytes();
    let payload = Payload {
        msg: content,
        aad: &label.octets(content.len()),
    };
    let sealed = cipher(keys)?
        .encrypt(&nonce(keys, &explicit)?.into(), payload)
        .map_err(|_| CipherError::Length { got: content.len() })?;
    Ok([explicit.as_slice(), &sealed].concat())
}

/// The content of a fragment.
pub fn open(
    keys: &WriteKeys,
    label: &RecordLabel,
    fragment: &[u8],
) -> Result<Vec<u8>, CipherError> {
    let wrong = CipherError::Length {
        got: fragment.len(),
    };
    let (explicit, sealed) = fragment.split_at_checked(EXPLICIT_NONCE).ok_or(wrong)?;
    let length = sealed.len().checked_sub(TAG).ok_or(wrong)?;
    let payload = Payload {
        msg: sealed,
        aad: &label.octets(length),
    };
    cipher(keys)?
        .decrypt(&nonce(keys, explicit)?.into(), payload)
        .map_err(|_| CipherError::Authentication)
}

fn cipher(keys: &WriteKeys) -> Result<AesCcm8, CipherError> {
    AesCcm8::new_from_slice(&keys.cipher_key).map_err(|_| CipherError::Keys)
}

fn nonce(keys: &WriteKeys, explicit: &[u8]) -> Result<[u8; 12], CipherError> {
    let nonce = [keys.fixed_iv.as_slice(), explicit].concat();
    nonce.try_into().map_err(|_| CipherError::Keys)
}
