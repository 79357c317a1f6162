use hmac::digest::array::Array;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

/// The number of octets that HMAC-SHA-256 gives.
pub(crate) const HMAC_LENGTH: usize = 32;

/// HMAC-SHA-256 over the concatenation of the parts (RFC 2104), with a key of any length.
pub(crate) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> Zeroizing<[u8; HMAC_LENGTH]> {
    let digest = |long: &[u8]| Zeroizing::new(<[u8; 32]>::from(Sha256::digest(long)));
    let block: Zeroizing<[u8; 64]> = key_block(key, digest);
    let mut mac = Hmac::<Sha256>::new(&Array::from(*block));
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// HMAC-SHA-512, likewise.
pub(crate) fn hmac_sha512(key: &[u8], parts: &[&[u8]]) -> Zeroizing<[u8; 64]> {
    let digest = |long: &[u8]| Zeroizing::new(<[u8; 64]>::from(Sha512::digest(long)));
    let block: Zeroizing<[u8; 128]> = key_block(key, digest);
    let mut mac = Hmac::<Sha512>::new(&Array::from(*block));
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// The key as one block of the hash: a longer one hashed, a shorter one followed by zeros. Of a whole block the crate below
/// takes any, where of a slice it could fail.
fn key_block<const BLOCK: usize, const DIGEST: usize>(
    key: &[u8],
    digest: impl FnOnce(&[u8]) -> Zeroizing<[u8; DIGEST]>,
) -> Zeroizing<[u8; BLOCK]> {
    let mut block = Zeroizing::new([0; BLOCK]);
    if key.len() > BLOCK {
        fill(block.as_mut_slice(), digest(key).as_slice());
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
