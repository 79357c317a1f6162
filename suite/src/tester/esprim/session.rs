//! A session: the rand objects of both sides, and what follows from them.

use super::Pair;
use crate::catalogue::behaviour::{Key, Protection};
use crate::tester::changed::changed;
use onem2m_envelope::ContentEncryption;
use onem2m_envelope::esprim::{
    Chosen, KeyAlgorithms, Offered, ProtocolId, RandObject, Readings, is_ncname,
};
use onem2m_keys::{SESSION_KEY_LABEL, SessionEsPrimKey};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// A session of the tester as Originator.
#[derive(Debug, Clone)]
pub struct Session {
    /// The pair.
    pub pair: Pair,
    /// The receiver object, as JSON.
    pub receiver: Value,
    /// The originator object, as the text that is sent.
    pub originator: String,
    /// How the content is encrypted.
    pub enc: ContentEncryption,
    /// The identifier of the originator object.
    pub ori: String,
    /// The identifier of the receiver object.
    pub rri: String,
    /// The key.
    pub key: SessionEsPrimKey,
    /// Whether the IUT has taken an object with the originator object.
    pub delivered: bool,
    octets: Octets,
}

/// The octets of the rand objects in derivations.
#[derive(Debug, Clone)]
struct Octets {
    receiver: Vec<u8>,
    originator: Vec<u8>,
}

/// What a session begins with.
pub struct Beginning<'b> {
    /// The pair.
    pub pair: &'b Pair,
    /// The receiver object.
    pub receiver: Value,
    /// What is special about the session.
    pub protection: &'b Protection,
    /// How the IUT reads the specification.
    pub readings: Readings,
    /// What its identifier and its random value are drawn from.
    pub seed: [u8; 32],
}

/// Why no session begins.
#[derive(Debug, Error)]
pub enum NoSession {
    /// The IUT gave no receiver object.
    #[error("no esprimRandObject: {0}")]
    Receiver(String),
    /// It offers nothing that the session needs.
    #[error("the receiver object does not offer {0}")]
    NotOffered(&'static str),
    /// The catalogue names an algorithm that there is not.
    #[error("unknown content encryption {0:?}")]
    Unknown(String),
}

impl Session {
    /// Begins a session on a receiver object.
    pub fn begin(beginning: Beginning<'_>) -> Result<Self, NoSession> {
        let Beginning {
            pair,
            receiver,
            protection,
            readings,
            seed,
        } = beginning;
        let wrong = |error: String| NoSession::Receiver(error);
        let read = RandObject::<Offered>::from_json(&receiver.to_string())
            .map_err(|error| wrong(error.to_string()))?;
        let enc = match &protection.enc {
            Some(name) => ContentEncryption::from_name(name)
                .ok_or_else(|| NoSession::Unknown(name.clone()))?,
            None => ContentEncryption::A256Gcm,
        };
        let id = ProtocolId::from(enc);
        if protection.rro.is_empty() && !read.protocols().contains(&id) {
            return Err(NoSession::NotOffered(enc.name()));
        }
        let usual = usual(&read, id, &readings, seed);
        let object = changed(usual.clone(), &protection.oro);
        let id = |object: &Map<String, Value>| Some(object.get("esri")?.as_str()?.to_owned());
        let ori = id(&object).or_else(|| id(&usual)).unwrap_or_default();
        let text = Value::Object(object).to_string();
        let originator = match &protection.oro_instead {
            Some(instead) => instead.to_string(),
            None if protection.oro_as_text => Value::from(text).to_string(),
            None => text,
        };
        let receiver_octets = octets(&read, &readings);
        let originator_octets = match RandObject::<Chosen>::from_json(&originator) {
            Ok(object) => octets(&object, &readings),
            // The Receiver has to refuse it, whatever the key.
            Err(_) => originator.clone().into_bytes(),
        };
        let octets = Octets {
            receiver: receiver_octets,
            originator: originator_octets,
        };
        Ok(Self {
            key: octets.derive(pair, &Key::Session),
            pair: pair.clone(),
            ori,
            rri: read.id().to_owned(),
            receiver,
            originator,
            enc,
            delivered: false,
            octets,
        })
    }

    /// The octets with which an object is sealed: the session key, or what the step takes in its place. The pair is that of
    /// [`Key::PairOf`].
    pub fn sealing_key(&self, key: &Key, pair: Option<&Pair>) -> Vec<u8> {
        match key {
            Key::Zeros => vec![0; 32],
            Key::Pairwise => self.pair.key.octets().to_vec(),
            other => {
                let pair = pair.unwrap_or(&self.pair);
                self.octets.derive(pair, other).octets().to_vec()
            }
        }
    }
}

impl Octets {
    fn derive(&self, pair: &Pair, key: &Key) -> SessionEsPrimKey {
        let (receiver, originator) = (&self.receiver[..], &self.originator[..]);
        let label = SESSION_KEY_LABEL.as_bytes();
        let parts: &[&[u8]] = match key {
            Key::Swapped => &[originator, receiver, label],
            Key::Unlabelled => &[receiver, originator],
            Key::OtherLabel => &[
                receiver,
                originator,
                b"oneM2M HMAC-SHA256 sessionESPrimKey derivation",
            ],
            Key::ReceiverOnly => &[receiver, label],
            Key::OriginatorOnly => &[originator, label],
            Key::Session | Key::SessionOf(_) | Key::PairOf(_) | Key::Pairwise | Key::Zeros => {
                &[receiver, originator, label]
            }
        };
        SessionEsPrimKey::over(&pair.key, parts)
    }
}

/// The originator object in which everything is right: it expires with the receiver object.
fn usual(
    receiver: &RandObject<Offered>,
    protocol: ProtocolId,
    readings: &Readings,
    seed: [u8; 32],
) -> Map<String, Value> {
    let value = (0u32..)
        .map(|attempt| value(readings, seed, attempt))
        .find(|value| is_ncname(value))
        .unwrap_or_default();
    let id: String = seed
        .iter()
        .take(8)
        .map(|octet| format!("{octet:02x}"))
        .collect();
    let object = json!({
        "esri": format!("or-{id}"),
        "esrv": value,
        "esrx": receiver.expiry().to_json(),
        "esk": 1,
        "espa": [protocol.0],
    });
    match object {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn value(readings: &Readings, seed: [u8; 32], attempt: u32) -> String {
    let digest = Sha256::new()
        .chain_update(seed)
        .chain_update(attempt.to_be_bytes())
        .finalize();
    let mut octets = [0; 16];
    for (octet, drawn) in octets.iter_mut().zip(digest) {
        *octet = drawn;
    }
    readings.value_encoding.write(&octets)
}

fn octets<Algorithms: KeyAlgorithms>(
    object: &RandObject<Algorithms>,
    readings: &Readings,
) -> Vec<u8> {
    let octets = readings.rand_octets.of(object, readings.value_encoding);
    octets.unwrap_or_else(|_| object.as_sent().into_bytes())
}
