//! Threats and countermeasures of TR-0008.

use serde::{Deserialize, Serialize};

/// The file `suite/catalogue/threats.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThreatFile {
    /// The threats (TR-0008, 7).
    pub threat: Vec<Threat>,
    /// The countermeasures (TR-0008, 8).
    #[serde(default)]
    pub countermeasure: Vec<Countermeasure>,
}

/// A threat (TR-0008, 7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threat {
    /// Its number in the report.
    pub id: u32,
    /// Its name.
    pub title: String,
    /// The numbers of the countermeasures against it.
    pub countermeasures: Vec<u32>,
    /// What of it can be seen from outside.
    pub black_box_evidence: String,
}

/// A countermeasure (TR-0008, 8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Countermeasure {
    /// Its number in the report.
    pub id: u32,
    /// Its name.
    pub title: String,
    /// The numbers of the threats that it answers.
    pub threats: Vec<u32>,
    /// What of it can be seen from outside.
    pub black_box: String,
}
