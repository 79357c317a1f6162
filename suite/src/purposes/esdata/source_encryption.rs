//! Content that an AE encrypts.

use super::known::{self, MEDIA_TYPE};
use super::source::{Secured, Wish, begun, next, secured, wrong};
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use onem2m_envelope::esdata::{Envelope, SecurityClass};
use onem2m_envelope::{KeyManagement, SymmetricKey, bare, jwk};
use serde_json::Value;
use std::collections::BTreeSet;

/// How many envelopes are made under one key.
const ENVELOPES: usize = 50;
/// What a tag covers beside the payload.
const ADDITIONAL: &[u8] = b"cse-in/e2eData";
const CLASS: SecurityClass = SecurityClass::EncryptionOnly;

/// SRC/001.
pub async fn in_every_form(world: &mut World<'_>) -> Result<(), Stop> {
    let mut forms = vec![("compact", 1)];
    if world.facts().claims("PICS_ESDATA_JSON_SER") {
        forms.extend([("json", 2), ("json-base64", 3)]);
    }
    for (step, number) in forms {
        let wish = Wish {
            form: step,
            ..Wish::ONE
        };
        for made in secured(world, step, &wish).await? {
            let parts: Vec<&str> = made.content_info.split(':').collect();
            let number = number.to_string();
            if parts.first() != Some(&MEDIA_TYPE) || parts.get(2) != Some(&number.as_str()) {
                let expected = format!("contentInfo {MEDIA_TYPE}:0:{number}");
                return Err(wrong(step, &expected, &made.content_info));
            }
            made.opened(step, CLASS, wish.targets)?;
        }
    }
    Ok(())
}

/// SRC/002.
pub async fn directly_for_one(world: &mut World<'_>) -> Result<(), Stop> {
    let one = Wish {
        targets: &["direct-256"],
        ..Wish::ONE
    };
    for made in secured(world, "one-key", &one).await? {
        made.opened("one-key", CLASS, one.targets)?;
    }
    let step = "two-keys";
    let two = Wish {
        targets: &["wrap-256", "wrap-128"],
        form: "json",
        ..Wish::ONE
    };
    let place = begun(world, step, &two, Vec::new()).await?;
    let patience = world.facts().arrival();
    let mut open: BTreeSet<&str> = two.targets.iter().copied().collect();
    let mut last = "nothing within the time".to_owned();
    // There may be one envelope for both, or one for each.
    for _ in two.targets {
        if open.is_empty() {
            break;
        }
        let Some(made) = next(world, step, Role::Stimulus, &place, patience).await? else {
            break;
        };
        for recipient in recipients(step, &made)? {
            if recipient == KeyManagement::Direct {
                let expected = "encrypted keys, since there are two Targets";
                return Err(wrong(step, expected, &made.content));
            }
        }
        open.retain(|target| made.opened(step, CLASS, &[target]).is_err());
        last = made.content;
    }
    match open.is_empty() {
        true => Ok(()),
        false => {
            let expected = format!("an envelope for each Target, also for {open:?}");
            Err(wrong(step, &expected, &last))
        }
    }
}

/// SRC/003.
pub async fn freshly(world: &mut World<'_>) -> Result<(), Stop> {
    let direct = Wish {
        targets: &["direct-256"],
        count: ENVELOPES,
        ..Wish::ONE
    };
    unrepeated(world, "direct", &direct).await?;
    let wrapped = Wish {
        count: ENVELOPES,
        ..Wish::ONE
    };
    unrepeated(world, "wrapped", &wrapped).await
}

/// No initialization vector stands twice beside one key.
async fn unrepeated(world: &World<'_>, step: &str, wish: &Wish<'_>) -> Result<(), Stop> {
    let mut seen = BTreeSet::new();
    for made in secured(world, step, wish).await? {
        made.opened(step, CLASS, wish.targets)?;
        let parts = bare::Compact::read(&made.content);
        let key = content_key(step, wish, &parts)?;
        if !seen.insert((key.octets().to_vec(), parts.octets(2))) {
            let expected = "an initialization vector that its key did not have before";
            return Err(wrong(step, expected, &made.content));
        }
    }
    Ok(())
}

/// The key of a content that is encrypted for the one Target of a wish.
fn content_key(step: &str, wish: &Wish<'_>, parts: &bare::Compact) -> Result<SymmetricKey, Stop> {
    let unknown = || Stop::error(step, "the target has no symmetric key");
    let name = wish.targets.first().ok_or_else(unknown)?;
    let told = known::own(step, name)?;
    let own = told.get("jwk").and_then(Value::as_object);
    let own = own
        .and_then(|own| jwk::symmetric(own).ok())
        .ok_or_else(unknown)?;
    match parts.octets(1).as_slice() {
        [] => Ok(own),
        encrypted => bare::unwrap(own.octets(), encrypted)
            .ok_or_else(|| wrong(step, "an encrypted key that unwraps", &parts.to_string())),
    }
}

/// SRC/004.
pub async fn for_each(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "three";
    let all = [
        ("wrap-256", true),
        ("target-rsa", world.facts().claims("PICS_ESDATA_JWE_RSA")),
        ("target-384", world.facts().claims("PICS_ESDATA_JWE_ECDH")),
        ("wrap-128", true),
    ];
    let all = all.into_iter().filter(|(_, is_claimed)| *is_claimed);
    let targets: Vec<&str> = all.map(|(name, _)| name).take(3).collect();
    let wish = Wish {
        targets: &targets,
        form: "json",
        ..Wish::ONE
    };
    for made in secured(world, step, &wish).await? {
        for target in &targets {
            made.opened(step, CLASS, &[target])?;
        }
        if recipients(step, &made)?.len() != targets.len() {
            let expected = format!("{} recipients", targets.len());
            return Err(wrong(step, &expected, &made.content));
        }
    }
    Ok(())
}

/// SRC/005.
pub async fn with_more_covered(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "additional-data";
    let wish = Wish {
        form: "json",
        additional: Some(ADDITIONAL),
        ..Wish::ONE
    };
    for made in secured(world, step, &wish).await? {
        let unwrapped = made.opened(step, CLASS, wish.targets)?;
        if unwrapped.additional_data.as_deref() != Some(ADDITIONAL) {
            let expected = "the additional data in the member aad";
            return Err(wrong(step, expected, &made.content));
        }
    }
    Ok(())
}

/// How each recipient comes to the key, which its header names.
fn recipients(step: &str, made: &Secured) -> Result<Vec<KeyManagement>, Stop> {
    match made.envelope(step)? {
        Envelope::Encrypted(jwe) => Ok(jwe
            .recipients()
            .iter()
            .map(|recipient| recipient.key_management())
            .collect()),
        Envelope::Signed(_) => Err(wrong(step, "an encrypted envelope", &made.content)),
    }
}
