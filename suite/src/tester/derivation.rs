//! Keys that an IUT derives from what it is given (TS-0003 V3.18.0, 10.3.6).

use onem2m_envelope::base64url;
use onem2m_keys::{EndToEndDerivation, EndToEndOrigin, EndToEndUse, KeyHash};
use serde_json::{Value, json};

/// How a statement says that what is used is derived from the key in it: `from` is `secret`, which is Kpsa or what a source chose
/// in its place, or `master`, which is Ke2e_master.
pub fn statement(derivation: &EndToEndDerivation) -> Value {
    let (from, salt) = match &derivation.from {
        EndToEndOrigin::Secret { salt } if salt.is_empty() => ("secret", None),
        EndToEndOrigin::Secret { salt } => ("secret", Some(base64url::encode(salt))),
        EndToEndOrigin::Master => ("master", None),
    };
    let hash = match derivation.hash {
        KeyHash::Sha256 => "SHA-256",
        KeyHash::Sha512 => "SHA-512",
    };
    json!({"from": from, "hash": hash, "salt": salt, "key": derivation.key.name()})
}

/// From a secret with Salt, from one without, and from a master key.
pub fn ways(key: EndToEndUse, salt: [u8; 32]) -> [(&'static str, EndToEndDerivation); 3] {
    let by = |from| EndToEndDerivation {
        hash: KeyHash::Sha256,
        from,
        key,
    };
    let secret = |salt| by(EndToEndOrigin::Secret { salt });
    [
        ("secret-with-salt", secret(salt.to_vec())),
        ("secret-without-salt", secret(Vec::new())),
        ("master", by(EndToEndOrigin::Master)),
    ]
}
