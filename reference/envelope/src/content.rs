use aes::cipher::consts::U12;
use aes::{Aes128, Aes192, Aes256};
use aes_gcm::aead::inout::InOutBuf;
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{AesGcm, Nonce, Tag};
use zeroize::Zeroizing;

use crate::{EnvelopeError, Part, SymmetricKey};

/// The octets of an initialization vector (RFC 7518, 5.3).
pub const IV_LENGTH: usize = 12;
/// The octets of an authentication tag (RFC 7518, 5.3).
pub const TAG_LENGTH: usize = 16;

/// How content is encrypted: the values of `enc` in TS-0003 V3.18.0, Table 8.5.3.2-4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentEncryption {
    /// AES-GCM with a key of 128 bits.
    A128Gcm,
    /// AES-GCM with a key of 192 bits.
    A192Gcm,
    /// AES-GCM with a key of 256 bits.
    A256Gcm,
}

/// What encryption makes of a plaintext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// As many octets as the plaintext has.
    pub ciphertext: Vec<u8>,
    /// The authentication tag.
    pub tag: [u8; TAG_LENGTH],
}

impl ContentEncryption {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 3] = [Self::A128Gcm, Self::A192Gcm, Self::A256Gcm];

    /// The value of `enc`.
    pub fn name(self) -> &'static str {
        match self {
            Self::A128Gcm => "A128GCM",
            Self::A192Gcm => "A192GCM",
            Self::A256Gcm => "A256GCM",
        }
    }

    /// The algorithm that a value of `enc` names, letter by letter.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
    }

    /// The octets of its keys.
    pub fn key_length(self) -> usize {
        match self {
            Self::A128Gcm => 16,
            Self::A192Gcm => 24,
            Self::A256Gcm => 32,
        }
    }

    /// Encrypts `plaintext` and authenticates it together with `aad`. An initialization vector serves a key once.
    pub fn seal(
        self,
        key: &SymmetricKey,
        iv: &[u8; IV_LENGTH],
        aad: &[u8],
        plaintext: &[u8],
    ) -> Result<Sealed, EnvelopeError> {
        match self {
            Self::A128Gcm => seal(&self.cipher::<Aes128>(key)?, iv, aad, plaintext),
            Self::A192Gcm => seal(&self.cipher::<Aes192>(key)?, iv, aad, plaintext),
            Self::A256Gcm => seal(&self.cipher::<Aes256>(key)?, iv, aad, plaintext),
        }
    }

    /// The plaintext, if the tag is that of ciphertext, `aad` and key: [`EnvelopeError::Tag`] otherwise.
    pub fn open(
        self,
        key: &SymmetricKey,
        iv: &[u8],
        aad: &[u8],
        ciphertext: &[u8],
        tag: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
        let iv = exactly(Part::InitializationVector, iv)?;
        let tag = exactly(Part::Tag, tag)?;
        match self {
            Self::A128Gcm => open(&self.cipher::<Aes128>(key)?, iv, aad, ciphertext, tag),
            Self::A192Gcm => open(&self.cipher::<Aes192>(key)?, iv, aad, ciphertext, tag),
            Self::A256Gcm => open(&self.cipher::<Aes256>(key)?, iv, aad, ciphertext, tag),
        }
    }

    fn cipher<Aes>(self, key: &SymmetricKey) -> Result<AesGcm<Aes, U12>, EnvelopeError>
    where
        AesGcm<Aes, U12>: KeyInit,
    {
        AesGcm::new_from_slice(key.octets()).map_err(|_| EnvelopeError::KeyLength {
            algorithm: self.name(),
            expected: self.key_length(),
            got: key.octets().len(),
        })
    }
}

fn exactly<const LENGTH: usize>(part: Part, octets: &[u8]) -> Result<&[u8; LENGTH], EnvelopeError> {
    octets.try_into().map_err(|_| EnvelopeError::PartLength {
        part,
        expected: LENGTH,
        got: octets.len(),
    })
}

fn seal<Aes>(
    cipher: &AesGcm<Aes, U12>,
    iv: &[u8; IV_LENGTH],
    aad: &[u8],
    plaintext: &[u8],
) -> Result<Sealed, EnvelopeError>
where
    AesGcm<Aes, U12>: AeadInOut<NonceSize = U12, TagSize = aes_gcm::aead::consts::U16>,
{
    let mut ciphertext = plaintext.to_vec();
    let tag = cipher
        .encrypt_inout_detached(
            &Nonce::from(*iv),
            aad,
            InOutBuf::from(ciphertext.as_mut_slice()),
        )
        .map_err(|_| EnvelopeError::PlaintextTooLong)?;
    Ok(Sealed {
        ciphertext,
        tag: tag.into(),
    })
}

fn open<Aes>(
    cipher: &AesGcm<Aes, U12>,
    iv: &[u8; IV_LENGTH],
    aad: &[u8],
    ciphertext: &[u8],
    tag: &[u8; TAG_LENGTH],
) -> Result<Zeroizing<Vec<u8>>, EnvelopeError>
where
    AesGcm<Aes, U12>: AeadInOut<NonceSize = U12, TagSize = aes_gcm::aead::consts::U16>,
{
    let mut plaintext = Zeroizing::new(ciphertext.to_vec());
    cipher
        .decrypt_inout_detached(
            &Nonce::from(*iv),
            aad,
            InOutBuf::from(plaintext.as_mut_slice()),
            &Tag::from(*tag),
        )
        .map_err(|_| EnvelopeError::Tag)?;
    Ok(plaintext)
}

#[cfg(test)]
mod tests {
    use super::{ContentEncryption, Sealed};
    use crate::{EnvelopeError, Part, SymmetricKey};

    const IV: [u8; 12] = [7; 12];

    fn key(algorithm: ContentEncryption) -> SymmetricKey {
        SymmetricKey::new(&vec![3; algorithm.key_length()])
    }

    fn sealed(algorithm: ContentEncryption) -> Sealed {
        algorithm
            .seal(&key(algorithm), &IV, b"aad", b"text")
            .unwrap()
    }

    #[test]
    fn what_is_sealed_opens() {
        for algorithm in ContentEncryption::ALL {
            let sealed = sealed(algorithm);
            let opened = algorithm.open(
                &key(algorithm),
                &IV,
                b"aad",
                &sealed.ciphertext,
                &sealed.tag,
            );
            assert_eq!(opened.unwrap().as_slice(), b"text");
        }
    }

    #[test]
    fn any_other_octet_does_not() {
        for algorithm in ContentEncryption::ALL {
            let Sealed {
                ciphertext,
                mut tag,
            } = sealed(algorithm);
            let key = key(algorithm);
            let refused = Err(EnvelopeError::Tag);
            assert_eq!(
                algorithm.open(&key, &IV, b"aae", &ciphertext, &tag),
                refused
            );
            assert_eq!(
                algorithm.open(&key, &[8; 12], b"aad", &ciphertext, &tag),
                refused
            );
            assert_eq!(algorithm.open(&key, &IV, b"aad", b"text", &tag), refused);
            tag[15] ^= 1;
            assert_eq!(
                algorithm.open(&key, &IV, b"aad", &ciphertext, &tag),
                refused
            );
        }
    }

    #[test]
    fn other_lengths_are_refused_before_anything_is_decrypted() {
        let algorithm = ContentEncryption::A128Gcm;
        let Sealed { ciphertext, tag } = sealed(algorithm);
        let length = |part, expected, got| {
            Err(EnvelopeError::PartLength {
                part,
                expected,
                got,
            })
        };
        assert_eq!(
            algorithm.open(&key(algorithm), &[7; 16], b"aad", &ciphertext, &tag),
            length(Part::InitializationVector, 12, 16)
        );
        assert_eq!(
            algorithm.open(&key(algorithm), &IV, b"aad", &ciphertext, &tag[..12]),
            length(Part::Tag, 16, 12)
        );
    }

    #[test]
    fn key_of_another_algorithm_is_refused() {
        for algorithm in ContentEncryption::ALL {
            for other in ContentEncryption::ALL {
                let expected = Err(EnvelopeError::KeyLength {
                    algorithm: algorithm.name(),
                    expected: algorithm.key_length(),
                    got: other.key_length(),
                });
                let sealed = algorithm.seal(&key(other), &IV, b"", b"");
                assert!(algorithm == other && sealed.is_ok() || sealed == expected);
            }
        }
    }

    #[test]
    fn names_are_read_letter_by_letter() {
        for algorithm in ContentEncryption::ALL {
            assert_eq!(
                ContentEncryption::from_name(algorithm.name()),
                Some(algorithm)
            );
        }
        assert_eq!(ContentEncryption::from_name("a128gcm"), None);
    }
}
