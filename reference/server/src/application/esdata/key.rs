use onem2m_envelope::{
    ContentEncryption, DecryptionKey, DirectKey, EcPrivateKey, EcPublicKey, EncryptionKey,
    KeyManagement, KeyWrap, MacKey, RsaPrivateKey, RsaPublicKey, SignatureAlgorithm, SigningKey,
    SymmetricKey, VerificationKey, WrappingKey, jwk,
};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::statement::{Members, StatementError};
use crate::end_to_end::derived::{self, Derive};
use crate::resource::parse_timestamp;

/// What a credential is for, by the number of its type (TS-0003 V3.18.0, 12.3.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    /// 14: a key that encrypts content directly.
    Direct,
    /// 15: a key that wraps keys.
    Wrap,
    /// 16: a key for message authentication codes.
    Mac,
    /// 41 to 45: a certificate to encrypt to.
    Encryption,
    /// 51 to 55: a certificate for signatures.
    Signature,
}

impl Usage {
    fn of_type(number: u64) -> Option<Self> {
        match number {
            14 => Some(Self::Direct),
            15 => Some(Self::Wrap),
            16 => Some(Self::Mac),
            41..=45 => Some(Self::Encryption),
            51..=55 => Some(Self::Signature),
            _ => None,
        }
    }
}

/// The octets of a key, or its numbers.
#[derive(Clone, Debug)]
pub(crate) enum Material {
    /// Of a key that both sides have.
    Symmetric(SymmetricKey),
    /// Of an RSA key of the AE itself.
    Rsa(RsaPrivateKey),
    /// Of an RSA key of somebody else.
    RsaPublic(RsaPublicKey),
    /// Of an elliptic curve key of the AE itself.
    Ec(EcPrivateKey),
    /// Of an elliptic curve key of somebody else.
    EcPublic(EcPublicKey),
}

/// A key of which an AE was told.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// By which name headers identify it.
    pub(crate) kid: String,
    /// What it is for.
    pub(crate) usage: Usage,
    /// The JOSE name of its algorithm.
    pub(crate) algorithm: String,
    /// The content encryption, where it is used directly.
    pub(crate) encryption: Option<ContentEncryption>,
    /// The key itself.
    pub(crate) material: Material,
    /// When it ends, if it does (TS-0003 V3.18.0, 8.5.2.2.2).
    pub(crate) expires: Option<OffsetDateTime>,
}

impl Key {
    /// Reads a key of a statement.
    pub(super) fn read(value: &Value, derive: Derive) -> Result<Self, StatementError> {
        let key = Members::of(value)?;
        let number = key.number("type")?;
        let usage = Usage::of_type(number).ok_or(StatementError::CredentialType(number))?;
        let encryption = key
            .find("enc")?
            .map(|name| {
                let wrong = || StatementError::value("enc", "a content encryption", name);
                ContentEncryption::from_name(name).ok_or_else(wrong)
            })
            .transpose()?;
        let expires = key
            .find("expires")?
            .map(|text| {
                let wrong = || StatementError::value("expires", "a timestamp", text);
                parse_timestamp(text).ok_or_else(wrong)
            })
            .transpose()?;
        Ok(Self {
            kid: key.text("kid")?.to_owned(),
            usage,
            algorithm: key.text("alg")?.to_owned(),
            encryption,
            material: in_use(material(key.object("jwk")?)?, key.any("derived"), derive)?,
            expires,
        })
    }

    /// What it opens with, if it is one for that.
    pub(crate) fn decryption(&self) -> Option<DecryptionKey> {
        match (&self.material, management(&self.algorithm)?) {
            (Material::Symmetric(_), KeyManagement::Direct) => {
                self.direct().map(DecryptionKey::Direct)
            }
            (Material::Symmetric(key), KeyManagement::Wrap(wrap)) => {
                WrappingKey::new(wrap, key.clone())
                    .ok()
                    .map(DecryptionKey::Wrap)
            }
            (Material::Rsa(key), KeyManagement::RsaOaep256) => {
                Some(DecryptionKey::RsaOaep256(key.clone()))
            }
            (Material::Ec(key), KeyManagement::EcdhEs(_)) => {
                Some(DecryptionKey::EcdhEs(key.clone()))
            }
            _ => None,
        }
    }

    /// What is encrypted with for whoever has the other side of it.
    pub(crate) fn encryption(&self) -> Option<EncryptionKey> {
        match (&self.material, management(&self.algorithm)?) {
            (Material::Symmetric(_), KeyManagement::Direct) => {
                self.direct().map(EncryptionKey::Direct)
            }
            (Material::Symmetric(key), KeyManagement::Wrap(wrap)) => {
                WrappingKey::new(wrap, key.clone())
                    .ok()
                    .map(EncryptionKey::Wrap)
            }
            (Material::RsaPublic(key), KeyManagement::RsaOaep256) => {
                Some(EncryptionKey::RsaOaep256(key.clone()))
            }
            (Material::EcPublic(key), KeyManagement::EcdhEs(wrap)) => {
                Some(EncryptionKey::EcdhEs(wrap, key.clone()))
            }
            _ => None,
        }
    }

    /// What it verifies with, if it is one for that.
    pub(crate) fn verification(&self) -> Option<VerificationKey> {
        match (
            &self.material,
            SignatureAlgorithm::from_name(&self.algorithm)?,
        ) {
            (Material::Symmetric(key), SignatureAlgorithm::Hmac(hash)) => {
                MacKey::new(hash, key.clone())
                    .ok()
                    .map(VerificationKey::Mac)
            }
            (Material::RsaPublic(key), SignatureAlgorithm::Rsa(hash)) => {
                Some(VerificationKey::Rsa(hash, key.clone()))
            }
            (Material::EcPublic(key), SignatureAlgorithm::Ecdsa(_)) => {
                Some(VerificationKey::Ecdsa(key.clone()))
            }
            _ => None,
        }
    }

    /// What it signs with, if it is one for that.
    pub(crate) fn signing(&self) -> Option<SigningKey> {
        match (
            &self.material,
            SignatureAlgorithm::from_name(&self.algorithm)?,
        ) {
            (Material::Symmetric(key), SignatureAlgorithm::Hmac(hash)) => {
                MacKey::new(hash, key.clone()).ok().map(SigningKey::Mac)
            }
            (Material::Rsa(key), SignatureAlgorithm::Rsa(hash)) => {
                Some(SigningKey::Rsa(hash, key.clone()))
            }
            (Material::Ec(key), SignatureAlgorithm::Ecdsa(_)) => {
                Some(SigningKey::Ecdsa(key.clone()))
            }
            _ => None,
        }
    }

    fn direct(&self) -> Option<DirectKey> {
        match &self.material {
            Material::Symmetric(key) => DirectKey::new(self.encryption?, key.clone()).ok(),
            _ => None,
        }
    }
}

/// The key management of a name. A key for agreement may serve any size, which its name then leaves out.
fn management(name: &str) -> Option<KeyManagement> {
    match name {
        "ECDH-ES" => Some(KeyManagement::EcdhEs(KeyWrap::A256)),
        name => KeyManagement::from_name(name),
    }
}

/// What is derived from a symmetric key, where that is said.
fn in_use(
    material: Material,
    said: Option<&Value>,
    derive: Derive,
) -> Result<Material, StatementError> {
    let wrong = StatementError::Member {
        name: "derived",
        expected: "a derivation from this key",
    };
    match (material, said) {
        (material, None) => Ok(material),
        (Material::Symmetric(key), said) => {
            let octets = derived::in_use(derive, said, key.octets()).ok_or(wrong)?;
            Ok(Material::Symmetric(octets.into()))
        }
        (_, Some(_)) => Err(wrong),
    }
}

fn material(key: &Map<String, Value>) -> Result<Material, StatementError> {
    let is_private = key.contains_key("d");
    let read = match (key.get("kty").and_then(Value::as_str), is_private) {
        (Some("oct"), _) => jwk::symmetric(key).map(Material::Symmetric),
        (Some("RSA"), true) => jwk::rsa_private(key).map(Material::Rsa),
        (Some("RSA"), false) => jwk::rsa_public(key).map(Material::RsaPublic),
        (Some("EC"), true) => jwk::ec_private(key).map(Material::Ec),
        _ => jwk::ec_public(key).map(Material::EcPublic),
    };
    Ok(read?)
}
