//! The keys of the vectors, and what is made of them.

use std::sync::LazyLock;

use onem2m_envelope::{
    ContentEncryption, DirectKey, EncryptionKey, KeyManagement, KeyWrap, MacKey,
    SignatureAlgorithm, SigningKey, WrappingKey, jwk,
};
use proptest::prelude::ProptestConfig;
use serde_json::{Map, Value};

static VECTORS: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../../vectors/jose.json")).unwrap());

/// Ten thousand cases, or as many as `PROPTEST_CASES` says.
pub(crate) fn cases() -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: match std::env::var_os("PROPTEST_CASES") {
            Some(_) => default.cases,
            None => 10_000,
        },
        failure_persistence: None,
        ..default
    }
}

/// All but those of RFCs, some of which have no name.
pub(crate) fn keys() -> Vec<Value> {
    let keys = VECTORS["keys"].as_object().unwrap();
    let own = keys.iter().filter(|(name, _)| !name.starts_with("rfc"));
    own.map(|(_, key)| key.clone()).collect()
}

pub(crate) fn key(name: &str) -> Value {
    VECTORS["keys"][name].clone()
}

/// All keys that encrypt to a key: three for one that agrees, none for one that signs.
pub(crate) fn encryption_keys(key: &Value) -> Vec<EncryptionKey> {
    let jwk = members(key);
    let name = key["alg"].as_str().unwrap();
    match KeyManagement::from_name(name) {
        Some(KeyManagement::Direct) => {
            let enc = ContentEncryption::from_name(key["enc"].as_str().unwrap()).unwrap();
            let key = DirectKey::new(enc, jwk::symmetric(jwk).unwrap()).unwrap();
            vec![EncryptionKey::Direct(key)]
        }
        Some(KeyManagement::Wrap(size)) => {
            let key = WrappingKey::new(size, jwk::symmetric(jwk).unwrap()).unwrap();
            vec![EncryptionKey::Wrap(key)]
        }
        Some(KeyManagement::RsaOaep256) => {
            vec![EncryptionKey::RsaOaep256(jwk::rsa_public(jwk).unwrap())]
        }
        _ if name == "ECDH-ES" => {
            let agreeing = |wrap| EncryptionKey::EcdhEs(wrap, jwk::ec_public(jwk).unwrap());
            KeyWrap::ALL.map(agreeing).to_vec()
        }
        _ => Vec::new(),
    }
}

/// The key that signs, if it is one for signatures.
pub(crate) fn signing_key(key: &Value) -> Option<SigningKey> {
    let jwk = members(key);
    match SignatureAlgorithm::from_name(key["alg"].as_str().unwrap())? {
        SignatureAlgorithm::Hmac(hash) => {
            let key = MacKey::new(hash, jwk::symmetric(jwk).unwrap()).unwrap();
            Some(SigningKey::Mac(key))
        }
        SignatureAlgorithm::Rsa(hash) => {
            Some(SigningKey::Rsa(hash, jwk::rsa_private(jwk).unwrap()))
        }
        SignatureAlgorithm::Ecdsa(_) => Some(SigningKey::Ecdsa(jwk::ec_private(jwk).unwrap())),
    }
}

fn members(key: &Value) -> &Map<String, Value> {
    key["jwk"].as_object().unwrap()
}
