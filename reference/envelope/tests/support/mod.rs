//! Keys from their descriptions, and names of errors.

use onem2m_envelope::esdata::KeyRing;
use onem2m_envelope::{
    ContentEncryption, DecryptionKey, DirectKey, EnvelopeError, Header, KeyManagement, MacKey,
    SignatureAlgorithm, VerificationKey, WrappingKey, jwk,
};
use serde_json::{Map, Value};

/// The keys that whoever reads a vector has.
pub(crate) struct Ring(Vec<Value>);

impl Ring {
    pub(crate) fn new(keys: &[&Value]) -> Self {
        Self(keys.iter().map(|key| (*key).clone()).collect())
    }

    /// The key that the header names, of several by that name the one for its algorithm; the only key, if it names none.
    fn key(&self, header: Header<'_>) -> Option<&Value> {
        let Some(kid) = header.key_identifier() else {
            return self.0.first().filter(|_| self.0.len() == 1);
        };
        let named = |key: &&Value| key["kid"] == kid;
        let alike = |key: &Value| header.get("alg").is_some_and(|alg| key["alg"] == *alg);
        let mut same = self.0.iter().filter(|key| named(key) && alike(key));
        same.next().or_else(|| self.0.iter().find(named))
    }

    pub(crate) fn decryption(&self, header: Header<'_>) -> Option<DecryptionKey> {
        decryption_key(self.key(header)?)
    }

    pub(crate) fn verification(&self, header: Header<'_>) -> Option<VerificationKey> {
        verification_key(self.key(header)?)
    }
}

impl KeyRing for Ring {
    fn decryption_key(&self, header: Header<'_>) -> Option<DecryptionKey> {
        self.decryption(header)
    }

    fn verification_key(&self, header: Header<'_>) -> Option<VerificationKey> {
        self.verification(header)
    }
}

fn jwk_of(key: &Value) -> &Map<String, Value> {
    key["jwk"].as_object().unwrap()
}

fn decryption_key(key: &Value) -> Option<DecryptionKey> {
    let jwk = jwk_of(key);
    let wrap =
        |wrap| DecryptionKey::Wrap(WrappingKey::new(wrap, jwk::symmetric(jwk).unwrap()).unwrap());
    let alg = key["alg"].as_str().unwrap();
    match KeyManagement::from_name(alg) {
        Some(KeyManagement::Direct) => {
            let enc = ContentEncryption::from_name(key["enc"].as_str().unwrap()).unwrap();
            let key = DirectKey::new(enc, jwk::symmetric(jwk).unwrap()).unwrap();
            Some(DecryptionKey::Direct(key))
        }
        Some(KeyManagement::Wrap(size)) => Some(wrap(size)),
        Some(KeyManagement::RsaOaep256) => {
            Some(DecryptionKey::RsaOaep256(jwk::rsa_private(jwk).unwrap()))
        }
        _ if alg == "ECDH-ES" => Some(DecryptionKey::EcdhEs(jwk::ec_private(jwk).unwrap())),
        _ => None,
    }
}

fn verification_key(key: &Value) -> Option<VerificationKey> {
    let jwk = jwk_of(key);
    match SignatureAlgorithm::from_name(key["alg"].as_str().unwrap())? {
        SignatureAlgorithm::Hmac(hash) => {
            let key = MacKey::new(hash, jwk::symmetric(jwk).unwrap()).unwrap();
            Some(VerificationKey::Mac(key))
        }
        SignatureAlgorithm::Rsa(hash) => {
            Some(VerificationKey::Rsa(hash, jwk::rsa_public(jwk).unwrap()))
        }
        SignatureAlgorithm::Ecdsa(_) => Some(VerificationKey::Ecdsa(jwk::ec_public(jwk).unwrap())),
    }
}

/// The name of an error: its variant, and what it is about where that makes a difference.
pub(crate) fn error_name(error: &EnvelopeError) -> String {
    let name = variant(error);
    match error {
        EnvelopeError::Base64Url { error, .. } => format!("{name}/{}", variant(error)),
        EnvelopeError::Json { error, .. } => format!("{name}/{}", variant(error)),
        EnvelopeError::PartLength { part, .. } | EnvelopeError::Empty { part } => {
            format!("{name}/{part:?}")
        }
        EnvelopeError::Missing { name: member } | EnvelopeError::Kind { name: member, .. } => {
            format!("{name}/{member}")
        }
        _ => name,
    }
}

fn variant(error: &impl std::fmt::Debug) -> String {
    let text = format!("{error:?}");
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric());
    text[..end.unwrap_or(text.len())].to_owned()
}
