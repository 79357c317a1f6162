//! Octets as a JWE or a JWS, opened here and by josekit.

use std::sync::LazyLock;

use josekit::jwe::alg::aeskw::AeskwJweAlgorithm;
use josekit::jwe::alg::direct::DirectJweAlgorithm;
use josekit::jwe::alg::ecdh_es::EcdhEsJweAlgorithm;
use josekit::jwe::{self, JweDecrypter};
use josekit::jwk::Jwk;
use josekit::jws::alg::ecdsa::EcdsaJwsAlgorithm;
use josekit::jws::alg::hmac::HmacJwsAlgorithm;
use josekit::jws::{self, JwsVerifier};
use onem2m_envelope::esdata::KeyRing;
use onem2m_envelope::jwe::Jwe;
use onem2m_envelope::jws::Jws;
use onem2m_envelope::{Curve, base64url, jwk};
use serde_json::json;

use crate::envelope_keys::{AnyKey, OCTETS, SCALAR};

/// What opens or verifies here does so there, with the same payload. What josekit takes beyond that is listed, with its
/// reasons, in the tests of the envelope crate. Objects for several are left out: josekit gives up with the first recipient
/// that has the algorithm of the key, where RFC 7516, 5.2 and RFC 7515, 5.2 let others follow.
pub fn jose_differential(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    for jwe in [Jwe::read_compact(text), Jwe::read_json(text)]
        .into_iter()
        .flatten()
    {
        if jwe.recipients().len() == 1
            && let Ok(opened) = jwe.open(|header| AnyKey.decryption_key(header))
        {
            let there = DECRYPTERS.iter().any(|decrypter| {
                let read = match is_json(text) {
                    true => jwe::deserialize_json(text, &**decrypter),
                    false => jwe::deserialize_compact(text, &**decrypter),
                };
                read.is_ok_and(|(content, _)| content == *opened.plaintext)
            });
            assert!(there, "opened here alone");
        }
    }
    for jws in [Jws::read_compact(text), Jws::read_json(text)]
        .into_iter()
        .flatten()
    {
        if jws.signatures().len() == 1
            && let Ok(verified) = jws.verify(|header| AnyKey.verification_key(header))
        {
            let there = VERIFIERS.iter().any(|verifier| {
                let read = match is_json(text) {
                    true => jws::deserialize_json(text, &**verifier),
                    false => jws::deserialize_compact(text, &**verifier),
                };
                read.is_ok_and(|(payload, _)| payload == *verified.payload)
            });
            assert!(there, "verified here alone");
        }
    }
}

/// Whitespace may stand before the object (RFC 8259, 2).
fn is_json(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

type Decrypter = Box<dyn JweDecrypter + Send + Sync>;
type Verifier = Box<dyn JwsVerifier + Send + Sync>;

/// The keys of [`AnyKey`], for josekit.
static DECRYPTERS: LazyLock<Vec<Decrypter>> = LazyLock::new(|| {
    let mut decrypters: Vec<Decrypter> = Vec::new();
    for length in [16, 24, 32] {
        if let Ok(direct) = DirectJweAlgorithm::Dir.decrypter_from_bytes(key(length)) {
            decrypters.push(Box::new(direct));
        }
    }
    for (wrap, length) in [
        (AeskwJweAlgorithm::A128kw, 16),
        (AeskwJweAlgorithm::A192kw, 24),
        (AeskwJweAlgorithm::A256kw, 32),
    ] {
        if let Ok(wrap) = wrap.decrypter_from_bytes(key(length)) {
            decrypters.push(Box::new(wrap));
        }
    }
    for agreement in [
        EcdhEsJweAlgorithm::EcdhEsA128kw,
        EcdhEsJweAlgorithm::EcdhEsA192kw,
        EcdhEsJweAlgorithm::EcdhEsA256kw,
    ] {
        if let Some(Ok(agreement)) = scalar().map(|jwk| agreement.decrypter_from_jwk(&jwk)) {
            decrypters.push(Box::new(agreement));
        }
    }
    decrypters
});

static VERIFIERS: LazyLock<Vec<Verifier>> = LazyLock::new(|| {
    let mut verifiers: Vec<Verifier> = Vec::new();
    for (mac, length) in [
        (HmacJwsAlgorithm::Hs256, 32),
        (HmacJwsAlgorithm::Hs384, 48),
        (HmacJwsAlgorithm::Hs512, 64),
    ] {
        if let Ok(mac) = mac.verifier_from_bytes(key(length)) {
            verifiers.push(Box::new(mac));
        }
    }
    if let Some(Ok(signature)) =
        scalar().map(|jwk| EcdsaJwsAlgorithm::Es256.verifier_from_jwk(&jwk))
    {
        verifiers.push(Box::new(signature));
    }
    verifiers
});

fn key(length: usize) -> &'static [u8] {
    OCTETS.get(..length).unwrap_or(OCTETS)
}

/// The private key of [`AnyKey`] as a JWK.
fn scalar() -> Option<Jwk> {
    let mut jwk = jwk::write_ec_public(&SCALAR.as_ref()?.public_key());
    jwk.insert(
        "d".to_owned(),
        json!(&*base64url::encode(key(Curve::P256.length()))),
    );
    Jwk::from_map(jwk).ok()
}
