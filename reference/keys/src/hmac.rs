use hmac::digest::array::Array;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The number of octets that HMAC-SHA-256 gives.
pub(crate) const HMAC_LENGTH: usize = 32;

/// The block of SHA-256, to which HMAC brings its key (RFC 2104, 2).
const BLOCK_LENGTH: usize = 64;

/// HMAC-SHA-256 over the concatenation of the parts (RFC 2104), with a key of any length.
pub(crate) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> Zeroizing<[u8; HMAC_LENGTH]> {
    let block = key_block(key);
    let mut mac = Hmac::<Sha256>::new(&Array::from(*block));
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// The key as one block: a longer one hashed, a shorter one followed by zeros. Of a whole block the crate below takes any,
/// where of a slice it could fail.
fn key_block(key: &[u8]) -> Zeroizing<[u8; BLOCK_LENGTH]> {
    let mut block = Zeroizing::new([0; BLOCK_LENGTH]);
    if key.len() > BLOCK_LENGTH {
        let digest = Zeroizing::new(<[u8; 32]>::from(Sha256::digest(key)));
        fill(block.as_mut_slice(), digest.as_slice());
    } else {
        fill(block.as_mut_slice(), key);
    }
    block
}

fn fill(block: &mut [u8], octets: &[u8]) {
    for (slot, octet) in block.iter_mut().zip(octets) {
        *slot = *octet;
    }
}
