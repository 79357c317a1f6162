//! What an AE under test is told to do with secured content.

use serde_json::Value;
use std::fmt;
use zeroize::Zeroizing;

/// As what an AE acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataRole {
    /// It opens content.
    Target,
    /// It secures content.
    Source,
    /// An AE sends a protected request.
    Originator,
    /// A CSE does so.
    OriginatorCse,
}

/// An order to an AE. Its keys are made for tests, and known to everybody.
#[derive(Clone)]
pub struct DataOrder {
    /// As what it acts.
    pub role: DataRole,
    /// What it has to know for that.
    pub statement: Value,
}

impl DataOrder {
    /// The name of its trigger in a profile.
    pub fn trigger(&self) -> &'static str {
        match self.role {
            DataRole::Target => "esdata-target",
            DataRole::Source => "esdata-source",
            DataRole::Originator | DataRole::OriginatorCse => "esprim-request",
        }
    }

    /// What the trigger is told, as a JSON object.
    pub fn statement(&self) -> Zeroizing<String> {
        Zeroizing::new(self.statement.to_string())
    }
}

impl fmt::Display for DataOrder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.trigger())
    }
}
