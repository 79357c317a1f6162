//! Keys for tokens: from a file, or drawn from a seed.

use super::NoToken;
use crate::profile::TokenKey;
use crate::tester::certificate::{KeyAlgorithm, KeyPair, Seed};
use onem2m_envelope::{
    ContentEncryption, Curve, EcPrivateKey, EcPublicKey, KeyManagement, RsaPrivateKey,
    RsaPublicKey, SignatureAlgorithm, SymmetricKey, bare, jwk,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::path::Path;
use zeroize::Zeroizing;

/// The curve of a drawn key for ECDH-ES.
const AGREEMENT_CURVE: Curve = Curve::P256;

/// What there is of a key.
#[derive(Debug, Clone)]
pub enum KeyMaterial {
    /// All of a symmetric one.
    Symmetric(SymmetricKey),
    /// Both parts.
    EcPrivate(EcPrivateKey),
    /// The public part.
    EcPublic(EcPublicKey),
    /// Both parts.
    RsaPrivate(Box<RsaPrivateKey>),
    /// The public part.
    RsaPublic(RsaPublicKey),
}

impl KeyMaterial {
    /// Reads a JWK.
    pub fn read(file: &Path) -> Result<Self, NoToken> {
        let text = std::fs::read(file).map(Zeroizing::new);
        let text = text.map_err(|error| NoToken::key(format!("{}: {error}", file.display())))?;
        let members = bare::object(&text);
        let members =
            members.ok_or_else(|| NoToken::key(format!("{}: expected a JWK", file.display())))?;
        Self::from_jwk(&members)
            .map_err(|error| NoToken::key(format!("{}: {error}", file.display())))
    }

    fn from_jwk(jwk: &Map<String, Value>) -> Result<Self, NoToken> {
        let is_private = jwk.contains_key("d");
        Ok(match jwk.get("kty").and_then(Value::as_str) {
            Some("oct") => Self::Symmetric(jwk::symmetric(jwk)?),
            Some("EC") if is_private => Self::EcPrivate(jwk::ec_private(jwk)?),
            Some("EC") => Self::EcPublic(jwk::ec_public(jwk)?),
            Some("RSA") if is_private => Self::RsaPrivate(Box::new(jwk::rsa_private(jwk)?)),
            Some("RSA") => Self::RsaPublic(jwk::rsa_public(jwk)?),
            _ => return Err(NoToken::key("expected kty to be oct, EC or RSA")),
        })
    }

    /// The key of an identifier and its algorithm: always the same for the same seed. There is one RSA key for all.
    pub fn draw(seed: &str, key: &TokenKey) -> Result<Self, NoToken> {
        let mut random = generator(seed, &key.kid);
        let mut symmetric = |length: usize| {
            let mut octets = Zeroizing::new(vec![0; length]);
            random.fill_bytes(&mut octets);
            Self::Symmetric(SymmetricKey::new(&octets))
        };
        let signature = SignatureAlgorithm::from_name(&key.algorithm);
        let management = KeyManagement::from_name(&key.algorithm);
        let encryption = key
            .encryption
            .as_deref()
            .and_then(ContentEncryption::from_name);
        Ok(match (signature, management, encryption) {
            (Some(SignatureAlgorithm::Hmac(hash)), ..) => symmetric(hash.length()),
            (Some(SignatureAlgorithm::Ecdsa(curve)), ..) => {
                Self::EcPrivate(EcPrivateKey::generate(curve, &mut random))
            }
            (_, Some(KeyManagement::Direct), Some(content)) => symmetric(content.key_length()),
            (_, Some(KeyManagement::Wrap(wrap)), _) => symmetric(wrap.key_length()),
            (_, Some(KeyManagement::EcdhEs(_)), _) => {
                Self::EcPrivate(EcPrivateKey::generate(AGREEMENT_CURVE, &mut random))
            }
            (Some(SignatureAlgorithm::Rsa(_)), ..) | (_, Some(KeyManagement::RsaOaep256), _) => {
                let pair = KeyPair::draw(KeyAlgorithm::Rsa2048, &Seed::new(seed), &key.kid)?;
                Self::RsaPrivate(Box::new(RsaPrivateKey::from_der(
                    &pair.private_key_info()?,
                )?))
            }
            _ => {
                return Err(NoToken::key(format!(
                    "{}: unknown algorithm",
                    key.algorithm
                )));
            }
        })
    }

    /// The public part of an elliptic-curve key.
    pub fn ec_public(&self) -> Option<EcPublicKey> {
        match self {
            Self::EcPrivate(key) => Some(key.public_key()),
            Self::EcPublic(key) => Some(key.clone()),
            _ => None,
        }
    }

    /// The public part of an RSA key.
    pub fn rsa_public(&self) -> Option<RsaPublicKey> {
        match self {
            Self::RsaPrivate(key) => Some(key.public_key()),
            Self::RsaPublic(key) => Some(key.clone()),
            _ => None,
        }
    }
}

/// What is random of one use, always the same for the same texts.
pub(super) fn generator(seed: &str, label: &str) -> ChaCha20Rng {
    let mut hash = Sha256::new();
    for part in ["token", seed, label] {
        hash.update(Sha256::digest(part));
    }
    ChaCha20Rng::from_seed(hash.finalize().into())
}
