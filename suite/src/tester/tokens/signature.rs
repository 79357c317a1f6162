//! Signed tokens (TS-0003 V3.18.0, 8.5.2.3.1 and 8.5.3.3).

use super::certificate::{certified, stranger};
use super::compose::Ingredients;
use super::key::generator;
use super::{KeyMaterial, NoToken, public_key};
use crate::catalogue::behaviour::Forgery;
use crate::profile::Provisioned;
use crate::tester::changed::changed;
use onem2m_envelope::{
    Hash, MacKey, SignatureAlgorithm, SigningKey, SymmetricKey, bare, base64url, jwk,
};
use rand_chacha::rand_core::Rng;
use serde_json::{Map, Value, json};

/// How a token is signed that says nothing of it.
const USUAL: &str = "ES256";

/// Addresses at which nobody is (RFC 5737, 3).
const KEYS_ELSEWHERE: &str = "http://192.0.2.1/keys.json";
const CERTIFICATE_ELSEWHERE: &str = "http://192.0.2.1/certificate.pem";

/// The order of P-256 (SEC 2, 2.4.2).
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// Who signs, with the members of the header that say so.
struct Signer {
    header: Map<String, Value>,
    mark: Mark,
}

/// What makes the octets of a signature.
enum Mark {
    Key(Box<SigningKey>),
    /// HS256 with a key of any octets.
    Code(Vec<u8>),
    Octets(Vec<u8>),
}

/// A compact JWS over the claims, with changes of its header, and with the fault of its order.
pub(super) fn sign(
    ingredients: &Ingredients<'_>,
    claims: &str,
    changes: &Map<String, Value>,
) -> Result<String, NoToken> {
    let order = ingredients.order;
    let Signer { header, mark } = signer(ingredients)?;
    let mut header = changed(header, changes);
    if let Some(length) = order.kid_length {
        header.insert("kid".into(), "A".repeat(length).into());
    }
    let header = Value::from(header).to_string();
    let protected = base64url::encode(header.as_bytes());
    let payload = base64url::encode(claims.as_bytes());
    let signed = match order.forged {
        Some(Forgery::PayloadReplaced) => {
            base64url::encode(without(ingredients, "tkps").as_bytes())
        }
        Some(Forgery::OfOtherToken) => base64url::encode(without(ingredients, "jti").as_bytes()),
        Some(Forgery::Unencoded) => claims.to_owned(),
        _ => payload.clone(),
    };
    let octets = mark.over(format!("{protected}.{signed}").as_bytes())?;
    let signature = base64url::encode(&spoilt(octets, order.forged));
    let sent = match order.forged {
        Some(Forgery::HeaderRespaced) => {
            base64url::encode(header.replacen(':', ": ", 1).as_bytes())
        }
        _ => protected,
    };
    Ok(format!("{sent}.{payload}.{signature}"))
}

fn signer(ingredients: &Ingredients<'_>) -> Result<Signer, NoToken> {
    let issuer = ingredients.issuer;
    let forged = ingredients.order.forged;
    let public = || -> Result<Vec<u8>, NoToken> {
        let (_, material) = material(ingredients, USUAL)?;
        let key = material.ec_public().and_then(|key| public_key::der(&key));
        key.ok_or_else(|| NoToken::key("expected a P-256 key for ES256"))
    };
    let usual_kid = || Ok::<_, NoToken>(material(ingredients, USUAL)?.0);
    match forged {
        Some(Forgery::Unsecured) => octets("none", usual_kid()?, Vec::new()),
        Some(Forgery::UnsecuredInOtherLetters) => octets("nOnE", usual_kid()?, Vec::new()),
        Some(Forgery::PublicPem) => {
            let text = public_key::pem(&public()?) + "\n";
            code(usual_kid()?, text.into_bytes())
        }
        Some(Forgery::PublicPemUnterminated) => {
            code(usual_kid()?, public_key::pem(&public()?).into_bytes())
        }
        Some(Forgery::PublicDer) => code(usual_kid()?, public()?),
        Some(Forgery::JwkOfHeader) => {
            let public = jwk::write_ec_public(&stranger().public_key());
            Ok(Signer {
                header: header(USUAL, "jwk", public.into()),
                mark: Mark::Key(Box::new(SigningKey::Ecdsa(stranger()))),
            })
        }
        Some(Forgery::JkuOfHeader) => by_stranger(usual_kid()?, "jku", KEYS_ELSEWHERE),
        Some(Forgery::X5uOfHeader) => by_stranger(usual_kid()?, "x5u", CERTIFICATE_ELSEWHERE),
        Some(Forgery::EmptyKey) => code("no-such-key".into(), Vec::new()),
        Some(Forgery::RandomMac) => {
            let mut code = vec![0; Hash::Sha256.length()];
            generator(&ingredients.seed, "mac").fill_bytes(&mut code);
            octets("HS256", "no-such-key".into(), code)
        }
        Some(Forgery::EncryptionKey) => {
            let (kid, material) = material(ingredients, "A256KW")?;
            match material {
                KeyMaterial::Symmetric(key) => code(kid, key.octets().to_vec()),
                _ => Err(NoToken::key("expected a symmetric key for A256KW")),
            }
        }
        Some(Forgery::PairwiseKey) => foreign(ingredients.foreign.pairwise, "credentials.pairwise"),
        Some(Forgery::AssociationKey) => {
            foreign(ingredients.foreign.association, "credentials.psk")
        }
        Some(Forgery::Published) => {
            let certified = certified(issuer, forged, ingredients.now)?;
            Ok(Signer {
                header: header(USUAL, "kid", ingredients.published.as_str().into()),
                mark: Mark::Key(Box::new(SigningKey::Ecdsa(certified.key))),
            })
        }
        _ if issuer.form.uri.is_some() => {
            let certified = certified(issuer, forged, ingredients.now)?;
            Ok(Signer {
                header: header(USUAL, "x5c", certified.chain.into()),
                mark: Mark::Key(Box::new(SigningKey::Ecdsa(certified.key))),
            })
        }
        _ => by_key(ingredients),
    }
}

/// By a key of the issuer; under ES256, with P-384, if that is the fault.
fn by_key(ingredients: &Ingredients<'_>) -> Result<Signer, NoToken> {
    let order = ingredients.order;
    let algorithm = order.alg.as_deref().unwrap_or(USUAL);
    let keyed = match order.forged {
        Some(Forgery::OtherCurve) => "ES384",
        _ => algorithm,
    };
    let (kid, material) = material(ingredients, keyed)?;
    let key = match (material, SignatureAlgorithm::from_name(keyed)) {
        (KeyMaterial::Symmetric(key), Some(SignatureAlgorithm::Hmac(hash))) => {
            SigningKey::Mac(MacKey::new(hash, key)?)
        }
        (KeyMaterial::RsaPrivate(key), Some(SignatureAlgorithm::Rsa(hash))) => {
            SigningKey::Rsa(hash, *key)
        }
        (KeyMaterial::EcPrivate(key), Some(SignatureAlgorithm::Ecdsa(_))) => SigningKey::Ecdsa(key),
        _ => return Err(NoToken::key(format!("{kid} does not sign by {keyed}"))),
    };
    let mut header = header(algorithm, "kid", kid.into());
    if order.forged == Some(Forgery::Unencoded) {
        header.insert("b64".into(), false.into());
        header.insert("crit".into(), json!(["b64"]));
    }
    Ok(Signer {
        header,
        mark: Mark::Key(Box::new(key)),
    })
}

fn material(
    ingredients: &Ingredients<'_>,
    algorithm: &str,
) -> Result<(String, KeyMaterial), NoToken> {
    let issuer = ingredients.issuer;
    let key = issuer.key(algorithm, "");
    let key = key.ok_or_else(|| NoToken::Issuer(format!("with a key for {algorithm}")))?;
    Ok((key.kid.clone(), issuer.material(key)?))
}

fn header(algorithm: &str, credential: &str, named: Value) -> Map<String, Value> {
    let members = [
        ("typ", "JWT".into()),
        ("alg", algorithm.into()),
        (credential, named),
    ];
    let members = members.into_iter();
    members
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn octets(algorithm: &str, kid: String, octets: Vec<u8>) -> Result<Signer, NoToken> {
    Ok(Signer {
        header: header(algorithm, "kid", kid.into()),
        mark: Mark::Octets(octets),
    })
}

fn code(kid: String, key: Vec<u8>) -> Result<Signer, NoToken> {
    Ok(Signer {
        header: header("HS256", "kid", kid.into()),
        mark: Mark::Code(key),
    })
}

fn by_stranger(kid: String, member: &str, address: &str) -> Result<Signer, NoToken> {
    let mut header = header(USUAL, "kid", kid.into());
    header.insert(member.into(), address.into());
    Ok(Signer {
        header,
        mark: Mark::Key(Box::new(SigningKey::Ecdsa(stranger()))),
    })
}

fn foreign(key: Option<&Provisioned>, place: &str) -> Result<Signer, NoToken> {
    let key = key.ok_or_else(|| NoToken::Key(format!("the profile has no [{place}]")))?;
    code(key.identity.clone(), key.key.octets().to_vec())
}

impl Mark {
    fn over(&self, input: &[u8]) -> Result<Vec<u8>, NoToken> {
        Ok(match self {
            Self::Key(key) => key.sign(input)?,
            Self::Code(key) => bare::mac(Hash::Sha256, SymmetricKey::new(key).octets(), input),
            Self::Octets(octets) => octets.clone(),
        })
    }
}

/// The claims of another token.
fn without(ingredients: &Ingredients<'_>, claim: &str) -> String {
    let mut claims = ingredients.claims.clone();
    claims.shift_remove(claim);
    Value::from(claims).to_string()
}

fn spoilt(mut signature: Vec<u8>, forged: Option<Forgery>) -> Vec<u8> {
    let half = signature.len() / 2;
    match forged {
        Some(Forgery::Empty) => signature.clear(),
        Some(Forgery::Zeros) => signature.fill(0),
        Some(Forgery::Der) => return der(&signature),
        Some(Forgery::FirstHalfTooLarge) => signature.splice(..half, ORDER).for_each(drop),
        Some(Forgery::SecondHalfTooLarge) => signature.splice(half.., ORDER).for_each(drop),
        Some(Forgery::Short) => signature.truncate(signature.len().saturating_sub(1)),
        Some(Forgery::Long) => signature.push(0),
        Some(Forgery::Flipped) => {
            if let Some(last) = signature.last_mut() {
                *last ^= 1;
            }
        }
        _ => {}
    }
    signature
}

/// ECDSA-Sig-Value (RFC 3279, 2.2.3).
fn der(signature: &[u8]) -> Vec<u8> {
    let (first, second) = signature.split_at(signature.len() / 2);
    let numbers = [integer(first), integer(second)].concat();
    element(0x30, &numbers)
}

fn integer(number: &[u8]) -> Vec<u8> {
    let start = number
        .iter()
        .position(|octet| *octet != 0)
        .unwrap_or(number.len());
    let mut octets = number.get(start..).unwrap_or_default().to_vec();
    if octets.first().is_none_or(|first| *first >= 0x80) {
        octets.insert(0, 0);
    }
    element(0x02, &octets)
}

/// An element of fewer than 128 octets.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).unwrap_or_default();
    [&[tag, length], content].concat()
}

#[cfg(test)]
mod tests {
    use super::der;

    #[test]
    fn numbers_in_der_are_short_and_positive() {
        assert_eq!(der(&[0, 1, 0x80, 0]), [0x30, 8, 2, 1, 1, 2, 3, 0, 0x80, 0]);
    }
}
