//! Records in AES-128-CCM (RFC 5246, 6.2.3.3; RFC 6655, 3).

use aes::Aes128;
use ccm::Ccm;
use ccm::aead::{Aead, KeyInit, Payload};
use ccm::consts::{U8, U12, U16};
use onem2m_keys::WriteKeys;

use super::{OpenFailure, RecordContext, Refusal};

/// With a tag of 8 octets.
pub(crate) type Ccm8 = Ccm<Aes128, U8, U12>;
/// With a tag of 16 octets.
pub(crate) type Ccm16 = Ccm<Aes128, U16, U12>;

/// The part of the nonce that is sent.
const EXPLICIT: usize = 8;

/// A cipher with a tag of either length.
pub(crate) trait Tagged: Aead<NonceSize = U12> + KeyInit {
    /// The octets of the tag.
    const TAG: usize;
}

impl Tagged for Ccm8 {
    const TAG: usize = 8;
}

impl Tagged for Ccm16 {
    const TAG: usize = 16;
}

pub(crate) fn seal<C: Tagged>(
    keys: &WriteKeys,
    context: &RecordContext,
    content: &[u8],
) -> Result<Vec<u8>, Refusal> {
    let explicit = context.number.to_be_bytes();
    let sealed = cipher::<C>(keys)
        .zip(nonce(keys, explicit))
        .and_then(|(cipher, nonce)| {
            let aad = context.authenticated(content.len());
            let payload = Payload {
                msg: content,
                aad: &aad,
            };
            cipher.encrypt(&nonce.into(), payload).ok()
        })
        .ok_or_else(|| Refusal::internal("the cipher takes no key or content of this length"))?;
    Ok([explicit.as_slice(), &sealed].concat())
}

pub(crate) fn open<C: Tagged>(
    keys: &WriteKeys,
    context: &RecordContext,
    fragment: &[u8],
) -> Result<Vec<u8>, OpenFailure> {
    let (explicit, sealed) = fragment
        .split_first_chunk::<EXPLICIT>()
        .ok_or(OpenFailure::Length)?;
    let length = sealed
        .len()
        .checked_sub(C::TAG)
        .ok_or(OpenFailure::Length)?;
    let aad = context.authenticated(length);
    let payload = Payload {
        msg: sealed,
        aad: &aad,
    };
    cipher::<C>(keys)
        .zip(nonce(keys, *explicit))
        .and_then(|(cipher, nonce)| cipher.decrypt(&nonce.into(), payload).ok())
        .ok_or(OpenFailure::Authentication)
}

fn cipher<C: Tagged>(keys: &WriteKeys) -> Option<C> {
    C::new_from_slice(&keys.cipher_key).ok()
}

/// The nonce: a part from the key block, and a part that is sent (RFC 6655, 3).
fn nonce(keys: &WriteKeys, explicit: [u8; EXPLICIT]) -> Option<[u8; 12]> {
    [keys.fixed_iv.as_slice(), &explicit]
        .concat()
        .try_into()
        .ok()
}
