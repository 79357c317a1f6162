use serde_json::{Map, Value};

use super::verify::signed;
use crate::composition::{add, add_all};
use crate::{EnvelopeError, SigningKey, base64url};

/// A signature to make.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// What it is made with.
    pub key: &'a SigningKey,
    /// Members of its header other than `alg`, such as `kid`: all are protected.
    pub header: &'a Map<String, Value>,
}

/// Signs in the compact serialization.
pub fn sign_compact(by: Signed<'_>, payload: &[u8]) -> Result<String, EnvelopeError> {
    let payload = base64url::encode(payload);
    let (protected, signature) = signature(by, &payload)?;
    Ok([protected, payload, signature].join("."))
}

/// Signs in the flattened JSON serialization.
pub fn sign_flattened(by: Signed<'_>, payload: &[u8]) -> Result<String, EnvelopeError> {
    let payload = base64url::encode(payload);
    let mut object = Map::new();
    object.insert("payload".into(), payload.as_str().into());
    object.append(&mut element(by, &payload)?);
    Ok(Value::from(object).to_string())
}

/// Signs with any number of keys, in the general JSON serialization.
pub fn sign_general(by: &[Signed<'_>], payload: &[u8]) -> Result<String, EnvelopeError> {
    if by.is_empty() {
        return Err(EnvelopeError::NoElement { name: "signatures" });
    }
    let payload = base64url::encode(payload);
    let elements = by.iter().map(|by| element(*by, &payload).map(Value::from));
    let elements = elements.collect::<Result<Vec<_>, _>>()?;
    let mut object = Map::new();
    object.insert("payload".into(), payload.into());
    object.insert("signatures".into(), elements.into());
    Ok(Value::from(object).to_string())
}

fn element(by: Signed<'_>, payload: &str) -> Result<Map<String, Value>, EnvelopeError> {
    let (protected, signature) = signature(by, payload)?;
    let mut element = Map::new();
    element.insert("protected".into(), protected.into());
    element.insert("signature".into(), signature.into());
    Ok(element)
}

fn signature(by: Signed<'_>, payload: &str) -> Result<(String, String), EnvelopeError> {
    let mut header = Map::new();
    add(&mut header, "alg", by.key.algorithm().name().into())?;
    add_all(&mut header, by.header)?;
    let protected = base64url::encode(Value::from(header).to_string().as_bytes());
    let signature = by.key.sign(signed(&protected, payload).as_bytes())?;
    Ok((protected, base64url::encode(&signature)))
}
