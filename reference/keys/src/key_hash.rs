use zeroize::Zeroizing;

use crate::hmac::{hmac_sha256, hmac_sha512};

/// The hash of a derivation that leaves it open (TS-0003 V3.18.0, 10.3.6 and Table 9.2.3.3-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyHash {
    /// HMAC-SHA-256: keys of 32 octets.
    Sha256,
    /// HMAC-SHA-512: keys of 64 octets.
    Sha512,
}

impl KeyHash {
    /// The number of octets of a key that is derived with it.
    pub fn length(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }

    pub(crate) fn hmac(self, key: &[u8], parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(match self {
            Self::Sha256 => hmac_sha256(key, parts).to_vec(),
            Self::Sha512 => hmac_sha512(key, parts).to_vec(),
        })
    }
}
