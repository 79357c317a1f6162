use serde_json::Value;

use crate::refusal::Refusal;

/// What the securityInfo of a Notify asks of its target (TS-0004 V3.32.0, 6.3.5.48).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SecurityInfo<'a> {
    /// A rand object (securityInfoType 3).
    RandObject,
    /// What this ESPrim Object holds (securityInfoType 5).
    Object(&'a str),
    /// The answer to this ESCertKE Message (securityInfoType 6).
    KeyEstablishment(&'a str),
}

const RAND_REQUEST: u64 = 3;
/// The securityInfoType of what carries an ESPrim Object.
pub(crate) const ESPRIM_OBJECT: u64 = 5;
const ESCERTKE_MESSAGE: u64 = 6;

/// The member that belongs to a securityInfoType (TS-0004 V3.32.0, Table 6.3.5.48-1); a request for a rand object has none.
const MEMBERS: [(u64, Option<&str>); 8] = [
    (1, Some("dreq")),
    (2, Some("dres")),
    (RAND_REQUEST, None),
    (4, Some("ero")),
    (ESPRIM_OBJECT, Some("epo")),
    (ESCERTKE_MESSAGE, Some("eckm")),
    (7, Some("darq")),
    (8, Some("dars")),
];

/// Reads the Content of a Notify to the CSE itself.
///
/// The types that answer a request ask for nothing, and the other features are not supported.
pub(crate) fn read(content: &Value) -> Result<SecurityInfo<'_>, Refusal> {
    let members = content
        .as_object()
        .filter(|roots| roots.len() == 1)
        .and_then(|roots| roots.get("m2m:seci")?.as_object());
    let Some(members) = members else {
        return Err(Refusal::bad_request(
            "expected one securityInfo with members, got another content",
        ));
    };
    let kind = members.get("sit").and_then(Value::as_u64);
    let known = MEMBERS.iter().find(|(number, _)| kind == Some(*number));
    let Some((kind, own)) = known else {
        return Err(Refusal::bad_request(
            "expected a securityInfoType from 1 to 8, got another value or none",
        ));
    };
    let mut names = members.keys().map(String::as_str);
    if let Some(other) = names.find(|name| *name != "sit" && Some(*name) != *own) {
        let other: String = other.chars().take(40).collect();
        return Err(Refusal::bad_request(format!(
            "expected no member {other:?} with securityInfoType {kind}"
        )));
    }
    match *kind {
        RAND_REQUEST => Ok(SecurityInfo::RandObject),
        ESPRIM_OBJECT => members
            .get("epo")
            .and_then(Value::as_str)
            .map(SecurityInfo::Object)
            .ok_or_else(|| Refusal::bad_request("expected an esprimObject, got none")),
        ESCERTKE_MESSAGE => members
            .get("eckm")
            .and_then(Value::as_str)
            .map(SecurityInfo::KeyEstablishment)
            .ok_or_else(|| Refusal::bad_request("expected an escertkeMessage, got none")),
        2 | 4 | 8 => Err(Refusal::bad_request(format!(
            "expected a securityInfoType that asks for something, got {kind}"
        ))),
        _ => Err(Refusal::not_implemented(format!(
            "securityInfoType {kind} is not supported"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use onem2m_primitive::ResponseStatusCode;
    use serde_json::{Value, json};

    use super::{SecurityInfo, read};

    fn refused(content: &Value) -> ResponseStatusCode {
        read(content).unwrap_err().status
    }

    #[test]
    fn three_types_ask_for_something() {
        let request = json!({ "m2m:seci": { "sit": 3 } });
        assert_eq!(read(&request), Ok(SecurityInfo::RandObject));
        let object = json!({ "m2m:seci": { "sit": 5, "epo": "a..b.c.d" } });
        assert_eq!(read(&object), Ok(SecurityInfo::Object("a..b.c.d")));
        let message = json!({ "m2m:seci": { "sit": 6, "eckm": "AAAA" } });
        assert_eq!(read(&message), Ok(SecurityInfo::KeyEstablishment("AAAA")));
    }

    #[test]
    fn type_is_one_number_of_the_table() {
        for sit in [
            json!("3"),
            json!(0),
            json!(9),
            json!([3]),
            json!(3.0),
            json!(null),
        ] {
            let content = json!({ "m2m:seci": { "sit": sit } });
            assert_eq!(
                refused(&content),
                ResponseStatusCode::BAD_REQUEST,
                "{content}"
            );
        }
        for content in [
            json!({ "m2m:seci": {} }),
            json!({ "m2m:seci": 3 }),
            json!({ "m2m:seci": { "SIT": 3 } }),
            json!({ "m2m:seci": { "sit": 3 }, "m2m:sgn": {} }),
            json!([]),
        ] {
            assert_eq!(
                refused(&content),
                ResponseStatusCode::BAD_REQUEST,
                "{content}"
            );
        }
    }

    #[test]
    fn members_belong_to_their_type() {
        for (sit, name, value) in [
            (3, "epo", json!("a..b.c.d")),
            (3, "ero", json!({})),
            (3, "eckm", json!("AAAA")),
            (3, "dreq", json!({})),
            (3, "x", json!(1)),
            (4, "ero", json!({})),
            (4, "epo", json!("a..b.c.d")),
            (6, "epo", json!("a..b.c.d")),
            (6, "eckm", json!(7)),
            (5, "epo", json!(7)),
            (5, "epo", json!(null)),
            (5, "epo", json!({ "protected": "" })),
            (5, "eckm", json!("AAAA")),
        ] {
            let content = json!({ "m2m:seci": { "sit": sit, name: value } });
            assert_eq!(
                refused(&content),
                ResponseStatusCode::BAD_REQUEST,
                "{content}"
            );
        }
        let both = json!({ "m2m:seci": { "sit": 5, "epo": "a..b.c.d", "eckm": "AAAA" } });
        assert_eq!(refused(&both), ResponseStatusCode::BAD_REQUEST);
    }

    #[test]
    fn other_features_are_not_supported() {
        for (sit, name) in [(1, "dreq"), (7, "darq")] {
            let content = json!({ "m2m:seci": { "sit": sit, name: {} } });
            assert_eq!(refused(&content), ResponseStatusCode::NOT_IMPLEMENTED);
        }
    }
}
