use rand_core::CryptoRng;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::open::authenticated;
use crate::composition::{add, add_all};
use crate::encryption_key::Conveyed;
use crate::{
    ContentEncryption, EncryptionKey, EnvelopeError, IV_LENGTH, Sealed, SymmetricKey, base64url,
    jwk,
};

/// A recipient to seal for.
#[derive(Clone, Copy, Debug)]
pub struct Addressed<'a> {
    /// What it is sent the content encryption key with.
    pub key: &'a EncryptionKey,
    /// Members of its header other than `alg` and `epk`, such as `kid`.
    pub header: &'a Map<String, Value>,
}

/// Encrypts to one recipient, in the compact serialization. All members of the header are protected.
pub fn seal_compact<R: CryptoRng + ?Sized>(
    recipient: Addressed<'_>,
    encryption: ContentEncryption,
    plaintext: &[u8],
    rng: &mut R,
) -> Result<String, EnvelopeError> {
    let made = protected_for_one(recipient, encryption, None, plaintext, rng)?;
    let parts = [
        base64url::encode(&made.encrypted_key),
        base64url::encode(&made.iv),
        base64url::encode(&made.sealed.ciphertext),
        base64url::encode(&made.sealed.tag),
    ];
    Ok(format!("{}.{}", made.protected, parts.join(".")))
}

/// Encrypts to one recipient, in the flattened JSON serialization. All members of the header are protected.
pub fn seal_flattened<R: CryptoRng + ?Sized>(
    recipient: Addressed<'_>,
    encryption: ContentEncryption,
    additional: Option<&[u8]>,
    plaintext: &[u8],
    rng: &mut R,
) -> Result<String, EnvelopeError> {
    let made = protected_for_one(recipient, encryption, additional, plaintext, rng)?;
    let mut object = Map::new();
    if !made.encrypted_key.is_empty() {
        object.insert("encrypted_key".into(), encoded(&made.encrypted_key));
    }
    Ok(written(
        object,
        made.protected,
        additional,
        made.iv,
        &made.sealed,
    ))
}

/// Encrypts to any number of recipients, in the general JSON serialization. What they have in common is protected.
pub fn seal_general<R: CryptoRng + ?Sized>(
    common: &Map<String, Value>,
    recipients: &[Addressed<'_>],
    encryption: ContentEncryption,
    additional: Option<&[u8]>,
    plaintext: &[u8],
    rng: &mut R,
) -> Result<String, EnvelopeError> {
    let content_key = content_key(recipients, encryption, rng)?;
    let mut protected = Map::new();
    add(&mut protected, "enc", encryption.name().into())?;
    add_all(&mut protected, common)?;
    let mut elements = Vec::with_capacity(recipients.len());
    for recipient in recipients {
        let conveyed = recipient.key.convey(&content_key, rng)?;
        let header = header(*recipient, None, &conveyed)?;
        if let Some(name) = header.keys().find(|name| protected.contains_key(*name)) {
            return Err(EnvelopeError::TwoPlaces { name: name.clone() });
        }
        let mut element = Map::new();
        element.insert("header".into(), header.into());
        if !conveyed.encrypted_key.is_empty() {
            element.insert("encrypted_key".into(), encoded(&conveyed.encrypted_key));
        }
        elements.push(Value::Object(element));
    }
    let protected = base64url::encode(Value::from(protected).to_string().as_bytes());
    let iv = random_iv(rng);
    let covered = authenticated(&protected, additional.map(base64url::encode).as_deref());
    let sealed = encryption.seal(&content_key, &iv, &covered, plaintext)?;
    let mut object = Map::new();
    object.insert("recipients".into(), elements.into());
    Ok(written(object, protected, additional, iv, &sealed))
}

struct Made {
    protected: String,
    encrypted_key: Vec<u8>,
    iv: [u8; IV_LENGTH],
    sealed: Sealed,
}

fn protected_for_one<R: CryptoRng + ?Sized>(
    recipient: Addressed<'_>,
    encryption: ContentEncryption,
    additional: Option<&[u8]>,
    plaintext: &[u8],
    rng: &mut R,
) -> Result<Made, EnvelopeError> {
    let content_key = content_key(&[recipient], encryption, rng)?;
    let conveyed = recipient.key.convey(&content_key, rng)?;
    let header = header(recipient, Some(encryption), &conveyed)?;
    let protected = base64url::encode(Value::from(header).to_string().as_bytes());
    let iv = random_iv(rng);
    let covered = authenticated(&protected, additional.map(base64url::encode).as_deref());
    let sealed = encryption.seal(&content_key, &iv, &covered, plaintext)?;
    Ok(Made {
        protected,
        encrypted_key: conveyed.encrypted_key,
        iv,
        sealed,
    })
}

/// A key that nobody has yet, or the one that a single recipient has: several never share one directly
/// (TS-0003 V3.18.0, 8.5.2.2.1).
fn content_key<R: CryptoRng + ?Sized>(
    recipients: &[Addressed<'_>],
    encryption: ContentEncryption,
    rng: &mut R,
) -> Result<SymmetricKey, EnvelopeError> {
    match recipients {
        [] => Err(EnvelopeError::NoElement { name: "recipients" }),
        [
            Addressed {
                key: EncryptionKey::Direct(key),
                ..
            },
        ] => key.serving(encryption).cloned(),
        several => {
            let direct =
                |recipient: &Addressed<'_>| matches!(recipient.key, EncryptionKey::Direct(_));
            if several.iter().any(direct) {
                return Err(EnvelopeError::DirectWithSeveral { got: several.len() });
            }
            let mut key = Zeroizing::new(vec![0; encryption.key_length()]);
            rng.fill_bytes(&mut key);
            Ok(key.into())
        }
    }
}

fn header(
    recipient: Addressed<'_>,
    encryption: Option<ContentEncryption>,
    conveyed: &Conveyed,
) -> Result<Map<String, Value>, EnvelopeError> {
    let mut header = Map::new();
    add(&mut header, "alg", recipient.key.algorithm().name().into())?;
    if let Some(encryption) = encryption {
        add(&mut header, "enc", encryption.name().into())?;
    }
    if let Some(ephemeral) = &conveyed.ephemeral {
        add(&mut header, "epk", jwk::write_ec_public(ephemeral).into())?;
    }
    add_all(&mut header, recipient.header)?;
    Ok(header)
}

/// The object with the members that every JSON serialization has.
fn written(
    mut object: Map<String, Value>,
    protected: String,
    additional: Option<&[u8]>,
    iv: [u8; IV_LENGTH],
    sealed: &Sealed,
) -> String {
    object.insert("protected".into(), protected.into());
    if let Some(additional) = additional {
        object.insert("aad".into(), encoded(additional));
    }
    object.insert("iv".into(), encoded(&iv));
    object.insert("ciphertext".into(), encoded(&sealed.ciphertext));
    object.insert("tag".into(), encoded(&sealed.tag));
    json!(object).to_string()
}

fn encoded(octets: &[u8]) -> Value {
    base64url::encode(octets).into()
}

fn random_iv<R: CryptoRng + ?Sized>(rng: &mut R) -> [u8; IV_LENGTH] {
    let mut iv = [0; IV_LENGTH];
    rng.fill_bytes(&mut iv);
    iv
}
