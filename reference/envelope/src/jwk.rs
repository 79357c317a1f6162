//! Keys as JSON (RFC 7517; RFC 7518, 6).

use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::{
    Curve, EcPrivateKey, EcPublicKey, EnvelopeError, RsaPrivateKey, RsaPublicKey, SymmetricKey,
    base64url,
};

/// The octets of a symmetric key.
pub fn symmetric(jwk: &Map<String, Value>) -> Result<SymmetricKey, EnvelopeError> {
    of_type(jwk, "oct")?;
    Ok(octets(jwk, "k")?.into())
}

/// The public part of an elliptic curve key.
pub fn ec_public(jwk: &Map<String, Value>) -> Result<EcPublicKey, EnvelopeError> {
    EcPublicKey::from_coordinates(curve(jwk)?, &octets(jwk, "x")?, &octets(jwk, "y")?)
}

/// An elliptic curve key.
pub fn ec_private(jwk: &Map<String, Value>) -> Result<EcPrivateKey, EnvelopeError> {
    EcPrivateKey::from_scalar(curve(jwk)?, &octets(jwk, "d")?)
}

/// The public part of an RSA key.
pub fn rsa_public(jwk: &Map<String, Value>) -> Result<RsaPublicKey, EnvelopeError> {
    of_type(jwk, "RSA")?;
    RsaPublicKey::from_components(&octets(jwk, "n")?, &octets(jwk, "e")?)
}

/// An RSA key with two primes.
pub fn rsa_private(jwk: &Map<String, Value>) -> Result<RsaPrivateKey, EnvelopeError> {
    of_type(jwk, "RSA")?;
    RsaPrivateKey::from_components(
        &octets(jwk, "n")?,
        &octets(jwk, "e")?,
        &octets(jwk, "d")?,
        [&octets(jwk, "p")?, &octets(jwk, "q")?],
    )
}

/// The public part of an elliptic curve key as JSON.
pub fn write_ec_public(key: &EcPublicKey) -> Map<String, Value> {
    let (x, y) = key.coordinates();
    let members = [
        ("kty", "EC".into()),
        ("crv", key.curve().name().into()),
        ("x", base64url::encode(&x)),
        ("y", base64url::encode(&y)),
    ];
    members
        .into_iter()
        .map(|(name, value)| (name.into(), Value::String(value)))
        .collect()
}

fn curve(jwk: &Map<String, Value>) -> Result<Curve, EnvelopeError> {
    of_type(jwk, "EC")?;
    let name = text(jwk, "crv")?;
    Curve::from_name(name).ok_or_else(|| EnvelopeError::CurveUnknown { got: name.into() })
}

fn of_type(jwk: &Map<String, Value>, expected: &'static str) -> Result<(), EnvelopeError> {
    match text(jwk, "kty")? {
        got if got == expected => Ok(()),
        got => Err(EnvelopeError::KeyType {
            expected,
            got: got.into(),
        }),
    }
}

fn octets(
    jwk: &Map<String, Value>,
    name: &'static str,
) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
    base64url::decode(text(jwk, name)?)
        .map(Zeroizing::new)
        .map_err(|error| EnvelopeError::KeyMember { name, error })
}

fn text<'a>(jwk: &'a Map<String, Value>, name: &'static str) -> Result<&'a str, EnvelopeError> {
    jwk.get(name)
        .ok_or(EnvelopeError::Missing { name })?
        .as_str()
        .ok_or(EnvelopeError::Kind {
            name,
            expected: "a text",
        })
}
