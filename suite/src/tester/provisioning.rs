//! Keys that an IUT is given, and that are withdrawn from it, while it runs.

use super::derivation;
use crate::profile::Provisioned;
use onem2m_keys::EndToEndDerivation;
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
    /// It is given a pairwise key of end-to-end protection.
    ProvisionPairwise(GivenPair),
    /// The pairwise key with this identifier is withdrawn.
    WithdrawPairwise(String),
}

/// A pairwise key that an IUT is given (TS-0003 V3.18.0, 8.4.2, step A).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenPair {
    /// The key, with its identifier and whom it is shared with.
    pub key: Provisioned,
    /// What it is for (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
    pub usage: u8,
    /// When its lifetime ends, as a timestamp of TS-0004; without, never.
    pub expires: Option<String>,
    /// How the pairwise key is derived from the key, where it is.
    pub derived: Option<EndToEndDerivation>,
}

impl KeyOrder {
    /// The name of its trigger in a profile.
    pub fn trigger(&self) -> &'static str {
        match self {
            Self::Provision(_) => "provision-key",
            Self::Withdraw(_) => "withdraw-key",
            Self::ProvisionPairwise(_) => "provision-pairwise-key",
            Self::WithdrawPairwise(_) => "withdraw-pairwise-key",
        }
    }

    /// The identity of the key.
    pub fn identity(&self) -> &str {
        match self {
            Self::Provision(given) => &given.identity,
            Self::ProvisionPairwise(given) => &given.key.identity,
            Self::Withdraw(identity) | Self::WithdrawPairwise(identity) => identity,
        }
    }

    fn given(&self) -> Option<&Provisioned> {
        match self {
            Self::Provision(given) => Some(given),
            Self::ProvisionPairwise(given) => Some(&given.key),
            Self::Withdraw(_) | Self::WithdrawPairwise(_) => None,
        }
    }

    /// What a trigger is told, as a JSON object: `identity`, and of a key that is given `key`, its octets in hexadecimal,
    /// and `entity`, the AE-ID-Stem or CSE-ID that it stands for, or null; of a pairwise key also `usage`, a number, and
    /// `expires`, a timestamp or null; where it is derived from that key, `derived`, which says how.
    pub fn statement(&self) -> Zeroizing<String> {
        // A text that grows would leave the key behind.
        let key = self.given().map_or(&[][..], |given| given.key.octets());
        let mut statement = Zeroizing::new(String::with_capacity(ROOM + 2 * key.len()));
        // Writing to a text cannot fail.
        let _ = write!(statement, "{{\"identity\":{}", json!(self.identity()));
        if let Some(given) = self.given() {
            statement.push_str(",\"key\":\"");
            for octet in key {
                let _ = write!(statement, "{octet:02x}");
            }
            let _ = write!(statement, "\",\"entity\":{}", json!(given.entity));
        }
        if let Self::ProvisionPairwise(given) = self {
            let (usage, expires) = (given.usage, json!(given.expires));
            let _ = write!(statement, ",\"usage\":{usage},\"expires\":{expires}");
            if let Some(derivation) = &given.derived {
                let derived = derivation::statement(derivation);
                let _ = write!(statement, ",\"derived\":{derived}");
            }
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
    use onem2m_keys::{EndToEndOrigin, EndToEndUse, KeyHash};

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
    fn statement_of_a_pairwise_key_has_its_use_and_its_end() {
        let KeyOrder::Provision(key) = given(Some("C1")) else {
            unreachable!("a key was given")
        };
        let identity = key.identity.clone();
        let order = |expires: Option<&str>| {
            KeyOrder::ProvisionPairwise(GivenPair {
                key: key.clone(),
                usage: 13,
                expires: expires.map(str::to_owned),
                derived: None,
            })
        };
        let read = |order: KeyOrder| -> serde_json::Value {
            serde_json::from_str(&order.statement()).unwrap()
        };
        let end = "20991231T235959";
        for expires in [Some(end), None] {
            assert_eq!(
                read(order(expires)),
                json!({"identity": identity, "key": "00ff7a", "entity": "C1", "usage": 13, "expires": expires})
            );
        }
        let withdrawn = KeyOrder::WithdrawPairwise(identity.clone());
        assert_eq!(read(withdrawn), json!({"identity": identity}));
    }

    #[test]
    fn statement_of_a_derived_key_says_how() {
        let KeyOrder::Provision(key) = given(Some("C1")) else {
            unreachable!("a key was given")
        };
        let order = KeyOrder::ProvisionPairwise(GivenPair {
            key,
            usage: 23,
            expires: None,
            derived: Some(EndToEndDerivation {
                hash: KeyHash::Sha256,
                from: EndToEndOrigin::Secret { salt: vec![1, 2] },
                key: EndToEndUse::MessageConfidentiality,
            }),
        });
        let read: serde_json::Value = serde_json::from_str(&order.statement()).unwrap();
        let derived = json!({"from": "secret", "hash": "SHA-256", "salt": "AQI", "key": "message-confidentiality"});
        assert_eq!(read.get("derived"), Some(&derived));
    }

    #[test]
    fn change_is_shown_without_its_key() {
        let change = given(Some("C1"));
        for shown in [change.to_string(), format!("{change:?}")] {
            assert!(!shown.contains("00ff7a"), "{shown}");
        }
    }
}
