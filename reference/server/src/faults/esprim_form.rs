//! What is taken for an ESPrim Object (TS-0003 V3.18.0, 8.4.3.2; RFC 7515 and RFC 7516).

use std::borrow::Cow;

use onem2m_envelope::bare::{gcm_crypt, gcm_tag};
use onem2m_envelope::esprim::{
    Clauses as EsPrim, ContentType, Form, Members, Plaintext, Refusal, raw_member,
};
use onem2m_envelope::{ContentEncryption, IV_LENGTH, SymmetricKey, TAG_LENGTH, base64url};
use serde_json::Value;

use super::Fault;

const SPECIFIED: EsPrim = EsPrim::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsPrimPartsUncounted",
        requirement: "TS-0003/8.4.3.2/1",
        summary: "parts behind the fifth of an object are passed over",
        apply: |clauses| {
            clauses.end_to_end.esprim.parts = |object| {
                let end = object.match_indices('.').nth(4).map(|(end, _)| end);
                (SPECIFIED.parts)(object.get(..end.unwrap_or(object.len())).unwrap_or(object))
            };
        },
    },
    Fault {
        name: "EsPrimBase64Padded",
        requirement: "TS-0003/8.4.3.2/2",
        summary: "a part may be padded",
        apply: |clauses| {
            clauses.end_to_end.esprim.base64url =
                |part, text| (SPECIFIED.base64url)(part, text.trim_end_matches('='));
        },
    },
    Fault {
        name: "EsPrimBase64Standard",
        requirement: "TS-0003/8.4.3.2/2",
        summary: "a part may be in the alphabet of base64",
        apply: |clauses| {
            clauses.end_to_end.esprim.base64url =
                |part, text| (SPECIFIED.base64url)(part, &text.replace('+', "-").replace('/', "_"));
        },
    },
    Fault {
        name: "EsPrimBase64WithBlanks",
        requirement: "TS-0003/8.4.3.2/2",
        summary: "white space in a part is passed over",
        apply: |clauses| {
            clauses.end_to_end.esprim.base64url = |part, text| {
                let text: String = text.split_whitespace().collect();
                (SPECIFIED.base64url)(part, &text)
            };
        },
    },
    Fault {
        name: "EsPrimDuplicateFirst",
        requirement: "TS-0004/8.4.2/e1",
        summary: "of a header member that stands twice the first is taken",
        apply: |clauses| clauses.end_to_end.esprim.header_members = first_of_two,
    },
    Fault {
        name: "EsPrimClosedHeader",
        requirement: "TS-0003/8.4.3.2/18",
        summary: "an object with a header member of no table is refused",
        apply: |clauses| clauses.end_to_end.esprim.header_members = closed,
    },
    Fault {
        name: "EsPrimAlgorithmIgnored",
        requirement: "TS-0003/8.4.3.2/5",
        summary: "alg is not looked at",
        apply: |clauses| clauses.end_to_end.esprim.algorithm = |_| Ok(()),
    },
    Fault {
        name: "EsPrimAlgorithmCaseFolded",
        requirement: "TS-0003/8.4.3.2/5",
        summary: "alg is compared without regard to case",
        apply: |clauses| {
            clauses.end_to_end.esprim.algorithm =
                |members| (SPECIFIED.algorithm)(&lower(members, "alg"));
        },
    },
    Fault {
        name: "EsPrimAlgorithmOptional",
        requirement: "TS-0003/8.4.3.2/5",
        summary: "an object without alg is opened",
        apply: |clauses| {
            clauses.end_to_end.esprim.algorithm = |members| match members.contains_key("alg") {
                true => (SPECIFIED.algorithm)(members),
                false => Ok(()),
            };
        },
    },
    Fault {
        name: "EsPrimAlgorithmNone",
        requirement: "TS-0003/8.4.3.2/5",
        summary: "an object with alg none is taken as it is, without any protection",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.algorithm = |members| match is_none(members) {
                true => Ok(()),
                false => (SPECIFIED.algorithm)(members),
            };
            esprim.encryption = |members| match is_none(members) {
                true => Ok(ContentEncryption::A256Gcm),
                false => (SPECIFIED.encryption)(members),
            };
            esprim.tag = of_any_length;
            esprim.initialization_vector = of_any_length;
            esprim.decrypt = |enc, key, form, aad| match is_none(&form.members) {
                true => Ok(Plaintext::from(form.ciphertext.clone())),
                false => strictly(enc, key, form, aad),
            };
        },
    },
    Fault {
        name: "EsPrimEncryptionCaseFolded",
        requirement: "TS-0003/8.4.3.2/6",
        summary: "enc is compared without regard to case",
        apply: |clauses| {
            clauses.end_to_end.esprim.encryption = |members| {
                let mut members = members.clone();
                if let Some(Value::String(name)) = members.get_mut("enc") {
                    name.make_ascii_uppercase();
                }
                (SPECIFIED.encryption)(&members)
            };
        },
    },
    Fault {
        name: "EsPrimEncryptionGuessed",
        requirement: "TS-0003/8.4.3.2/6",
        summary: "whatever enc says that is not known, the content is decrypted as A256GCM",
        apply: |clauses| {
            clauses.end_to_end.esprim.encryption =
                |members| (SPECIFIED.encryption)(members).or(Ok(ContentEncryption::A256Gcm));
        },
    },
    Fault {
        name: "EsPrimEncryptionOptional",
        requirement: "TS-0003/8.4.3.2/6",
        summary: "an object without enc is opened",
        apply: |clauses| {
            clauses.end_to_end.esprim.encryption = |members| match members.contains_key("enc") {
                true => (SPECIFIED.encryption)(members),
                false => Ok(ContentEncryption::A256Gcm),
            };
        },
    },
    Fault {
        name: "EsPrimEncryptedKeyIgnored",
        requirement: "TS-0003/8.4.3.2/4",
        summary: "the second part of an object may be anything",
        apply: |clauses| clauses.end_to_end.esprim.encrypted_key = of_any_length,
    },
    Fault {
        name: "EsPrimCriticalIgnored",
        requirement: "TS-0003/8.4.3.2/18",
        summary: "crit is not looked at",
        apply: |clauses| clauses.end_to_end.esprim.critical = |_| Ok(()),
    },
    Fault {
        name: "EsPrimCriticalAsListOfNames",
        requirement: "TS-0003/8.4.3.2/18",
        summary: "crit is looked at only if it is a list of names",
        apply: |clauses| {
            clauses.end_to_end.esprim.critical = |members| {
                let names = members.get("crit").and_then(Value::as_array);
                match names.is_some_and(|names| names.iter().all(Value::is_string)) {
                    true => (SPECIFIED.critical)(members),
                    false => Ok(()),
                }
            };
        },
    },
    Fault {
        name: "EsPrimVectorOfAnyLength",
        requirement: "TS-0003/8.4.3.2/18",
        summary: "the initialization vector may have any length",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.initialization_vector = of_any_length;
            esprim.decrypt = |enc, key, form, aad| match form.iv.len() {
                IV_LENGTH => (SPECIFIED.decrypt)(enc, key, form, aad),
                _ => leniently(key, form, aad, TAG_LENGTH),
            };
        },
    },
    Fault {
        name: "EsPrimTagTruncated",
        requirement: "TS-0003/8.4.3.2/18",
        summary: "of a tag as much is compared as there is",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.tag = of_any_length;
            esprim.decrypt = |_, key, form, aad| leniently(key, form, aad, form.tag.len());
        },
    },
    Fault {
        name: "EsPrimTagEmpty",
        requirement: "TS-0003/8.4.3.2/18",
        summary: "an object without a tag is opened",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.tag = |octets| match octets.is_empty() {
                true => Ok(()),
                false => (SPECIFIED.tag)(octets),
            };
            esprim.decrypt = |enc, key, form, aad| match form.tag.is_empty() {
                true => leniently(key, form, aad, 0),
                false => (SPECIFIED.decrypt)(enc, key, form, aad),
            };
        },
    },
    Fault {
        name: "EsPrimTagLonger",
        requirement: "TS-0003/8.4.3.2/18",
        summary: "octets behind the tag are passed over",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.tag = |octets| (SPECIFIED.tag)(octets.get(..TAG_LENGTH).unwrap_or(octets));
            esprim.decrypt = |enc, key, form, aad| {
                let mut form = form.clone();
                form.tag.truncate(TAG_LENGTH);
                (SPECIFIED.decrypt)(enc, key, &form, aad)
            };
        },
    },
    Fault {
        name: "EsPrimTagUnchecked",
        requirement: "TS-0003/8.4.2/61",
        summary: "an object is decrypted whatever its tag is",
        apply: |clauses| {
            clauses.end_to_end.esprim.decrypt = |_, key, form, aad| leniently(key, form, aad, 0);
        },
    },
    Fault {
        name: "EsPrimHeaderRewritten",
        requirement: "TS-0003/8.4.2/61",
        summary: "the header is written anew before it is authenticated",
        apply: |clauses| {
            clauses.end_to_end.esprim.additional_data = |form| {
                let text = Value::Object(form.members.clone()).to_string();
                Cow::Owned(base64url::encode(text.as_bytes()).into_bytes())
            };
        },
    },
    Fault {
        name: "EsPrimHeaderPartlyAuthenticated",
        requirement: "TS-0003/8.4.2/61",
        summary: "another cty in the header goes unnoticed",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.decrypt = with_any_content_type;
            esprim.serialization = |_, plaintext| (SPECIFIED.serialization)(None, plaintext);
        },
    },
    Fault {
        name: "EsPrimContentTypeRequired",
        requirement: "TS-0003/8.4.3.2/8",
        summary: "an object without cty is refused",
        apply: |clauses| {
            clauses.end_to_end.esprim.content_type =
                |members, direction| match (SPECIFIED.content_type)(members, direction)? {
                    None => Err(Refusal::Missing { member: "cty" }),
                    known => Ok(known),
                };
        },
    },
    Fault {
        name: "EsPrimContentTypeLiteral",
        requirement: "TS-0003/8.4.3.2/8",
        summary: "cty without its prefix is refused",
        apply: |clauses| {
            clauses.end_to_end.esprim.content_type = |members, direction| {
                let read = (SPECIFIED.content_type)(members, direction)?;
                let text = members.get("cty").and_then(Value::as_str);
                match (read, text) {
                    (Some(known), Some(text)) if text != known.media_type() => {
                        Err(Refusal::ContentType { got: text.into() })
                    }
                    (known, _) => Ok(known),
                }
            };
        },
    },
    Fault {
        name: "EsPrimOriginatorIdOptional",
        requirement: "TS-0003/8.4.3.2/9",
        summary: "an object without ori is opened with the object of the originator that is at hand",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.originator_id = |members| match members.get("ori") {
                Some(_) => (SPECIFIED.originator_id)(members),
                None => {
                    let own = members.get("oro").and_then(|oro| oro.get("esri")?.as_str());
                    Ok(own.unwrap_or_default().to_owned())
                }
            };
            esprim.unknown_originator = |situation, key, ori| match ori.is_empty() {
                true => situation
                    .directory
                    .recorded(&|recorded| recorded.key_id == key.id)
                    .cloned(),
                false => None,
            };
        },
    },
    Fault {
        name: "EsPrimReceiverIdOptional",
        requirement: "TS-0003/8.4.3.2/10",
        summary: "an object without rri is opened with the object of the receiver that is at hand",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.receiver_id = |members| match members.get("rri") {
                Some(_) => (SPECIFIED.receiver_id)(members),
                None => Ok(String::new()),
            };
            esprim.issued_named = |issued, rri| rri.is_empty() || issued.object.id() == rri;
        },
    },
];

fn of_any_length(_octets: &[u8]) -> Result<(), Refusal> {
    Ok(())
}

fn is_none(members: &Members) -> bool {
    members.get("alg").and_then(Value::as_str) == Some("none")
}

fn lower(members: &Members, name: &str) -> Members {
    let mut members = members.clone();
    if let Some(Value::String(text)) = members.get_mut(name) {
        text.make_ascii_lowercase();
    }
    members
}

fn first_of_two(octets: &[u8]) -> Result<Members, Refusal> {
    let Ok(text) = std::str::from_utf8(octets) else {
        return (SPECIFIED.header_members)(octets);
    };
    let Ok(mut members) = serde_json::from_slice::<Members>(octets) else {
        return (SPECIFIED.header_members)(octets);
    };
    for (name, value) in &mut members {
        let first = raw_member(text, name).and_then(|first| serde_json::from_str(first).ok());
        if let Some(first) = first {
            *value = first;
        }
    }
    Ok(members)
}

fn closed(octets: &[u8]) -> Result<Members, Refusal> {
    let members = (SPECIFIED.header_members)(octets)?;
    let known = [
        "alg", "enc", "zip", "crit", "kid", "cty", "ori", "rri", "oro", "rro",
    ];
    match members.keys().find(|name| !known.contains(&name.as_str())) {
        None => Ok(members),
        Some(_) => Err(Refusal::Misplaced { member: "header" }),
    }
}

/// As specified, with the lengths that other clauses let through.
fn strictly(
    enc: ContentEncryption,
    key: &SymmetricKey,
    form: &Form<'_>,
    aad: &[u8],
) -> Result<Plaintext, Refusal> {
    (SPECIFIED.initialization_vector)(&form.iv)?;
    (SPECIFIED.tag)(&form.tag)?;
    (SPECIFIED.decrypt)(enc, key, form, aad)
}

/// The plaintext if so many octets of the tag are right.
fn leniently(
    key: &SymmetricKey,
    form: &Form<'_>,
    aad: &[u8],
    compared: usize,
) -> Result<Plaintext, Refusal> {
    let tag = gcm_tag(key, &form.iv, aad, &form.ciphertext).map_err(Refusal::Form)?;
    match (tag.get(..compared), form.tag.get(..compared)) {
        (Some(expected), Some(got)) if expected == got => {
            gcm_crypt(key, &form.iv, &form.ciphertext).map_err(Refusal::Form)
        }
        _ => Err(Refusal::Tag),
    }
}

fn with_any_content_type(
    enc: ContentEncryption,
    key: &SymmetricKey,
    form: &Form<'_>,
    aad: &[u8],
) -> Result<Plaintext, Refusal> {
    let opened_as = |known: &ContentType| {
        let mut members = form.members.clone();
        members.insert("cty".to_owned(), known.media_type().into());
        let text = Value::Object(members).to_string();
        let aad = base64url::encode(text.as_bytes());
        (SPECIFIED.decrypt)(enc, key, form, aad.as_bytes()).ok()
    };
    match (SPECIFIED.decrypt)(enc, key, form, aad) {
        Err(Refusal::Tag) => ContentType::ALL
            .iter()
            .find_map(opened_as)
            .ok_or(Refusal::Tag),
        read => read,
    }
}
