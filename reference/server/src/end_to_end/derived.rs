//! Keys that an end point derives from what it was given (TS-0003 V3.18.0, 10.3.6).

use onem2m_envelope::base64url;
use onem2m_keys::{EndToEndDerivation, EndToEndOrigin, EndToEndUse, KeyHash};
use serde_json::Value;
use zeroize::Zeroizing;

/// How a key that is used comes from octets; nothing where they are none for it.
pub(crate) type Derive = fn(&EndToEndDerivation, &[u8]) -> Option<Zeroizing<Vec<u8>>>;

/// As specified.
pub(crate) fn derived(
    derivation: &EndToEndDerivation,
    octets: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let key = derivation.derive(octets).ok()?;
    Some(Zeroizing::new(key.octets().to_vec()))
}

/// The octets of the key that is used: what was given, or what is derived from it where that is said.
pub(crate) fn in_use(
    derive: Derive,
    said: Option<&Value>,
    octets: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    match said.filter(|said| !said.is_null()) {
        None => Some(Zeroizing::new(octets.to_vec())),
        Some(said) => derive(&read(said)?, octets),
    }
}

fn read(said: &Value) -> Option<EndToEndDerivation> {
    let text = |name: &str| said.get(name).and_then(Value::as_str);
    let salt = match said.get("salt") {
        None | Some(Value::Null) => Vec::new(),
        Some(salt) => base64url::decode(salt.as_str()?).ok()?,
    };
    Some(EndToEndDerivation {
        hash: match text("hash")? {
            "SHA-256" => KeyHash::Sha256,
            "SHA-512" => KeyHash::Sha512,
            _ => return None,
        },
        from: match text("from")? {
            "secret" => EndToEndOrigin::Secret { salt },
            "master" => EndToEndOrigin::Master,
            _ => return None,
        },
        key: EndToEndUse::ALL
            .into_iter()
            .find(|key| text("key") == Some(key.name()))?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn key_is_used_as_it_is_where_no_derivation_is_said() {
        for said in [None, Some(json!(null))] {
            let octets = in_use(derived, said.as_ref(), &[7; 16]);
            assert_eq!(octets.as_deref(), Some(&vec![7; 16]));
        }
    }

    #[test]
    fn derivation_that_is_none_gives_no_key() {
        let right = json!({"from": "master", "hash": "SHA-256", "key": "message-authenticity"});
        assert!(in_use(derived, Some(&right), &[7; 32]).is_some());
        assert!(in_use(derived, Some(&right), &[7; 31]).is_none());
        for (name, value) in [
            ("from", json!("kpsa")),
            ("hash", json!("SHA-1")),
            ("key", json!("both")),
            ("salt", json!("not base64url")),
            ("salt", json!(7)),
        ] {
            let mut wrong = right.clone();
            wrong[name] = value;
            assert!(in_use(derived, Some(&wrong), &[7; 32]).is_none(), "{wrong}");
        }
    }
}
