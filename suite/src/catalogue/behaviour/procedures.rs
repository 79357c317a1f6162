//! Procedures of a key service, each time with one thing that is otherwise.

use super::Fixture;
use serde::Deserialize;
use serde_json::{Map, Value};

/// Attempts at one procedure of an MAF or an MEF (TS-0003 V3.18.0, 8.8.2 and 8.3.5.2).
///
/// The twin is the procedure as it has to be, by the client that may ask for it. Behind all attempts the read-back shows that
/// what the twin made is as it was, and that the service goes on.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Procedures {
    /// The procedure.
    pub procedure: Procedure,
    /// What the keys are for, where that is no association.
    #[serde(default)]
    pub suid: Option<u8>,
    /// The attempts, each a stimulus.
    pub runs: Vec<Deviation>,
}

/// A procedure of a key service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Procedure {
    /// A handshake, and a client registration within it.
    Handshake,
    /// Client registration.
    RegisterClient,
    /// Update of a client registration.
    UpdateClient,
    /// Client de-registration.
    EndClient,
    /// Retrieval of the client configuration.
    Configuration,
    /// Key registration.
    RegisterKey,
    /// Key retrieval.
    RetrieveKey,
    /// Update of a key registration.
    UpdateKey,
    /// Key de-registration.
    EndKey,
    /// Retrieval of a command.
    RetrieveCommand,
    /// Report on a command.
    ReportCommand,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// The AE that registers keys.
    Source,
    /// The CSE for which they are registered.
    Target,
    /// Another AE.
    Other,
}

/// An attempt, and what is otherwise in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Deviation {
    /// Unique in its purpose.
    pub name: String,
    /// Another procedure than the others.
    #[serde(default)]
    pub procedure: Option<Procedure>,
    /// Who asks, where it is not the one who may.
    #[serde(default, rename = "as")]
    pub party: Option<Party>,
    /// Parameters with other values, by the members of `ts0032-names.toml`. In texts, `{past}`, `{later}` and `{far}` are moments
    /// a second ago, in an hour and in a hundred years; `{source}`, `{target}` and `{other}` the absolute identifiers of the
    /// parties, `{target-relative}` that of the target as the profile has it, `{sp}` the domain of the service provider, `{fqdn}`, `{stakeholder}` and `{second-stakeholder}` what they say; `{one-octet}` and `{64-kibibytes}` are Key Values, `{10000}` is so many letters.
    /// `{key}` is the RelativeKeyID of the key that is registered before.
    #[serde(default)]
    pub with: Map<String, Value>,
    /// Parameters that are left out.
    #[serde(default)]
    pub without: Vec<String>,
    /// A parameter that is there twice.
    #[serde(default)]
    pub twice: Option<String>,
    /// Whether the content has no parameters at all.
    #[serde(default)]
    pub empty: bool,
    /// Another identifier in the path; `{id}` is the right one, `{ID}` the same in capital letters, `{cut}` the same without its
    /// last character, `{changed}` with another one there.
    #[serde(default)]
    pub id: Option<String>,
    /// Another From.
    #[serde(default)]
    pub from: Option<String>,
    /// Whether the one who asks has ended its registration first.
    #[serde(default)]
    pub unregistered: bool,
    /// What the tester does otherwise than right in the handshake (`suite/src/tester/handshake/conduct/`).
    #[serde(default)]
    pub conduct: Map<String, Value>,
    /// Conducts that are tried one after the other, each on top of `conduct`.
    #[serde(default)]
    pub variants: Vec<Map<String, Value>>,
    /// The credential of the handshake, in place of the key of the party.
    #[serde(default)]
    pub credential: Option<Fixture>,
    /// What is wrong with it (`suite/src/tester/certificate/defect.rs`).
    #[serde(default)]
    pub defect: Option<Value>,
    /// What it has to come to.
    #[serde(default)]
    pub ends: DeviationEnds,
}

/// What an attempt has to come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviationEnds {
    /// An error response, or of a handshake an alert or the end of the connection.
    #[default]
    Refused,
    /// Success.
    Granted,
    /// As `Refused`; success is inconclusive, since no clause names the check.
    Open,
    /// As `Refused`, or success without any effect on what is otherwise: the read-back shows it.
    Ineffective,
    /// As `Refused`, or success with a key that neither the target nor the other AE gets.
    Harmless,
    /// Success, and both the target and the other AE get the key.
    Served,
    /// As `Refused`, or success with the Key Value of the request; an empty one may stand for none.
    Kept,
    /// As `Refused`, or success with one target in the response.
    OneTarget,
    /// As `Refused`, or success with an expirationTime to come in the response.
    ToCome,
    /// As `Refused`, or an association in which the client is not registered.
    Unbound,
    /// Either, and noted.
    Noted,
}
