//! Keys that an IUT is given, and that are withdrawn from it, while it runs.

use crate::profile::Provisioned;
use serde_json::json;
use std::fmt::{self, Write};
use zeroize::Zeroizing;

/// The room for what a statement has beside its key.
const ROOM: usize = 1024;

/// What is to change among the keys that an IUT knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyOrder {
    /// It is given a key.
    Provision(Provisioned),
    /// The key with this identity is withdrawn.
    Withdraw(String),
}

impl KeyOrder {
    /// The name of its trigger in a profile.
    pub fn trigger(&self) -> &'static str {
        match self {
            Self::Provision(_) => "provision-key",
            Self::Withdraw(_) => "withdraw-key",
        }
    }

    /// The identity of the key.
    pub fn identity(&self) -> &str {
        match self {
            Self::Provision(given) => &given.identity,
            Self::Withdraw(identity) => identity,
        }
    }

    /// What a trigger is told, as a JSON object: `identity`, and of a key that is given `key`, its octets in hexadecimal,
    /// and `entity`, the AE-ID-Stem or CSE-ID that it stands for, or null.
    pub fn statement(&self) -> Zeroizing<String> {
        // A text that grows would leave the key behind.
        let key = match self {
            Self::Provision(given) => given.key.octets(),
            Self::Withdraw(_) => &[],
        };
        let mut statement = Zeroizing::new(String::with_capacity(ROOM + 2 * key.len()));
        // Writing to a text cannot fail.
        let _ = write!(statement, "{{\"identity\":{}", json!(self.identity()));
        if let Self::Provision(given) = self {
            statement.push_str(",\"key\":\"");
            for octet in key {
                let _ = write!(statement, "{octet:02x}");
            }
            let _ = write!(statement, "\",\"entity\":{}", json!(given.entity));
        }
        statement.push('}');
        statement
    }
}

impl fmt::Display for KeyOrder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {:?}", self.trigger(), self.identity())
    }
}

/// What an IUT made of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyAnswer {
    /// It did it.
    Done,
    /// It refused.
    Refused(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::SymmetricKey;

    fn given(entity: Option<&str>) -> KeyOrder {
        KeyOrder::Provision(Provisioned {
            name: "lock".into(),
            identity: "a \"b\"@in.example.com".into(),
            key: SymmetricKey::from_hexadecimal("00ff7a").unwrap(),
            entity: entity.map(str::to_owned),
        })
    }

    #[test]
    fn statement_is_an_object_with_identity_key_and_entity() {
        let read = |change: KeyOrder| -> serde_json::Value {
            serde_json::from_str(&change.statement()).unwrap()
        };
        let identity = "a \"b\"@in.example.com";
        assert_eq!(
            read(given(Some("C1"))),
            json!({"identity": identity, "key": "00ff7a", "entity": "C1"})
        );
        assert_eq!(read(given(None)).get("entity"), Some(&json!(null)));
        let withdrawn = KeyOrder::Withdraw(identity.into());
        assert_eq!(read(withdrawn), json!({"identity": identity}));
    }

    #[test]
    fn change_is_shown_without_its_key() {
        let change = given(Some("C1"));
        for shown in [change.to_string(), format!("{change:?}")] {
            assert!(!shown.contains("00ff7a"), "{shown}");
        }
    }
}
