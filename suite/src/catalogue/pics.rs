//! The claims that a profile can make (PICS), and the values and readings that it can state (PIXIT).

use serde::{Deserialize, Serialize};

/// The file `suite/catalogue/pics.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PicsFile {
    /// The claims.
    pub pics: Vec<Pics>,
}

/// A capability that an IUT may claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pics {
    /// `PICS_…`.
    pub name: String,
    /// What is claimed.
    pub text: String,
    /// The clause that describes the capability.
    #[serde(default)]
    pub clause: Option<String>,
    /// The role of the IUT that it belongs to.
    #[serde(default = "cse")]
    pub role: String,
    /// Whether every IUT of that role has it and none can decline it.
    #[serde(default)]
    pub mandatory: bool,
}

/// The file `suite/catalogue/pixit.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PixitFile {
    /// The values and readings.
    pub pixit: Vec<Pixit>,
}

/// A value that the tester needs, or the reading of an open point that the IUT claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pixit {
    /// `PIXIT_…`.
    pub name: String,
    /// What it states.
    pub text: String,
    /// What holds when the profile is silent.
    pub default: String,
    /// The readings there are; empty if any value will do.
    #[serde(default)]
    pub values: Vec<String>,
    /// The clause that leaves it open.
    #[serde(default)]
    pub clause: Option<String>,
}

fn cse() -> String {
    "CSE".into()
}
