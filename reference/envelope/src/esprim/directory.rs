use onem2m_keys::PairwiseEsPrimKey;
use time::OffsetDateTime;

use super::rand_object::{OriginatorRand, ReceiverRand};

/// A key that an entity shares with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairwiseKey {
    /// pairwiseESPrimKeyID.
    pub id: String,
    /// pairwiseESPrimKey.
    pub key: PairwiseEsPrimKey,
    /// The identity that is associated with the key.
    pub entity: String,
    /// pairwiseESPrimKeyLifetime, as a moment; without one the key never expires.
    pub expires: Option<OffsetDateTime>,
    /// Whether the key was established for ESPrim, and not for another security feature alone.
    pub for_esprim: bool,
}

/// A rand object that a Receiver issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedObject {
    /// The object.
    pub object: ReceiverRand,
    /// When it expires.
    pub expires: OffsetDateTime,
    /// Who asked for it; nobody did of a shared one, or the Receiver does not bind it.
    pub issued_to: Option<String>,
}

/// A rand object that a Receiver recorded of an Originator. Identifiers are unique for their Originator alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedObject {
    /// The object.
    pub object: OriginatorRand,
    /// The pairwiseESPrimKeyID under which it came.
    pub key_id: String,
    /// When it expires.
    pub expires: OffsetDateTime,
}

/// What tells an object that was opened from every other: an initialization vector serves a session key once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sighting {
    /// pairwiseESPrimKeyID.
    pub key_id: String,
    /// The identifier of the Originator's rand object.
    pub originator_id: String,
    /// The identifier of the Receiver's rand object.
    pub receiver_id: String,
    /// The octets of the initialization vector.
    pub iv: Vec<u8>,
}

/// What a Receiver keeps. Each look-up gives the first that is wanted.
pub trait Directory {
    /// A pairwise key.
    fn key(&self, wanted: &dyn Fn(&PairwiseKey) -> bool) -> Option<&PairwiseKey>;
    /// A rand object of one's own.
    fn issued(&self, wanted: &dyn Fn(&IssuedObject) -> bool) -> Option<&IssuedObject>;
    /// A rand object of an Originator.
    fn recorded(&self, wanted: &dyn Fn(&RecordedObject) -> bool) -> Option<&RecordedObject>;
    /// Whether this object was opened before. ESPrim asks nobody to know: by default it never was.
    fn seen(&self, sighting: &Sighting) -> bool {
        let _ = sighting;
        false
    }
}

/// What a Receiver judges by.
#[derive(Clone, Copy)]
pub struct Situation<'d> {
    /// What it keeps.
    pub directory: &'d dyn Directory,
    /// The moment.
    pub now: OffsetDateTime,
}

/// A directory of plain lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// The pairwise keys.
    pub keys: Vec<PairwiseKey>,
    /// The rand objects that were issued.
    pub issued: Vec<IssuedObject>,
    /// The rand objects of Originators.
    pub recorded: Vec<RecordedObject>,
    /// The objects that were opened, as far as replays are to be noticed.
    pub seen: Vec<Sighting>,
}

impl Directory for Tables {
    fn key(&self, wanted: &dyn Fn(&PairwiseKey) -> bool) -> Option<&PairwiseKey> {
        self.keys.iter().find(|key| wanted(key))
    }

    fn issued(&self, wanted: &dyn Fn(&IssuedObject) -> bool) -> Option<&IssuedObject> {
        self.issued.iter().find(|object| wanted(object))
    }

    fn recorded(&self, wanted: &dyn Fn(&RecordedObject) -> bool) -> Option<&RecordedObject> {
        self.recorded.iter().find(|object| wanted(object))
    }

    fn seen(&self, sighting: &Sighting) -> bool {
        self.seen.contains(sighting)
    }
}
