//! Composes ESPrim Objects, right ones and such with a fault.

use super::deflated::{deflated, zeros};
use super::session::Session;
use crate::catalogue::behaviour::{Part, Protection, Spelled, Spelling};
use crate::tester::changed::changed;
use onem2m_envelope::bare::Compact;
use onem2m_envelope::esprim::Readings;
use onem2m_envelope::esprim::bare::Draft;
use onem2m_envelope::{IV_LENGTH, SymmetricKey, TAG_LENGTH, base64url};
use onem2m_keys::ContentKeyOctets;
use serde_json::{Map, Value};

// Where the parts stand (RFC 7516, 7.1).
const HEADER: usize = 0;
const ENCRYPTED_KEY: usize = 1;
/// Where the initialization vector stands.
pub const INITIALIZATION_VECTOR: usize = 2;
const CIPHERTEXT: usize = 3;
const TAG: usize = 4;

/// What an object is composed of.
pub struct Ingredients<'i> {
    /// The session.
    pub session: &'i Session,
    /// What is special about it, filled.
    pub protection: &'i Protection,
    /// The pair that a wrong key is of.
    pub other: Option<&'i super::Pair>,
    /// The session that a wrong key is of.
    pub other_session: Option<&'i Session>,
    /// How the IUT reads the specification.
    pub readings: Readings,
    /// The octets from which the initialization vector is drawn.
    pub seed: [u8; 32],
    /// The members of the inner primitive.
    pub inner: Map<String, Value>,
}

/// Composes an object. A key that is none of AES is the one error.
pub fn compose(ingredients: &Ingredients<'_>) -> Result<String, String> {
    let Ingredients {
        session,
        protection,
        ..
    } = ingredients;
    let delivers =
        protection.oro_sent.unwrap_or(!session.delivered) && protection.refresh.is_none();
    let header = header(session, protection, delivers);
    let keyed = ingredients.other_session.unwrap_or(session);
    let key = keyed.sealing_key(&protection.key, ingredients.other);
    let draft = Draft {
        first: base64url::encode(header.as_bytes()),
        key: content_key(&key, session.enc.key_length(), ingredients.readings),
        iv: match &protection.vector {
            Some(octets) => octets.clone(),
            None => vector(ingredients.seed, protection.iv.unwrap_or(IV_LENGTH)),
        },
        plaintext: octets(ingredients).map_err(|error| error.to_string())?,
    };
    let mut parts = draft.compose().map_err(|error| error.to_string())?;
    if !protection.rewritten.is_empty() || protection.respaced {
        let rewritten = rewritten(&header, protection);
        parts = parts.with(HEADER, rewritten.as_bytes());
    }
    if protection.unencrypted {
        parts = parts.with(CIPHERTEXT, &draft.plaintext);
    }
    Ok(spoilt(parts, protection).to_string())
}

/// The protected header; its rand object is the text that the session key is over.
fn header(session: &Session, protection: &Protection, delivers: bool) -> String {
    if let Some(text) = &protection.header_text {
        return text.clone();
    }
    let usual = [
        ("alg", "dir"),
        ("enc", session.enc.name()),
        ("kid", &session.pair.kid),
        ("cty", "application/vnd.onem2m-preq+json"),
        ("ori", &session.ori),
        ("rri", &session.rri),
    ];
    let usual = usual
        .into_iter()
        .map(|(member, value)| (member.to_owned(), Value::from(value)))
        .collect();
    let mut members: Vec<String> = changed(usual, &protection.header)
        .iter()
        .map(|(member, value)| format!("{}:{value}", Value::from(member.as_str())))
        .collect();
    if delivers && !protection.header.contains_key("oro") {
        members.push(format!("\"oro\":{}", session.originator));
    }
    members.extend(protection.header_more.clone());
    let padding = protection.header_padding.map(|length| "x".repeat(length));
    members.extend(padding.map(|padding| format!("\"padding\":\"{padding}\"")));
    format!("{{{}}}", members.join(","))
}

/// As the header travels once somebody has changed it.
fn rewritten(header: &str, protection: &Protection) -> String {
    let members = match serde_json::from_str(header) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let changed = Value::Object(changed(members, &protection.rewritten)).to_string();
    match protection.respaced {
        true => changed.replacen(':', ": ", 1),
        false => changed,
    }
}

fn content_key(key: &[u8], length: usize, readings: Readings) -> SymmetricKey {
    let part = match readings.content_key {
        ContentKeyOctets::Leftmost => key.get(..length),
        ContentKeyOctets::Rightmost => key.get(key.len().saturating_sub(length)..),
    };
    SymmetricKey::new(part.unwrap_or(key))
}

fn vector(seed: [u8; 32], length: usize) -> Vec<u8> {
    seed.into_iter().cycle().take(length).collect()
}

/// The plaintext, compressed if the step says so.
fn octets(ingredients: &Ingredients<'_>) -> std::io::Result<Vec<u8>> {
    let protection = ingredients.protection;
    if let Some(mebibytes) = protection.inflates_to {
        return zeros(mebibytes);
    }
    let plaintext = plaintext(ingredients);
    match protection.deflated {
        true => deflated(plaintext.as_bytes()),
        false => Ok(plaintext.into_bytes()),
    }
}

fn plaintext(ingredients: &Ingredients<'_>) -> String {
    let protection = ingredients.protection;
    if let Some(text) = &protection.plaintext {
        return text.clone();
    }
    if let Some(depth) = protection.plaintext_depth {
        return "[".repeat(depth) + &"]".repeat(depth);
    }
    let members = changed(ingredients.inner.clone(), &protection.inner);
    let text = Value::Object(members).to_string();
    let text = match (&protection.inner_before, text.strip_prefix('{')) {
        (Some(before), Some(rest)) => format!("{{{before},{rest}"),
        _ => text,
    };
    match &protection.inner_in {
        Some(member) => format!("{{{}:{text}}}", Value::from(member.as_str())),
        None => text,
    }
}

/// The object as it is once something happened to it behind the sealing.
fn spoilt(mut parts: Compact, protection: &Protection) -> Compact {
    if let Some(length) = protection.tag {
        let mut tag = parts.octets(TAG);
        tag.resize(length.max(TAG_LENGTH), 0);
        tag.truncate(length);
        parts = parts.with(TAG, &tag);
    }
    if let Some(length) = protection.encrypted_key {
        parts = parts.with(ENCRYPTED_KEY, &vec![0xa5; length]);
    }
    if let Some(part) = protection.flipped {
        let mut octets = parts.octets(place(part));
        if let Some(last) = octets.last_mut() {
            *last ^= 1;
        }
        parts = parts.with(place(part), &octets);
    }
    if let Some(part) = protection.cut {
        let mut octets = parts.octets(place(part));
        octets.pop();
        parts = parts.with(place(part), &octets);
    }
    if let Some(spelled) = &protection.spelled {
        parts = respelt(parts, spelled);
    }
    if let Some(number) = protection.parts {
        parts.parts.resize(number, String::new());
    }
    parts
}

/// An object in which a part is written otherwise.
pub fn respelled(object: &str, spelled: &Spelled) -> String {
    respelt(Compact::read(object), spelled).to_string()
}

fn respelt(parts: Compact, spelled: &Spelled) -> Compact {
    let place = place(spelled.part);
    let text = parts.parts.get(place).map(String::as_str);
    let text = spell(text.unwrap_or_default(), spelled.how);
    parts.with_text(place, &text)
}

fn place(part: Part) -> usize {
    match part {
        Part::Header => HEADER,
        Part::Iv => INITIALIZATION_VECTOR,
        Part::Ciphertext => CIPHERTEXT,
        Part::Tag => TAG,
    }
}

fn spell(text: &str, how: Spelling) -> String {
    match how {
        Spelling::Padded => format!(
            "{text}{}",
            "=".repeat((4 - text.len() % 4) % 4).max("=".to_owned())
        ),
        Spelling::StandardAlphabet => format!("+/{}", text.get(2..).unwrap_or_default()),
        Spelling::Spaced => {
            let (head, tail) = text.split_at_checked(text.len() / 2).unwrap_or_default();
            format!("{head} {tail}")
        }
        Spelling::LineFeed => format!("{text}\n"),
        Spelling::StrayBits => stray(text),
    }
}

/// The same octets with the lowest bit of the last character set, which stands for nothing unless a multiple of 3 octets is
/// written.
fn stray(text: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut characters: Vec<char> = text.chars().collect();
    if let Some(last) = characters.last_mut() {
        let value = ALPHABET.find(*last).unwrap_or_default();
        *last = ALPHABET.chars().nth(value | 1).unwrap_or(*last);
    }
    characters.into_iter().collect()
}
