use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::OffsetDateTime;
use zeroize::Zeroizing;

/// The octets of a key.
pub(crate) type Octets = Zeroizing<Vec<u8>>;

/// A key with its RelativeKeyID.
pub(crate) type NamedKey = (String, Octets);

/// What a key service registered. Expired records are still there until something is changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Records {
    /// Client registrations, by their identifiers.
    pub(crate) registrations: BTreeMap<String, ClientRegistration>,
    /// Key registrations, by RelativeKeyID.
    pub(crate) keys: BTreeMap<String, KeyRegistration>,
    /// Enrolment Keys, by RelativeKeID.
    #[serde(default)]
    pub(crate) enrolments: BTreeMap<String, Enrolment>,
}

/// A client registration (TS-0003 V3.18.0, 8.8.2.3 and 8.3.5.2.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ClientRegistration {
    pub(crate) id: String,
    pub(crate) client: String,
    pub(crate) admin_fqdn: String,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) expires: OffsetDateTime,
    pub(crate) labels: Option<Vec<String>>,
    /// How many commands were reported on.
    pub(crate) commands_done: usize,
    /// The command that was issued and not yet reported on.
    pub(crate) issued: Option<Issued>,
}

/// A command that was issued (TS-0003 V3.18.0, 8.3.9.2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Issued {
    pub(crate) id: String,
    pub(crate) description: Value,
}

/// A key registration (TS-0003 V3.18.0, 8.8.2.7 and 8.3.5.2.7).
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeyRegistration {
    pub(crate) relative_key_id: String,
    pub(crate) source: String,
    pub(crate) admin_fqdn: String,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) expires: OffsetDateTime,
    pub(crate) labels: Option<Vec<String>>,
    pub(crate) suid: u8,
    /// Absolute identifiers of those who may retrieve the key.
    pub(crate) targets: Vec<String>,
    pub(crate) key: Zeroizing<Vec<u8>>,
}

/// An Enrolment Key that an MEF shares with an Enrolee (TS-0003 V3.18.0, 8.3.2.1).
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Enrolment {
    pub(crate) enrolee: String,
    pub(crate) key: Zeroizing<Vec<u8>>,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) expires: OffsetDateTime,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Enrolment")
            .field("enrolee", &self.enrolee)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for KeyRegistration {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("KeyRegistration")
            .field("relative_key_id", &self.relative_key_id)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}
