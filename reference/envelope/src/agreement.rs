use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    EcPrivateKey, EcPublicKey, EnvelopeError, KeyManagement, KeyWrap, SymmetricKey, WrappingKey,
};

/// What a key is derived from beside the secret (RFC 7518, 4.6.2): the octets of `apu` and `apv`.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartyInfo<'a> {
    /// About the producer.
    pub producer: &'a [u8],
    /// About the recipient.
    pub recipient: &'a [u8],
}

/// The key that wraps the content encryption key (RFC 7518, 4.6).
pub fn agreed_key(
    own: &EcPrivateKey,
    other: &EcPublicKey,
    wrap: KeyWrap,
    parties: PartyInfo<'_>,
) -> Result<WrappingKey, EnvelopeError> {
    let secret = own.agree(other)?;
    let algorithm = KeyManagement::EcdhEs(wrap).name();
    let mut hash = Sha256::new();
    // One round: no key is longer than a digest.
    hash.update(1u32.to_be_bytes());
    hash.update(&*secret);
    for part in [algorithm.as_bytes(), parties.producer, parties.recipient] {
        hash.update(length(part.len())?);
        hash.update(part);
    }
    hash.update(length(8 * wrap.key_length())?);
    let digest = Zeroizing::new(<[u8; 32]>::from(hash.finalize()));
    let key = digest.get(..wrap.key_length()).unwrap_or_default();
    WrappingKey::new(wrap, SymmetricKey::new(key))
}

fn length(octets: usize) -> Result<[u8; 4], EnvelopeError> {
    u32::try_from(octets)
        .map(u32::to_be_bytes)
        .map_err(|_| EnvelopeError::PlaintextTooLong)
}
