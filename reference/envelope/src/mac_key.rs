use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha2::{Sha256, Sha384, Sha512};

use crate::{EnvelopeError, Hash, SignatureAlgorithm, SymmetricKey};

/// A key for message authentication codes: its hash function is settled with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MacKey {
    hash: Hash,
    key: SymmetricKey,
}

impl MacKey {
    /// Takes at least as many octets as a digest has (RFC 7518, 3.2).
    pub fn new(hash: Hash, key: SymmetricKey) -> Result<Self, EnvelopeError> {
        let got = key.octets().len();
        if got < hash.length() {
            return Err(EnvelopeError::KeyTooShort {
                algorithm: SignatureAlgorithm::Hmac(hash).name(),
                expected: hash.length(),
                got,
            });
        }
        Ok(Self { hash, key })
    }

    /// The only hash function that it serves.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    pub(crate) fn sign(&self, input: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
        mac(self.hash, self.key.octets(), input)
    }

    pub(crate) fn verify(&self, input: &[u8], code: &[u8]) -> Result<(), EnvelopeError> {
        let expected = self.sign(input)?;
        if ctutils::CtEq::ct_eq(expected.as_slice(), code).to_bool() {
            Ok(())
        } else {
            Err(EnvelopeError::Signature)
        }
    }
}

/// The HMAC of `input` with a key of any length (RFC 2104).
pub(crate) fn mac(hash: Hash, key: &[u8], input: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
    match hash {
        Hash::Sha256 => keyed::<Hmac<Sha256>>(key, input),
        Hash::Sha384 => keyed::<Hmac<Sha384>>(key, input),
        Hash::Sha512 => keyed::<Hmac<Sha512>>(key, input),
    }
}

fn keyed<M: Mac + KeyInit>(key: &[u8], input: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
    let mac = <M as KeyInit>::new_from_slice(key).map_err(|_| EnvelopeError::Signature)?;
    Ok(mac.chain_update(input).finalize().into_bytes().to_vec())
}
