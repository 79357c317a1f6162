//! The keys and objects of the vectors: an AE is told of the keys with each order.

use crate::purposes::stop::Stop;
use onem2m_envelope::esdata::{Envelope, SecurityClass, Unwrapped};
use onem2m_vectors::jose::Ring;
use onem2m_vectors::{Kind, Vector, VectorFile};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

static VECTORS: LazyLock<Vec<Vector>> = LazyLock::new(|| {
    let file = VectorFile::embedded(Kind::Jose);
    file.map_or_else(|_| Vec::new(), |file| file.vectors)
});

/// The members of a JWK that its owner alone has (RFC 7518, 6).
const PRIVATE: [&str; 6] = ["d", "p", "q", "dp", "dq", "qi"];

/// What the vectors protect.
pub const PAYLOAD: &str = r#"{"temperature":21.5,"unit":"Cel"}"#;
/// What that is.
pub const MEDIA_TYPE: &str = "application/json";

/// A vector by its identifier in its file.
pub fn vector(step: &str, id: &str) -> Result<&'static Vector, Stop> {
    let name = format!("jose/{id}");
    let found = VECTORS.iter().find(|vector| vector.id == name);
    found.ok_or_else(|| Stop::error(step, format!("there is no vector {id}")))
}

/// The object of a vector.
pub fn object(step: &str, id: &str) -> Result<String, Stop> {
    let object = vector(step, id)?.member("object").and_then(Value::as_str);
    let missing = || Stop::error(step, format!("vector {id} has no object"));
    object.map(str::to_owned).ok_or_else(missing)
}

/// The keys with which whoever reads a vector opens it, as the AE is told of them.
pub fn keys(step: &str, id: &str) -> Result<Vec<Value>, Stop> {
    let names = vector(step, id)?.member("keys").and_then(Value::as_array);
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    names.map(|name| theirs(step, name)).collect()
}

/// A key as whoever opens has it: of one that signs the public part.
pub fn theirs(step: &str, name: &str) -> Result<Value, Stop> {
    let told = own(step, name)?;
    match told.get("type").and_then(Value::as_u64) {
        Some(SIGNATURE) => Ok(public(told)),
        _ => Ok(told),
    }
}

/// A key as whoever secures has it: of one to encrypt to the public part.
pub fn ours(step: &str, name: &str) -> Result<Value, Stop> {
    let told = own(step, name)?;
    match told.get("type").and_then(Value::as_u64) {
        Some(ENCRYPTION) => Ok(public(told)),
        _ => Ok(told),
    }
}

/// An AE-ID certificate to encrypt to, and one for signatures (TS-0003 V3.18.0, 12.3.2.1).
const ENCRYPTION: u64 = 44;
const SIGNATURE: u64 = 54;

/// A key with all its parts.
pub fn own(step: &str, name: &str) -> Result<Value, Stop> {
    let entry = entry(step, name)?;
    let algorithm = entry.get("alg").and_then(Value::as_str).unwrap_or_default();
    let number = match algorithm {
        "dir" => 14,
        "A128KW" | "A192KW" | "A256KW" => 15,
        "HS256" | "HS384" | "HS512" => 16,
        "RSA-OAEP-256" | "ECDH-ES" => ENCRYPTION,
        _ => SIGNATURE,
    };
    let mut told = entry.clone();
    told.insert("type".into(), number.into());
    Ok(told.into())
}

/// The name by which headers call a key.
pub fn kid(key: &Value) -> &str {
    key.get("kid").and_then(Value::as_str).unwrap_or_default()
}

/// The same key but for some members.
pub fn with(mut key: Value, members: Value) -> Value {
    if let (Some(key), Value::Object(members)) = (key.as_object_mut(), members) {
        key.extend(members);
    }
    key
}

/// A symmetric key of as many octets under another name.
pub fn decoy(key: &Value) -> Value {
    let secret = key.get("jwk").and_then(|jwk| jwk.get("k")?.as_str());
    // Whatever the octets are, these differ from them.
    let other: String = secret
        .unwrap_or_default()
        .chars()
        .map(|digit| if digit == 'A' { 'I' } else { 'A' })
        .collect();
    let jwk = json!({"kty": "oct", "k": other});
    with(
        key.clone(),
        json!({"kid": format!("other-{}", kid(key)), "jwk": jwk}),
    )
}

/// Opens an envelope of the IUT, strictly, with the key of a name.
pub fn opened(
    step: &str,
    envelope: &Envelope,
    class: SecurityClass,
    names: &[&str],
) -> Result<Unwrapped, String> {
    let entries = names.iter().map(|name| entry(step, name));
    let entries: Vec<Value> = entries
        .map(|entry| entry.map(|entry| entry.clone().into()))
        .collect::<Result<_, Stop>>()
        .map_err(|_| format!("no keys {names:?}"))?;
    let ring = Ring::read(&entries).map_err(|error| error.to_string())?;
    envelope
        .open(class, &ring)
        .map_err(|error| error.to_string())
}

fn entry(step: &str, name: &str) -> Result<&'static Map<String, Value>, Stop> {
    let keys = VECTORS.first().and_then(|vector| vector.shared("keys"));
    let entry = keys.and_then(|keys| keys.get(name)?.as_object());
    entry.ok_or_else(|| Stop::error(step, format!("the vectors have no key {name}")))
}

fn public(mut told: Value) -> Value {
    if let Some(jwk) = told.get_mut("jwk").and_then(Value::as_object_mut) {
        for name in PRIVATE {
            jwk.shift_remove(name);
        }
    }
    told
}
