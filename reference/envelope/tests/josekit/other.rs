//! What josekit makes of an object.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use josekit::jwe::alg::aeskw::AeskwJweAlgorithm;
use josekit::jwe::alg::direct::DirectJweAlgorithm;
use josekit::jwe::alg::ecdh_es::EcdhEsJweAlgorithm;
use josekit::jwe::alg::rsaes::RsaesJweAlgorithm;
use josekit::jwe::{self, JweDecrypter, JweEncrypter};
use josekit::jwk::Jwk;
use josekit::jws::alg::ecdsa::EcdsaJwsAlgorithm;
use josekit::jws::alg::hmac::HmacJwsAlgorithm;
use josekit::jws::alg::rsassa::RsassaJwsAlgorithm;
use josekit::jws::{self, JwsSigner, JwsVerifier};
use serde_json::Value;

pub(crate) const AGREEMENTS: [EcdhEsJweAlgorithm; 3] = [
    EcdhEsJweAlgorithm::EcdhEsA128kw,
    EcdhEsJweAlgorithm::EcdhEsA192kw,
    EcdhEsJweAlgorithm::EcdhEsA256kw,
];

/// The content of an encrypted object, if josekit opens it with one of the keys. It may find keys by `kid` or not.
pub(crate) fn open(object: &str, keys: &[&Value]) -> Option<Vec<u8>> {
    keys.iter().find_map(|key| {
        with_and_without_kid(key)
            .iter()
            .flat_map(|jwk| decrypters(key, jwk))
            .find_map(|decrypter| opened(object, &*decrypter))
    })
}

/// The payload of a signed object, if josekit verifies it with one of the keys.
pub(crate) fn verify(object: &str, keys: &[&Value]) -> Option<Vec<u8>> {
    keys.iter().find_map(|key| {
        with_and_without_kid(key)
            .iter()
            .filter_map(|jwk| verifier(key, jwk))
            .find_map(|verifier| verified(object, &*verifier))
    })
}

/// What `read` gives. Of initialization vectors that are missing or short josekit panics: that is no acceptance, and in a
/// million cases nobody wants to read of it.
fn quietly<T>(read: impl FnOnce() -> Option<T>) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |about| {
            if !QUIET.get() {
                usual(about);
            }
        }));
    });
    QUIET.set(true);
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    QUIET.set(false);
    read.ok().flatten()
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

fn opened(object: &str, decrypter: &dyn JweDecrypter) -> Option<Vec<u8>> {
    let read = || match object.starts_with('{') {
        true => jwe::deserialize_json(object, decrypter),
        false => jwe::deserialize_compact(object, decrypter),
    };
    let (content, _) = quietly(|| read().ok())?;
    Some(content)
}

fn verified(object: &str, verifier: &dyn JwsVerifier) -> Option<Vec<u8>> {
    let read = || match object.starts_with('{') {
        true => jws::deserialize_json(object, verifier),
        false => jws::deserialize_compact(object, verifier),
    };
    let (payload, _) = quietly(|| read().ok())?;
    Some(payload)
}

fn with_and_without_kid(key: &Value) -> Vec<Jwk> {
    let jwk = || Jwk::from_map(key["jwk"].as_object().unwrap().clone()).unwrap();
    let mut named = jwk();
    match key["kid"].as_str() {
        Some(kid) => named.set_key_id(kid),
        None => return vec![named],
    }
    vec![named, jwk()]
}

fn decrypters(key: &Value, jwk: &Jwk) -> Vec<Box<dyn JweDecrypter>> {
    match key["alg"].as_str().unwrap() {
        "dir" => vec![Box::new(
            DirectJweAlgorithm::Dir.decrypter_from_jwk(jwk).unwrap(),
        )],
        "ECDH-ES" => AGREEMENTS
            .iter()
            .map(|algorithm| Box::new(algorithm.decrypter_from_jwk(jwk).unwrap()) as _)
            .collect(),
        "RSA-OAEP-256" => {
            vec![Box::new(
                RsaesJweAlgorithm::RsaOaep256
                    .decrypter_from_jwk(jwk)
                    .unwrap(),
            )]
        }
        name => wrap(name)
            .map(|algorithm| Box::new(algorithm.decrypter_from_jwk(jwk).unwrap()) as _)
            .into_iter()
            .collect(),
    }
}

/// All that encrypts to a key.
pub(crate) fn encrypters(key: &Value) -> Vec<Box<dyn JweEncrypter>> {
    let jwk = &Jwk::from_map(key["jwk"].as_object().unwrap().clone()).unwrap();
    match key["alg"].as_str().unwrap() {
        "dir" => vec![Box::new(
            DirectJweAlgorithm::Dir.encrypter_from_jwk(jwk).unwrap(),
        )],
        "ECDH-ES" => AGREEMENTS
            .iter()
            .map(|algorithm| Box::new(algorithm.encrypter_from_jwk(jwk).unwrap()) as _)
            .collect(),
        "RSA-OAEP-256" => {
            vec![Box::new(
                RsaesJweAlgorithm::RsaOaep256
                    .encrypter_from_jwk(jwk)
                    .unwrap(),
            )]
        }
        name => wrap(name)
            .map(|algorithm| Box::new(algorithm.encrypter_from_jwk(jwk).unwrap()) as _)
            .into_iter()
            .collect(),
    }
}

fn wrap(name: &str) -> Option<AeskwJweAlgorithm> {
    match name {
        "A128KW" => Some(AeskwJweAlgorithm::A128kw),
        "A192KW" => Some(AeskwJweAlgorithm::A192kw),
        "A256KW" => Some(AeskwJweAlgorithm::A256kw),
        _ => None,
    }
}

fn verifier(key: &Value, jwk: &Jwk) -> Option<Box<dyn JwsVerifier>> {
    let name = key["alg"].as_str().unwrap();
    let hmac = hmac(name).map(|algorithm| Box::new(algorithm.verifier_from_jwk(jwk).unwrap()) as _);
    let rsa =
        || rsa(name).map(|algorithm| Box::new(algorithm.verifier_from_jwk(jwk).unwrap()) as _);
    let ecdsa =
        || ecdsa(name).map(|algorithm| Box::new(algorithm.verifier_from_jwk(jwk).unwrap()) as _);
    hmac.or_else(rsa).or_else(ecdsa)
}

/// What signs with a key, if it is one for signatures.
pub(crate) fn signer(key: &Value) -> Option<Box<dyn JwsSigner>> {
    let jwk = &Jwk::from_map(key["jwk"].as_object().unwrap().clone()).unwrap();
    let name = key["alg"].as_str().unwrap();
    let hmac = hmac(name).map(|algorithm| Box::new(algorithm.signer_from_jwk(jwk).unwrap()) as _);
    let rsa = || rsa(name).map(|algorithm| Box::new(algorithm.signer_from_jwk(jwk).unwrap()) as _);
    let ecdsa =
        || ecdsa(name).map(|algorithm| Box::new(algorithm.signer_from_jwk(jwk).unwrap()) as _);
    hmac.or_else(rsa).or_else(ecdsa)
}

fn hmac(name: &str) -> Option<HmacJwsAlgorithm> {
    match name {
        "HS256" => Some(HmacJwsAlgorithm::Hs256),
        "HS384" => Some(HmacJwsAlgorithm::Hs384),
        "HS512" => Some(HmacJwsAlgorithm::Hs512),
        _ => None,
    }
}

fn rsa(name: &str) -> Option<RsassaJwsAlgorithm> {
    match name {
        "RS256" => Some(RsassaJwsAlgorithm::Rs256),
        "RS384" => Some(RsassaJwsAlgorithm::Rs384),
        "RS512" => Some(RsassaJwsAlgorithm::Rs512),
        _ => None,
    }
}

fn ecdsa(name: &str) -> Option<EcdsaJwsAlgorithm> {
    match name {
        "ES256" => Some(EcdsaJwsAlgorithm::Es256),
        "ES384" => Some(EcdsaJwsAlgorithm::Es384),
        "ES512" => Some(EcdsaJwsAlgorithm::Es512),
        _ => None,
    }
}
