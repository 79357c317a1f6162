use aes::cipher::{BlockCipherEncrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256, Block};
use ghash::GHash;
use ghash::universal_hash::UniversalHash;
use zeroize::Zeroizing;

use crate::{EnvelopeError, SymmetricKey, TAG_LENGTH};

/// What AES-GCM makes of octets with this key and an initialization vector of any length: plaintext becomes ciphertext, and the other way. No
/// tag is looked at.
pub fn gcm_crypt(
    key: &SymmetricKey,
    iv: &[u8],
    octets: &[u8],
) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
    let cipher = Cipher::new(key)?;
    let mut counter = cipher.first_counter(iv);
    let mut output = Zeroizing::new(octets.to_vec());
    for chunk in output.chunks_mut(16) {
        increment(&mut counter);
        let stream = cipher.encrypt(counter);
        for (octet, pad) in chunk.iter_mut().zip(stream) {
            *octet ^= pad;
        }
    }
    Ok(output)
}

/// The whole tag of AES-GCM (NIST SP 800-38D, 7.1).
pub fn gcm_tag(
    key: &SymmetricKey,
    iv: &[u8],
    aad: &[u8],
    ciphertext: &[u8],
) -> Result<[u8; TAG_LENGTH], EnvelopeError> {
    let cipher = Cipher::new(key)?;
    let mask = cipher.encrypt(cipher.first_counter(iv));
    let mut tag = cipher.hash(aad, ciphertext);
    for (octet, pad) in tag.iter_mut().zip(mask) {
        *octet ^= pad;
    }
    Ok(tag)
}

enum Cipher {
    Aes128(Aes128),
    Aes192(Aes192),
    Aes256(Aes256),
}

impl Cipher {
    fn new(key: &SymmetricKey) -> Result<Self, EnvelopeError> {
        let octets = key.octets();
        Aes128::new_from_slice(octets)
            .map(Self::Aes128)
            .or_else(|_| Aes192::new_from_slice(octets).map(Self::Aes192))
            .or_else(|_| Aes256::new_from_slice(octets).map(Self::Aes256))
            .map_err(|_| EnvelopeError::KeyLength {
                algorithm: "AES",
                expected: 32,
                got: octets.len(),
            })
    }

    fn encrypt(&self, block: [u8; 16]) -> [u8; 16] {
        let mut block = Block::from(block);
        match self {
            Self::Aes128(cipher) => cipher.encrypt_block(&mut block),
            Self::Aes192(cipher) => cipher.encrypt_block(&mut block),
            Self::Aes256(cipher) => cipher.encrypt_block(&mut block),
        }
        block.into()
    }

    /// J0 of NIST SP 800-38D, 7.1: the vector itself and 1, or a hash of a vector that is not 96 bits long.
    fn first_counter(&self, iv: &[u8]) -> [u8; 16] {
        match <[u8; 12]>::try_from(iv) {
            Ok(iv) => {
                let mut counter = [0; 16];
                for (slot, octet) in counter.iter_mut().zip(iv) {
                    *slot = octet;
                }
                counter[15] = 1;
                counter
            }
            Err(_) => self.hash(&[], iv),
        }
    }

    fn hash(&self, aad: &[u8], octets: &[u8]) -> [u8; 16] {
        let mut hash = GHash::new(&self.encrypt([0; 16]).into());
        hash.update_padded(aad);
        hash.update_padded(octets);
        let bits = |part: &[u8]| 8 * part.len() as u128;
        let lengths = ((bits(aad) << 64) | bits(octets)).to_be_bytes();
        hash.update(&[lengths.into()]);
        hash.finalize().into()
    }
}

/// The last 32 bits count, and wrap.
fn increment(counter: &mut [u8; 16]) {
    let value = u128::from_be_bytes(*counter);
    let low = u128::from((value as u32).wrapping_add(1));
    *counter = ((value >> 32 << 32) | low).to_be_bytes();
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::{gcm_crypt, gcm_tag};
    use crate::{ContentEncryption, SymmetricKey};

    #[test]
    fn a_vector_of_60_octets_is_hashed() {
        // Test case 6 of the submission of GCM to NIST.
        let key = SymmetricKey::new(&hex("feffe9928665731c6d6a8f9467308308"));
        let iv = hex(
            "9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728c3c0c95156809539fcf0e2429a6b525416aedbf5a0de6a57a637b39b",
        );
        let aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        let plaintext = hex(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        );
        let ciphertext = gcm_crypt(&key, &iv, &plaintext).unwrap();
        let tag = gcm_tag(&key, &iv, &aad, &ciphertext).unwrap();
        assert_eq!(tag.to_vec(), hex("619cc5aefffe0bfa462af43c1699d050"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_follows_the_rules_opens(
            algorithm in proptest::sample::select(&ContentEncryption::ALL),
            key: [u8; 32],
            iv: [u8; 12],
            aad in vec(any::<u8>(), 0..80),
            plaintext in vec(any::<u8>(), 0..80),
        ) {
            let key = SymmetricKey::new(&key[..algorithm.key_length()]);
            let ciphertext = gcm_crypt(&key, &iv, &plaintext).unwrap();
            let tag = gcm_tag(&key, &iv, &aad, &ciphertext).unwrap();
            let sealed = algorithm.seal(&key, &iv, &aad, &plaintext).unwrap();
            prop_assert_eq!(&sealed.ciphertext, &*ciphertext);
            prop_assert_eq!(sealed.tag, tag);
        }
    }

    fn hex(digits: &str) -> Vec<u8> {
        (0..digits.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
            .collect()
    }
}
