use rand_core::CryptoRng;
use rsa::sha2::Sha256;

use crate::agreement::{PartyInfo, agreed_key};
use crate::{
    ContentEncryption, EcPrivateKey, EcPublicKey, EnvelopeError, KeyManagement, KeyWrap,
    RsaPublicKey, SymmetricKey, WrappingKey,
};

/// A key that encrypts content directly: its algorithm is settled with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectKey {
    algorithm: ContentEncryption,
    key: SymmetricKey,
}

impl DirectKey {
    /// Takes exactly as many octets as the algorithm does.
    pub fn new(algorithm: ContentEncryption, key: SymmetricKey) -> Result<Self, EnvelopeError> {
        let got = key.octets().len();
        if got == algorithm.key_length() {
            Ok(Self { algorithm, key })
        } else {
            Err(EnvelopeError::KeyLength {
                algorithm: algorithm.name(),
                expected: algorithm.key_length(),
                got,
            })
        }
    }

    /// The only content encryption that it serves.
    pub fn algorithm(&self) -> ContentEncryption {
        self.algorithm
    }

    /// The key for `algorithm`, if it is the one that it serves.
    pub(crate) fn serving(
        &self,
        algorithm: ContentEncryption,
    ) -> Result<&SymmetricKey, EnvelopeError> {
        if algorithm == self.algorithm {
            Ok(&self.key)
        } else {
            Err(EnvelopeError::AlgorithmNotPermitted {
                permitted: self.algorithm.name(),
                got: algorithm.name(),
            })
        }
    }
}

/// What one recipient is sent the content encryption key with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EncryptionKey {
    /// The key that both have encrypts the content.
    Direct(DirectKey),
    /// The key that both have wraps it.
    Wrap(WrappingKey),
    /// It is encrypted to an RSA key.
    RsaOaep256(RsaPublicKey),
    /// It is wrapped with a key that is agreed on with an elliptic curve key.
    EcdhEs(KeyWrap, EcPublicKey),
}

/// What a recipient needs to come to the content encryption key.
pub(crate) struct Conveyed {
    pub(crate) encrypted_key: Vec<u8>,
    /// The public key that was made for it, where one is agreed on.
    pub(crate) ephemeral: Option<EcPublicKey>,
}

impl EncryptionKey {
    /// Its algorithm.
    pub fn algorithm(&self) -> KeyManagement {
        match self {
            Self::Direct(_) => KeyManagement::Direct,
            Self::Wrap(key) => KeyManagement::Wrap(key.algorithm()),
            Self::RsaOaep256(_) => KeyManagement::RsaOaep256,
            Self::EcdhEs(wrap, _) => KeyManagement::EcdhEs(*wrap),
        }
    }

    pub(crate) fn convey<R: CryptoRng + ?Sized>(
        &self,
        content_key: &SymmetricKey,
        rng: &mut R,
    ) -> Result<Conveyed, EnvelopeError> {
        let mut ephemeral = None;
        let encrypted_key = match self {
            Self::Direct(_) => Vec::new(),
            Self::Wrap(key) => key.wrap(content_key)?,
            Self::RsaOaep256(key) => {
                let encrypted = key
                    .0
                    .oaep_encrypt_with_rng::<Sha256, R>(rng, content_key.octets());
                encrypted.map_err(|_| EnvelopeError::RsaKey)?
            }
            Self::EcdhEs(wrap, key) => {
                let own = EcPrivateKey::generate(key.curve(), rng);
                ephemeral = Some(own.public_key());
                agreed_key(&own, key, *wrap, PartyInfo::default())?.wrap(content_key)?
            }
        };
        Ok(Conveyed {
            encrypted_key,
            ephemeral,
        })
    }
}
