//! Keys of a Target that are not for what somebody encrypted with them.

use super::case::{Case, ENCRYPTION};
use super::known::{self, PAYLOAD, kid, with};
use super::target::only;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use onem2m_envelope::jwe::{Addressed, seal_compact};
use onem2m_envelope::{ContentEncryption, EncryptionKey, jwk};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Map, Value, json};

/// When a key ended.
const ENDED: &str = "20200101T000000";

/// TGT/014.
pub async fn for_codes(world: &mut World<'_>) -> Result<(), Stop> {
    let right = Case::of("twin", ENCRYPTION, "JWE/003")?;
    let wrong = changed(&right, json!({"type": 16, "alg": "HS256"}));
    only(world, &right, &[("code-key".to_owned(), wrong)]).await
}

/// TGT/022.
pub async fn that_ended(world: &mut World<'_>) -> Result<(), Stop> {
    let right = Case::of("twin", ENCRYPTION, "JWE/003")?;
    let wrong = changed(&right, json!({"expires": ENDED}));
    only(world, &right, &[("ended".to_owned(), wrong)]).await
}

/// TGT/023.
pub async fn for_signatures(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "signature-key";
    let right = Case::of("twin", ENCRYPTION, "JWE/013")?;
    // The AE signs with it, so that it has the private part.
    let own = known::own(step, "signer-rsa-256")?;
    let object = encrypted_to(world, step, &own).map_err(|why| Stop::error(step, why))?;
    let wrong = Case::new(ENCRYPTION, object, vec![own]);
    only(world, &right, &[(step.to_owned(), wrong)]).await
}

/// The same case with keys of which something else is told.
fn changed(case: &Case, members: Value) -> Case {
    let keys = case.keys.iter().cloned();
    Case {
        keys: keys.map(|key| with(key, members.clone())).collect(),
        ..case.clone()
    }
}

/// An object that is encrypted to the public part of a key.
fn encrypted_to(world: &World<'_>, step: &str, key: &Value) -> Result<String, String> {
    let public = key.get("jwk").and_then(Value::as_object);
    let public = jwk::rsa_public(public.ok_or("the key has no numbers")?);
    let public = public.map_err(|error| error.to_string())?;
    let header = Map::from_iter([("kid".to_owned(), kid(key).into())]);
    let recipient = Addressed {
        key: &EncryptionKey::RsaOaep256(public),
        header: &header,
    };
    let mut random = ChaCha20Rng::from_seed(world.draw(step));
    let (encryption, payload) = (ContentEncryption::A256Gcm, PAYLOAD.as_bytes());
    let sealed = seal_compact(recipient, encryption, payload, &mut random);
    sealed.map_err(|error| error.to_string())
}
