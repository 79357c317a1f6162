//! Objects that are right or nearly right, by the thousand, read on both sides.
//!
//! A header is made first, wrong or not, and then everything that depends on it is computed: so the header's fault is the
//! only one, and whoever does not look for it opens the object. Only then may a change fall on the text.

use onem2m_envelope::bare::{self, Compact};
use onem2m_envelope::base64url;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

use crate::agreement::{Kind, compared};
use crate::keys::{cases, key, signing_key};

/// Members that a header may have once too often, or that say what is wrong, each as it is written.
const MEMBERS: [&str; 32] = [
    r#""x":1"#,
    r#""x":{"y":[1,2,{"z":null}]}"#,
    r#""x":{"y":1,"y":2}"#,
    r#""x":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"#,
    r#""exp":1e2"#,
    r#""typ":"JWT""#,
    r#""typ":"JOSE""#,
    r#""typ":1"#,
    r#""cty":"application/json""#,
    r#""cty":null"#,
    r#""crit":[]"#,
    r#""crit":["x"],"x":1"#,
    r#""crit":["alg"]"#,
    r#""crit":["b64"],"b64":true"#,
    r#""crit":["b64"],"b64":false"#,
    r#""crit":"x""#,
    r#""crit":[1]"#,
    r#""b64":true"#,
    r#""b64":false"#,
    r#""zip":"DEF""#,
    r#""zip":"none""#,
    r#""kid":"other""#,
    r#""kid":1"#,
    r#""alg":"none""#,
    r#""alg":"HS256""#,
    r#""alg":"dir""#,
    r#""enc":"A128GCM""#,
    r#""enc":"A128CBC-HS256""#,
    r#""apu":"QQ""#,
    r#""epk":{"kty":"EC","crv":"P-256"}"#,
    r#""jku":"https://attacker.invalid/""#,
    r#""jwk":{"kty":"oct","k":"AA"}"#,
];

/// A change to the text of a compact serialization.
#[derive(Clone, Debug)]
enum Change {
    Nothing,
    Character(Index, char),
    Inserted(Index, char),
    Ended(Index),
    StrayBits(Index),
    PartTwice(Index),
    PartGone(Index),
    Octet(Index, Index, u8),
    Cut(Index, usize),
}

/// The members of a JSON serialization beside those that it has to have, as they are written.
const BESIDE: [&str; 12] = [
    r#""unknown":[{}]"#,
    r#""header":{}"#,
    r#""header":{"x":1}"#,
    r#""header":{"kid":"other"}"#,
    r#""header":{"crit":["x"]}"#,
    r#""header":{"crit":[]}"#,
    r#""header":1"#,
    r#""unprotected":{"y":1}"#,
    r#""unprotected":{}"#,
    r#""signatures":[]"#,
    r#""recipients":[]"#,
    r#""tag":"AAAAAAAAAAAAAAAAAAAAAA""#,
];

fn change() -> impl Strategy<Value = Change> {
    let letter = || select("ABZaz09-_=+/. \n\u{e9}".chars().collect::<Vec<_>>());
    prop_oneof![
        8 => Just(Change::Nothing),
        1 => (any::<Index>(), letter()).prop_map(|(at, letter)| Change::Character(at, letter)),
        1 => (any::<Index>(), letter()).prop_map(|(at, letter)| Change::Inserted(at, letter)),
        1 => any::<Index>().prop_map(Change::Ended),
        2 => any::<Index>().prop_map(Change::StrayBits),
        1 => any::<Index>().prop_map(Change::PartTwice),
        1 => any::<Index>().prop_map(Change::PartGone),
        1 => (any::<Index>(), any::<Index>(), 1_u8..).prop_map(|(part, at, bits)| Change::Octet(part, at, bits)),
        1 => (any::<Index>(), 0_usize..40).prop_map(|(part, length)| Change::Cut(part, length)),
    ]
}

impl Change {
    fn applied(&self, mut object: Compact) -> String {
        let parts = object.parts.len();
        match self {
            Self::Nothing => {}
            Self::Character(at, letter) => {
                return edited(&object, *at, |letters, at| letters[at] = *letter);
            }
            Self::Inserted(at, letter) => {
                return edited(&object, *at, |letters, at| letters.insert(at, *letter));
            }
            Self::Ended(at) => {
                return edited(&object, *at, |letters, at| letters.truncate(at));
            }
            Self::StrayBits(part) => {
                let part = &mut object.parts[part.index(parts)];
                if part.len() % 4 >= 2 {
                    *part = stray(part);
                }
            }
            Self::PartTwice(part) => {
                let part = part.index(parts);
                object.parts.insert(part, object.parts[part].clone());
            }
            Self::PartGone(part) => drop(object.parts.remove(part.index(parts))),
            Self::Octet(part, at, bits) => {
                let part = part.index(parts);
                let mut octets = object.octets(part);
                if !octets.is_empty() {
                    *at.get_mut(&mut octets) ^= bits;
                }
                object = object.with(part, &octets);
            }
            Self::Cut(part, length) => {
                let part = part.index(parts);
                let mut octets = object.octets(part);
                octets.truncate(*length);
                object = object.with(part, &octets);
            }
        }
        object.to_string()
    }
}

fn edited(object: &Compact, at: Index, edit: impl FnOnce(&mut Vec<char>, usize)) -> String {
    let mut letters: Vec<char> = object.to_string().chars().collect();
    let at = at.index(letters.len());
    edit(&mut letters, at);
    letters.into_iter().collect()
}

/// The text with the last bit of its last character changed, which stands for nothing where the length is no multiple of four.
fn stray(text: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let last = text.chars().next_back().unwrap();
    let at = ALPHABET.find(last).unwrap() ^ 1;
    format!("{}{}", &text[..text.len() - 1], &ALPHABET[at..=at])
}

/// A header with other members among its own; the text, so that a member may stand twice.
fn header(own: &[(&str, &str)], others: &[(Index, &str)]) -> String {
    let mut members: Vec<String> = own
        .iter()
        .map(|(name, value)| json!({ *name: value }).to_string())
        .collect();
    for member in &mut members {
        *member = member[1..member.len() - 1].to_owned();
    }
    for (at, member) in others {
        members.insert(at.index(members.len() + 1), (*member).to_owned());
    }
    format!("{{{}}}", members.join(","))
}

fn others() -> impl Strategy<Value = Vec<(Index, &'static str)>> {
    prop_oneof![2 => Just(Vec::new()), 5 => vec((any::<Index>(), select(&MEMBERS[..])), 1..3)]
}

/// The octets of a symmetric key.
fn octets(key: &Value) -> Vec<u8> {
    base64url::decode(key["jwk"]["k"].as_str().unwrap()).unwrap()
}

/// An encrypted object, right but for its header and the length of its initialization vector.
fn encrypted(name: &str, others: &[(Index, &str)], iv: &[u8], plaintext: &[u8]) -> Compact {
    let key = key(name);
    let enc = key["enc"].as_str().unwrap_or("A256GCM");
    let own = [
        ("alg", key["alg"].as_str().unwrap()),
        ("enc", enc),
        ("kid", key["kid"].as_str().unwrap()),
    ];
    let header = header(&own, others);
    let protected = base64url::encode(header.as_bytes());
    let (content_key, encrypted_key) = match key["alg"].as_str().unwrap() {
        "dir" => (octets(&key), Vec::new()),
        _ => (vec![7; 32], bare::wrap(&octets(&key), &[7; 32]).unwrap()),
    };
    let sealed = bare::encrypt(&content_key, iv, protected.as_bytes(), plaintext).unwrap();
    Compact::of(&[
        header.as_bytes(),
        &encrypted_key,
        iv,
        &sealed.ciphertext,
        &sealed.tag,
    ])
}

/// A signed object, right but for its header.
fn signed(name: &str, others: &[(Index, &str)], payload: &[u8]) -> Compact {
    let key = key(name);
    let own = [
        ("alg", key["alg"].as_str().unwrap()),
        ("kid", key["kid"].as_str().unwrap()),
    ];
    let header = header(&own, others);
    let input = Compact::of(&[header.as_bytes(), payload]).to_string();
    let signature = signing_key(&key).unwrap().sign(input.as_bytes()).unwrap();
    Compact::of(&[header.as_bytes(), payload, &signature])
}

/// The flattened serialization of a compact one, with members beside it.
fn flattened(names: &[&str], compact: &str, beside: &[&str]) -> String {
    let parts = names
        .iter()
        .zip(compact.split('.'))
        .filter(|(_, part)| !part.is_empty());
    let object: Map<String, Value> = parts
        .map(|(name, part)| ((*name).to_owned(), part.into()))
        .collect();
    let mut text = Value::from(object).to_string();
    for member in beside {
        text.truncate(text.len() - 1);
        text.push_str(&format!(",{member}}}"));
    }
    text
}

fn beside() -> impl Strategy<Value = Option<Vec<&'static str>>> {
    prop_oneof![
        3 => Just(None),
        1 => Just(Some(Vec::new())),
        2 => vec(select(&BESIDE[..]), 1..2).prop_map(Some),
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn encrypted_objects_are_read_alike_but_for_the_reasons(
        name in select(vec!["direct-128", "direct-256", "wrap-128", "wrap-256"]),
        others in others(),
        iv in prop_oneof![6 => vec(any::<u8>(), 12), 1 => vec(any::<u8>(), 16), 1 => vec(any::<u8>(), 8)],
        plaintext in vec(any::<u8>(), 0..60),
        change in change(),
        beside in beside(),
    ) {
        let mut object = change.applied(encrypted(name, &others, &iv, &plaintext));
        if let Some(beside) = &beside {
            object = flattened(&["protected", "encrypted_key", "iv", "ciphertext", "tag"], &object, beside);
        }
        let compared = compared(Kind::Encrypted, &object, &[&key(name)]);
        prop_assert!(compared.is_ok(), "{compared:?}: {object}");
    }

    #[test]
    fn signed_objects_are_read_alike_but_for_the_reasons(
        name in prop_oneof![6 => select(vec!["mac-256", "mac-384", "mac-512"]), 2 => select(vec!["signer-256", "signer-384"])],
        others in others(),
        payload in vec(any::<u8>(), 0..60),
        change in change(),
        beside in beside(),
    ) {
        let mut object = change.applied(signed(name, &others, &payload));
        if let Some(beside) = &beside {
            object = flattened(&["protected", "payload", "signature"], &object, beside);
        }
        let compared = compared(Kind::Signed, &object, &[&key(name)]);
        prop_assert!(compared.is_ok(), "{compared:?}: {object}");
    }
}
