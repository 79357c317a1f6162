//! Content that is encrypted to a Target.

use super::case::{Case, ENCRYPTION};
use super::known::{self, PAYLOAD, kid};
use super::target::{Shown, opens, refuses, shown, unexpected};
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use onem2m_envelope::jwe::{Addressed, seal_general};
use onem2m_envelope::{
    ContentEncryption, EncryptionKey, EnvelopeError, KeyWrap, SymmetricKey, WrappingKey, base64url,
    jwk,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Map, Value, json};

/// More recipients than anybody has.
const MANY: usize = 1000;
/// What a tag covers beside the plaintext.
const ADDITIONAL: &[u8] = b"cse-in/e2eData";

/// TGT/001.
pub async fn directly(world: &mut World<'_>) -> Result<(), Stop> {
    for id in ["JWE/001", "JWE/002", "JWE/003"] {
        let mut case = Case::of(id, ENCRYPTION, id)?;
        // A key of the same size under another name stands before it.
        let decoys: Vec<Value> = case.keys.iter().map(known::decoy).collect();
        case.keys.splice(0..0, decoys);
        opens(world, id, Role::Stimulus, &case).await?;
    }
    Ok(())
}

/// TGT/002.
pub async fn wrapped(world: &mut World<'_>) -> Result<(), Stop> {
    all(
        world,
        &["JWE/004", "JWE/006", "JWE/008", "JWE/010", "JWE/012"],
    )
    .await
}

/// TGT/003.
pub async fn to_rsa_keys(world: &mut World<'_>) -> Result<(), Stop> {
    all(world, &["JWE/013", "JWE/014", "JWE/015"]).await
}

/// TGT/004.
pub async fn by_agreement(world: &mut World<'_>) -> Result<(), Stop> {
    let ids = [
        "JWE/016", "JWE/017", "JWE/018", "JWE/019", "JWE/020", "JWE/021", "JWE/022", "JWE/023",
        "JWE/024", "JWE/025",
    ];
    all(world, &ids).await
}

async fn all(world: &World<'_>, ids: &[&str]) -> Result<(), Stop> {
    for id in ids {
        let case = Case::of(id, ENCRYPTION, id)?;
        opens(world, id, Role::Stimulus, &case).await?;
    }
    Ok(())
}

/// TGT/005.
pub async fn for_several(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "several";
    let (object, keys) = general(world, step, 1, true)?;
    let case = Case::new(ENCRYPTION, object, keys);
    let payload = opens(world, step, Role::Stimulus, &case).await?;
    if payload.additional.as_deref() != Some(ADDITIONAL) {
        let expected = "the additional data, which the tag covers, beside the payload";
        return Err(unexpected(
            step,
            Role::Stimulus,
            expected,
            &Shown::Payload(payload),
        ));
    }
    let changed = case.content.replace(
        &base64url::encode(ADDITIONAL),
        &base64url::encode(b"cse-in/e2eDatA"),
    );
    let case = Case {
        content: changed,
        ..case
    };
    refuses(world, "changed", &case).await?;
    let (object, keys) = general(world, "again", 1, true)?;
    let again = Case::new(ENCRYPTION, object, keys);
    opens(world, "read-back", Role::ReadBack, &again)
        .await
        .map(|_| ())
}

/// TGT/006.
pub async fn for_others(world: &mut World<'_>) -> Result<(), Stop> {
    let (object, keys) = general(world, "twin", 1, true)?;
    let right = Case::new(ENCRYPTION, object, keys);
    opens(world, "twin", Role::Twin, &right).await?;
    let (object, keys) = general(world, "others", 3, false)?;
    refuses(world, "others", &Case::new(ENCRYPTION, object, keys)).await?;
    let (object, keys) = general(world, "many", MANY, true)?;
    let many = Case::new(ENCRYPTION, object, keys);
    match shown(world, "many", Role::Stimulus, &many).await? {
        Shown::Payload(payload) if payload.octets == PAYLOAD.as_bytes() => {}
        Shown::Failure(why) => world.note(format!("{MANY} recipients: {why}")),
        other => {
            let expected = "the payload, or a failure";
            return Err(unexpected("many", Role::Stimulus, expected, &other));
        }
    }
    opens(world, "read-back", Role::ReadBack, &right)
        .await
        .map(|_| ())
}

/// An object for so many others, and behind them for the AE if it is one of the recipients, with its key.
fn general(
    world: &World<'_>,
    step: &str,
    others: usize,
    is_recipient: bool,
) -> Result<(String, Vec<Value>), Stop> {
    let own = known::theirs(step, "wrap-256")?;
    let seed = world.draw(step);
    let names = (0..others).map(|number| format!("target-{number}"));
    let names = names.chain(is_recipient.then(|| kid(&own).to_owned()));
    let composed = |own: &Value| -> Result<String, EnvelopeError> {
        let recipients = names.map(|name| {
            let key = match name == kid(own) {
                true => jwk_of(own)?,
                false => SymmetricKey::new(&world.draw(&name)),
            };
            let key = WrappingKey::new(KeyWrap::A256, key)?;
            let header = Map::from_iter([("kid".to_owned(), json!(name))]);
            Ok((EncryptionKey::Wrap(key), header))
        });
        let recipients: Vec<_> = recipients.collect::<Result<_, EnvelopeError>>()?;
        let addressed = recipients.iter();
        let addressed: Vec<Addressed<'_>> = addressed
            .map(|(key, header)| Addressed { key, header })
            .collect();
        seal_general(
            &Map::new(),
            &addressed,
            ContentEncryption::A256Gcm,
            Some(ADDITIONAL),
            PAYLOAD.as_bytes(),
            &mut ChaCha20Rng::from_seed(seed),
        )
    };
    let object = composed(&own).map_err(|error| Stop::error(step, error.to_string()))?;
    Ok((object, vec![own]))
}

fn jwk_of(key: &Value) -> Result<SymmetricKey, EnvelopeError> {
    let missing = EnvelopeError::Missing { name: "jwk" };
    let key = key.get("jwk").and_then(Value::as_object);
    jwk::symmetric(key.ok_or(missing)?)
}
