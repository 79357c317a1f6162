//! Keys that a Target derives from what it is given (TS-0003 V3.18.0, 10.3.6.2, NOTE 2).

use super::case::{Case, ENCRYPTION, SIGNATURE};
use super::known::PAYLOAD;
use super::target::{opens, refuses};
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::derivation::{statement, ways};
use onem2m_envelope::jwe::{Addressed, seal_compact};
use onem2m_envelope::jws::{Signed, sign_compact};
use onem2m_envelope::{
    ContentEncryption, DirectKey, EncryptionKey, EnvelopeError, Hash, MacKey, SigningKey,
    SymmetricKey, base64url,
};
use onem2m_keys::{EndToEndDerivation, EndToEndUse};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

/// AE/E2EKEY/TGT/004.
pub async fn keys(world: &mut World<'_>) -> Result<(), Stop> {
    let salt = world.draw("salt");
    let encrypting = ways(EndToEndUse::AttributeConfidentiality, salt);
    let signing = ways(EndToEndUse::AttributeAuthenticity, salt);
    for (name, derivation) in encrypting.into_iter().chain(signing) {
        let step = format!("{name} {}", derivation.key.name());
        let secret = world.draw(&step);
        let octets = derivation.derive(&secret);
        let octets = octets.map_err(|error| Stop::error(&step, error.to_string()))?;
        let case = protected(world, &step, &derivation, &secret, octets.octets());
        let case = case.map_err(|error| Stop::error(&step, error.to_string()))?;
        opens(world, &step, Role::Stimulus, &case).await?;
    }
    let (step, secret) = ("what the key is derived from", world.draw("underived"));
    for (_, derivation) in ways(EndToEndUse::AttributeConfidentiality, salt) {
        let case = protected(world, step, &derivation, &secret, &secret);
        let case = case.map_err(|error| Stop::error(step, error.to_string()))?;
        refuses(world, step, &case).await?;
    }
    Ok(())
}

/// An envelope under some octets, for an AE that is told to derive its key from a secret.
fn protected(
    world: &World<'_>,
    step: &str,
    derivation: &EndToEndDerivation,
    secret: &[u8],
    octets: &[u8],
) -> Result<Case, EnvelopeError> {
    let header = Map::from_iter([("kid".to_owned(), Value::from("derived"))]);
    let key: SymmetricKey = Zeroizing::new(octets.to_vec()).into();
    let encrypts = derivation.key == EndToEndUse::AttributeConfidentiality;
    let content = match encrypts {
        true => {
            let encryption = ContentEncryption::A256Gcm;
            let key = EncryptionKey::Direct(DirectKey::new(encryption, key)?);
            let recipient = Addressed {
                key: &key,
                header: &header,
            };
            let mut random = ChaCha20Rng::from_seed(world.draw(&format!("envelope {step}")));
            seal_compact(recipient, encryption, PAYLOAD.as_bytes(), &mut random)?
        }
        false => {
            let key = SigningKey::Mac(MacKey::new(Hash::Sha256, key)?);
            let signer = Signed {
                key: &key,
                header: &header,
            };
            sign_compact(signer, PAYLOAD.as_bytes())?
        }
    };
    let (class, kind, algorithm) = match encrypts {
        true => (ENCRYPTION, 14, "dir"),
        false => (SIGNATURE, 16, "HS256"),
    };
    let mut told = json!({
        "kid": "derived", "type": kind, "alg": algorithm,
        "jwk": {"kty": "oct", "k": base64url::encode(secret)},
        "derived": statement(derivation),
    });
    if let (true, Some(told)) = (encrypts, told.as_object_mut()) {
        told.insert("enc".into(), "A256GCM".into());
    }
    Ok(Case::new(class, content, vec![told]))
}
