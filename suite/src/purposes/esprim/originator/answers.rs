//! How the tester answers an object: rightly, or with something wrong.

use super::peer::Peer;
use super::seen::Seen;
use onem2m_envelope::bare::Compact;
use onem2m_envelope::esprim::{Header, ReceiverRand, Serialization, Session, seal};
use onem2m_envelope::{ContentEncryption, IV_LENGTH};
use onem2m_keys::SessionEsPrimKey;
use serde_json::{Value, json};
use std::time::Duration;

/// Where the parts stand (RFC 7516, 7.1).
const HEADER: usize = 0;
const CIPHERTEXT: usize = 3;
const TAG: usize = 4;

/// An answer to a request of the IUT.
#[derive(Clone)]
pub struct Reply {
    pub code: u16,
    pub content: Option<Value>,
    /// How long it takes.
    pub after: Option<Duration>,
}

impl Reply {
    /// With this content.
    pub fn with(content: Value) -> Self {
        Self {
            content: Some(content),
            ..Self::code(2000)
        }
    }

    /// With a code and no content.
    pub fn code(code: u16) -> Self {
        Self {
            code,
            content: None,
            after: None,
        }
    }

    /// With an object.
    pub fn object(text: &str) -> Self {
        Self::with(json!({"m2m:seci": {"sit": 5, "epo": text}}))
    }

    /// With a rand object.
    pub fn rand(object: &Value) -> Self {
        Self::with(json!({"m2m:seci": {"sit": 4, "ero": object}}))
    }
}

/// What differs from the right object of a response.
#[derive(Default, Clone)]
pub struct Change {
    pub kid: Option<&'static str>,
    pub ori: Option<&'static str>,
    pub rri: Option<&'static str>,
    /// The key of a session that never was.
    pub other_session: bool,
    /// The inner response, in place of a success.
    pub inner: Option<Value>,
    /// The next object of the Receiver.
    pub rro: Option<Value>,
    pub flips: Option<Flipped>,
    /// The header is written anew once the object is sealed.
    pub respaced: bool,
}

/// The part of which one bit changes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flipped {
    Ciphertext,
    Tag,
}

/// The success of the inner request.
pub fn success(seen: &Seen) -> Value {
    json!({"rsc": 2001, "rqi": seen.identifier(), "rvi": "3", "pc": {"m2m:cin": {"rn": "made"}}})
}

/// The object of a response; none if what came names no session.
pub fn sealed(peer: &Peer, seen: &Seen, change: &Change) -> Option<String> {
    let session = seen.session.as_ref()?;
    let enc = ContentEncryption::from_name(seen.member("enc"))?;
    let rro = change.rro.as_ref().map(Value::to_string);
    let rro = rro.and_then(|rro| ReceiverRand::from_json(&rro).ok());
    let usual = session.response_header(enc, Serialization::Json, rro);
    let header = Header {
        kid: change.kid.map_or(usual.kid, str::to_owned),
        ori: change.ori.map_or(usual.ori, str::to_owned),
        rri: change.rri.map_or(usual.rri, str::to_owned),
        ..usual
    };
    let inner = change.inner.clone().unwrap_or_else(|| success(seen));
    let key = match change.other_session {
        true => SessionEsPrimKey::over(&peer.key.key, &[b"another session"]),
        false => session.key.clone(),
    };
    let octets = peer.readings.content_key;
    let text = inner.to_string();
    let object = seal(
        &header,
        &key,
        octets,
        &vector(session, seen),
        text.as_bytes(),
    )
    .ok()?;
    Some(spoilt(&object, change))
}

/// The right answer.
pub fn right(peer: &Peer, seen: &Seen) -> Reply {
    changed(peer, seen, &Change::default())
}

/// An answer that differs from it.
pub fn changed(peer: &Peer, seen: &Seen, change: &Change) -> Reply {
    match sealed(peer, seen, change) {
        Some(object) => Reply::object(&object),
        None => Reply::code(4112),
    }
}

/// A vector that the IUT did not use with the key: another one than that of its request.
fn vector(session: &Session, seen: &Seen) -> [u8; IV_LENGTH] {
    let mut vector = [0x5a_u8; IV_LENGTH];
    let own = seen.part(2);
    let seeds = own.iter().chain(session.originator.id().as_bytes());
    for (place, octet) in seeds.enumerate() {
        if let Some(to) = vector.get_mut(place % IV_LENGTH) {
            *to = to.wrapping_mul(31).wrapping_add(*octet);
        }
    }
    vector
}

fn spoilt(object: &str, change: &Change) -> String {
    let mut parts = Compact::read(object);
    if let Some(flipped) = change.flips {
        let place = match flipped {
            Flipped::Ciphertext => CIPHERTEXT,
            Flipped::Tag => TAG,
        };
        let mut octets = parts.octets(place);
        if let Some(last) = octets.last_mut() {
            *last ^= 1;
        }
        parts = parts.with(place, &octets);
    }
    if change.respaced {
        let header = String::from_utf8(parts.octets(HEADER)).unwrap_or_default();
        parts = parts.with(HEADER, header.replacen(':', ": ", 1).as_bytes());
    }
    parts.to_string()
}
