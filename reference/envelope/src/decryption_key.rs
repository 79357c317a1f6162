use rsa::sha2::Sha256;
use zeroize::Zeroizing;

use crate::agreement::{PartyInfo, agreed_key};
use crate::{
    ContentEncryption, DirectKey, EcPrivateKey, EcPublicKey, EnvelopeError, KeyManagement, KeyWrap,
    Part, RsaPrivateKey, SymmetricKey, WrappingKey,
};

/// What a recipient comes to the content encryption key with. It serves its own algorithm alone, whatever a header says.
#[derive(Clone, Debug)]
pub enum DecryptionKey {
    /// The key that both have is the content encryption key: `dir`.
    Direct(DirectKey),
    /// The key that both have unwraps it.
    Wrap(WrappingKey),
    /// The RSA key decrypts it.
    RsaOaep256(RsaPrivateKey),
    /// The elliptic curve key agrees on the key that unwraps it, of any size.
    EcdhEs(EcPrivateKey),
}

/// What stands with an encrypted key.
pub(crate) struct Encrypted<'a> {
    pub(crate) key_management: KeyManagement,
    pub(crate) content_encryption: ContentEncryption,
    pub(crate) encrypted_key: &'a [u8],
    pub(crate) ephemeral: Option<&'a EcPublicKey>,
    pub(crate) parties: PartyInfo<'a>,
}

impl DecryptionKey {
    /// The content encryption key. Whether an RSA decryption succeeded is not told: if it did not, the key is a random
    /// one, so that the tag does not fit (RFC 7516, 11.5).
    pub(crate) fn content_key(
        &self,
        encrypted: &Encrypted<'_>,
    ) -> Result<SymmetricKey, EnvelopeError> {
        let algorithm = encrypted.content_encryption;
        match (self, encrypted.key_management) {
            (Self::Direct(key), KeyManagement::Direct) => key.serving(algorithm).cloned(),
            (Self::Wrap(key), KeyManagement::Wrap(wrap)) if key.algorithm() == wrap => {
                key.unwrap(encrypted.encrypted_key)
            }
            (Self::RsaOaep256(key), KeyManagement::RsaOaep256) => rsa_key(key, encrypted),
            (Self::EcdhEs(key), KeyManagement::EcdhEs(wrap)) => {
                let ephemeral = encrypted
                    .ephemeral
                    .ok_or(EnvelopeError::Missing { name: "epk" })?;
                agreed_key(key, ephemeral, wrap, encrypted.parties)?.unwrap(encrypted.encrypted_key)
            }
            (_, got) => Err(EnvelopeError::AlgorithmNotPermitted {
                permitted: self.permitted(),
                got: got.name(),
            }),
        }
    }

    fn permitted(&self) -> &'static str {
        match self {
            Self::Direct(_) => KeyManagement::Direct.name(),
            Self::Wrap(key) => key.algorithm().name(),
            Self::RsaOaep256(_) => KeyManagement::RsaOaep256.name(),
            Self::EcdhEs(_) => "ECDH-ES+A128KW, ECDH-ES+A192KW or ECDH-ES+A256KW",
        }
    }
}

fn rsa_key(key: &RsaPrivateKey, encrypted: &Encrypted<'_>) -> Result<SymmetricKey, EnvelopeError> {
    let expected = key.public_key().length();
    let got = encrypted.encrypted_key.len();
    if got != expected {
        return Err(EnvelopeError::PartLength {
            part: Part::EncryptedKey,
            expected,
            got,
        });
    }
    let length = encrypted.content_encryption.key_length();
    let mut random = Zeroizing::new(vec![0; length]);
    getrandom::fill(&mut random).map_err(|_| EnvelopeError::NoRandom)?;
    let decrypted = key.0.oaep_decrypt::<Sha256>(encrypted.encrypted_key);
    Ok(match decrypted.map(Zeroizing::new) {
        Ok(decrypted) if decrypted.len() == length => decrypted.into(),
        _ => random.into(),
    })
}

impl KeyManagement {
    /// The octets of an encrypted key, where the algorithm alone says how many.
    pub(crate) fn encrypted_length(self, content_encryption: ContentEncryption) -> Option<usize> {
        match self {
            Self::Direct => Some(0),
            Self::Wrap(_) | Self::EcdhEs(_) => {
                Some(KeyWrap::wrapped_length(content_encryption.key_length()))
            }
            Self::RsaOaep256 => None,
        }
    }
}
