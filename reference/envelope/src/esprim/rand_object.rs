use std::fmt::Write;

use serde_json::{Map, Value};
use thiserror::Error;

use super::expiry::{Expiry, ExpiryError};
use super::ncname::is_ncname;
use super::protocol::ProtocolId;
use crate::json::{self, JsonError};

/// What the Originator contributes to a session key (TS-0003 V3.18.0, 8.4.3.1.1; TS-0004 V3.32.0, 6.3.5.50).
pub type OriginatorRand = RandObject<Chosen>;

/// What the Receiver contributes to session keys (TS-0003 V3.18.0, 8.4.3.1.2; TS-0004 V3.32.0, 6.3.5.51).
pub type ReceiverRand = RandObject<Offered>;

/// A rand object. Two are equal if their members are, however they were written.
#[derive(Clone, Debug)]
pub struct RandObject<Algorithms> {
    id: String,
    value: String,
    expiry: Expiry,
    key_algorithms: Algorithms,
    protocols: Vec<ProtocolId>,
    /// The text that it was read from.
    wire: Option<String>,
}

/// The one algorithm that the Originator chose to derive the session key (esprimKeyGenAlgID).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen(pub u64);

/// The algorithms that the Receiver offers to derive session keys (esprimKeyGenAlgIDs).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered(pub Vec<u64>);

/// The member in which the two kinds of rand object differ.
pub trait KeyAlgorithms: Clone + PartialEq + Sized {
    /// Its short and its long name.
    const NAMES: Names;
    /// Reads it.
    fn read(value: &Value) -> Result<Self, RandError>;
    /// Appends it to JSON text.
    fn write(&self, text: &mut String);
    /// Whether it names no algorithm.
    fn is_empty(&self) -> bool;
}

/// A member has a short name (TS-0004 V3.32.0, 8.2.5) and a long one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names {
    /// As it stands in a primitive.
    pub short: &'static str,
    /// As it stands in the specification.
    pub long: &'static str,
}

pub(crate) const ID: Names = Names {
    short: "esri",
    long: "esprimRandID",
};
pub(crate) const VALUE: Names = Names {
    short: "esrv",
    long: "esprimRandValue",
};
pub(crate) const EXPIRY: Names = Names {
    short: "esrx",
    long: "esprimRandExpiry",
};
pub(crate) const PROTOCOLS: Names = Names {
    short: "espa",
    long: "esprimProtocolAndAlgIDs",
};

impl KeyAlgorithms for Chosen {
    const NAMES: Names = Names {
        short: "esk",
        long: "esprimKeyGenAlgID",
    };

    fn read(value: &Value) -> Result<Self, RandError> {
        value.as_u64().map(Self).ok_or(RandError::Type {
            member: Self::NAMES.short,
            expected: "a number",
        })
    }

    fn write(&self, text: &mut String) {
        write_number(text, self.0);
    }

    fn is_empty(&self) -> bool {
        false
    }
}

impl KeyAlgorithms for Offered {
    const NAMES: Names = Names {
        short: "esks",
        long: "esprimKeyGenAlgIDs",
    };

    fn read(value: &Value) -> Result<Self, RandError> {
        numbers(Self::NAMES.short, value).map(Self)
    }

    fn write(&self, text: &mut String) {
        write_numbers(text, self.0.iter().copied());
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Why something is no rand object.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RandError {
    /// It is no JSON object, or has a member twice.
    #[error("{0}")]
    Json(JsonError),
    /// A value of another kind stands where the object should.
    #[error("expected an object")]
    NotAnObject,
    /// A member is not there.
    #[error("member `{member}` is missing")]
    Missing {
        /// Its short name.
        member: &'static str,
    },
    /// A member that no such object has.
    #[error("member `{member}` is none of this object")]
    Unexpected {
        /// Its name.
        member: String,
    },
    /// A member has another type.
    #[error("expected {expected} in `{member}`")]
    Type {
        /// Its short name.
        member: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// A list names no algorithm.
    #[error("`{member}` is empty")]
    Empty {
        /// Its short name.
        member: &'static str,
    },
    /// A text is no xs:NCName.
    #[error("`{member}` is no xs:NCName: {got:?}")]
    NotAName {
        /// The short name of the member.
        member: &'static str,
        /// The text.
        got: String,
    },
    /// The random value does not stand for 128 bits.
    #[error("`esrv` does not stand for 128 bits: {got:?}")]
    NotAValue {
        /// The text.
        got: String,
    },
    /// The expiry is no m2m:absRelTimestamp.
    #[error("`esrx`: {0}")]
    Expiry(ExpiryError),
}

impl<Algorithms: KeyAlgorithms> RandObject<Algorithms> {
    /// An object of one's own. Identifier and value have to be an xs:NCName, the lists not empty.
    pub fn new(
        id: &str,
        value: &str,
        expiry: Expiry,
        key_algorithms: Algorithms,
        protocols: &[ProtocolId],
    ) -> Result<Self, RandError> {
        let object = Self {
            id: id.to_owned(),
            value: value.to_owned(),
            expiry,
            key_algorithms,
            protocols: protocols.to_vec(),
            wire: None,
        };
        object.checked()
    }

    /// Reads an object strictly, of JSON text with short names.
    pub fn from_json(text: &str) -> Result<Self, RandError> {
        let members = json::read_object(text.as_bytes()).map_err(RandError::Json)?;
        Self::from_members(&members, Some(text.trim()))?.checked()
    }

    /// Reads the members of an object: each once and of its type, and no other. `wire` is the text that they were read from.
    ///
    /// Whether identifier and value are an xs:NCName, the value 128 bits, and the lists not empty, is left to the clauses.
    pub fn from_members(
        members: &Map<String, Value>,
        wire: Option<&str>,
    ) -> Result<Self, RandError> {
        let [id, value, expiry, key_algorithms, protocols] =
            [ID, VALUE, EXPIRY, Algorithms::NAMES, PROTOCOLS].map(|names| names.short);
        let known = [id, value, expiry, key_algorithms, protocols];
        if let Some(member) = members.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(RandError::Unexpected {
                member: member.clone(),
            });
        }
        let member = |name| members.get(name).ok_or(RandError::Missing { member: name });
        let text = |name| {
            member(name)?.as_str().ok_or(RandError::Type {
                member: name,
                expected: "a string",
            })
        };
        let expiry_error = RandError::Type {
            member: expiry,
            expected: "a string or a number",
        };
        Ok(Self {
            id: text(id)?.to_owned(),
            value: text(value)?.to_owned(),
            expiry: Expiry::from_json(member(expiry)?)
                .ok_or(expiry_error)?
                .map_err(RandError::Expiry)?,
            key_algorithms: Algorithms::read(member(key_algorithms)?)?,
            protocols: numbers(protocols, member(protocols)?)?
                .into_iter()
                .map(ProtocolId)
                .collect(),
            wire: wire.map(str::to_owned),
        })
    }

    /// esprimRandID.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// esprimRandValue, as text.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// esprimRandExpiry.
    pub fn expiry(&self) -> &Expiry {
        &self.expiry
    }

    /// esprimKeyGenAlgID or esprimKeyGenAlgIDs.
    pub fn key_algorithms(&self) -> &Algorithms {
        &self.key_algorithms
    }

    /// esprimProtocolAndAlgIDs.
    pub fn protocols(&self) -> &[ProtocolId] {
        &self.protocols
    }

    /// JSON with short names in the order of the table, without white space.
    pub fn to_json(&self) -> String {
        self.write(|names| names.short, false)
    }

    /// The text that the object was read from; of one that was made here, what [`Self::to_json`] writes.
    pub fn as_sent(&self) -> String {
        self.wire.clone().unwrap_or_else(|| self.to_json())
    }

    pub(crate) fn write(&self, name: fn(Names) -> &'static str, sorted: bool) -> String {
        let mut members: [(&str, Member<'_, Algorithms>); 5] = [
            (name(ID), Member::Text(&self.id)),
            (name(VALUE), Member::Text(&self.value)),
            (name(EXPIRY), Member::Expiry(&self.expiry)),
            (
                name(Algorithms::NAMES),
                Member::KeyAlgorithms(&self.key_algorithms),
            ),
            (name(PROTOCOLS), Member::Protocols(&self.protocols)),
        ];
        if sorted {
            members.sort_by_key(|(name, _)| *name);
        }
        let mut text = String::with_capacity(160);
        for (name, member) in members {
            text.push_str(if text.is_empty() { "{\"" } else { ",\"" });
            text.push_str(name);
            text.push_str("\":");
            match member {
                Member::Text(value) => json::write_text(&mut text, value),
                Member::Expiry(expiry) => expiry.write(&mut text),
                Member::KeyAlgorithms(algorithms) => algorithms.write(&mut text),
                Member::Protocols(ids) => write_numbers(&mut text, ids.iter().map(|id| id.0)),
            }
        }
        text.push('}');
        text
    }

    fn checked(self) -> Result<Self, RandError> {
        if self.protocols.is_empty() {
            return Err(RandError::Empty {
                member: PROTOCOLS.short,
            });
        }
        if self.key_algorithms.is_empty() {
            return Err(RandError::Empty {
                member: Algorithms::NAMES.short,
            });
        }
        for (member, text) in [(ID.short, &self.id), (VALUE.short, &self.value)] {
            if !is_ncname(text) {
                return Err(RandError::NotAName {
                    member,
                    got: text.clone(),
                });
            }
        }
        Ok(self)
    }
}

impl<Algorithms: PartialEq> PartialEq for RandObject<Algorithms> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
            && self.value == other.value
            && self.expiry == other.expiry
            && self.key_algorithms == other.key_algorithms
            && self.protocols == other.protocols
    }
}

impl<Algorithms: Eq> Eq for RandObject<Algorithms> {}

/// A member as it is kept.
enum Member<'a, Algorithms> {
    Text(&'a str),
    Expiry(&'a Expiry),
    KeyAlgorithms(&'a Algorithms),
    Protocols(&'a [ProtocolId]),
}

fn write_numbers(text: &mut String, numbers: impl Iterator<Item = u64>) {
    text.push('[');
    for (at, number) in numbers.enumerate() {
        if at > 0 {
            text.push(',');
        }
        write_number(text, number);
    }
    text.push(']');
}

fn write_number(text: &mut String, number: u64) {
    // Writing to a String does not fail.
    let _ = write!(text, "{number}");
}

fn numbers(member: &'static str, value: &Value) -> Result<Vec<u64>, RandError> {
    let wrong = RandError::Type {
        member,
        expected: "a list of numbers",
    };
    let elements = value.as_array().ok_or(wrong.clone())?;
    elements
        .iter()
        .map(|element| element.as_u64().ok_or(wrong.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Chosen, OriginatorRand, RandError, ReceiverRand};
    use crate::esprim::{Expiry, ProtocolId};
    use crate::json::JsonError;

    const ORIGINATOR: &str = r#"{"esri":"or-0001","esrv":"a1b2c3d4e5f60718293a4b5c6d7e8f90","esrx":"20991231T000000","esk":1,"espa":[12]}"#;
    const RECEIVER: &str = r#"{"esri":"rr-0001","esrv":"c3d2e1f0a9b8978685746352413f2e1d","esrx":"20991231T235959","esks":[1],"espa":[10,11,12]}"#;

    #[test]
    fn what_is_read_is_written() {
        assert_eq!(
            OriginatorRand::from_json(ORIGINATOR).unwrap().to_json(),
            ORIGINATOR
        );
        assert_eq!(
            ReceiverRand::from_json(RECEIVER).unwrap().to_json(),
            RECEIVER
        );
        let spaced = format!(" {} ", ORIGINATOR.replace(':', " : "));
        let read = OriginatorRand::from_json(&spaced).unwrap();
        assert_eq!(read.to_json(), ORIGINATOR);
        assert_eq!(read.as_sent(), spaced.trim());
        assert_eq!(read, OriginatorRand::from_json(ORIGINATOR).unwrap());
    }

    #[test]
    fn every_member_stands_once() {
        for member in ["esri", "esrv", "esrx", "esk", "espa"] {
            let renamed = ORIGINATOR.replace(&format!("\"{member}\""), "\"x\"");
            let unexpected = RandError::Unexpected { member: "x".into() };
            assert_eq!(OriginatorRand::from_json(&renamed), Err(unexpected));
            let mut members = serde_json::from_str::<serde_json::Map<_, _>>(ORIGINATOR).unwrap();
            members.remove(member);
            let missing = OriginatorRand::from_members(&members, None);
            assert_eq!(missing, Err(RandError::Missing { member }));
        }
        let twice = ORIGINATOR.replace("\"esk\":1", "\"esk\":1,\"esk\":1");
        let name = "esk".to_owned();
        let duplicate = RandError::Json(JsonError::Duplicate { name });
        assert_eq!(OriginatorRand::from_json(&twice), Err(duplicate));
        assert!(OriginatorRand::from_json(RECEIVER).is_err());
        assert!(ReceiverRand::from_json(ORIGINATOR).is_err());
    }

    #[test]
    fn other_types_are_refused() {
        let wrong = |from: &str, to: &str| {
            let text = ORIGINATOR.replace(from, to);
            assert_ne!(text, ORIGINATOR);
            OriginatorRand::from_json(&text).unwrap_err()
        };
        let typed = |member, expected| RandError::Type { member, expected };
        let numbers = typed("espa", "a list of numbers");
        assert_eq!(wrong("[12]", "12"), numbers);
        assert_eq!(wrong("[12]", "[\"12\"]"), numbers);
        assert_eq!(wrong("[12]", "[12.5]"), numbers);
        assert_eq!(wrong("[12]", "[]"), RandError::Empty { member: "espa" });
        assert_eq!(wrong(":1,", ":[1],"), typed("esk", "a number"));
        assert_eq!(
            wrong(":1,", ":18446744073709551617,"),
            typed("esk", "a number")
        );
        assert_eq!(wrong("\"or-0001\"", "7"), typed("esri", "a string"));
        let got = "1r".to_owned();
        assert_eq!(
            wrong("or-0001", "1r"),
            RandError::NotAName {
                member: "esri",
                got
            }
        );
        assert!(matches!(wrong("T000000", " 000000"), RandError::Expiry(_)));
    }

    #[test]
    fn what_is_made_keeps_the_rules_too() {
        let make = |id, value, protocols| {
            let expiry = Expiry::read("20991231T000000").unwrap();
            OriginatorRand::new(id, value, expiry, Chosen(1), protocols)
        };
        let value = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
        assert_eq!(
            make("or-0001", value, &[ProtocolId(12)]).unwrap().to_json(),
            ORIGINATOR
        );
        assert!(make("0001", value, &[ProtocolId(12)]).is_err());
        assert!(make("or-0001", "1", &[ProtocolId(12)]).is_err());
        assert!(make("or-0001", value, &[]).is_err());
    }
}
