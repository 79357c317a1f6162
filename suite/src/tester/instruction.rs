//! What an IUT is told to protect, or to open.

use serde_json::Value;
use std::fmt;
use zeroize::Zeroizing;

/// As what an IUT acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It opens content.
    Target,
    /// It secures content.
    Source,
    /// An AE sends a protected request.
    Originator,
    /// A CSE does so.
    OriginatorCse,
    /// A CSE registers with another one.
    RegistreeCse,
}

/// An instruction to an IUT. Its keys are made for tests, and known to everybody.
#[derive(Clone)]
pub struct Instruction {
    /// As what it acts.
    pub role: Act,
    /// What it has to know for that.
    pub statement: Value,
}

impl Instruction {
    /// The name of its trigger in a profile.
    pub fn trigger(&self) -> &'static str {
        match self.role {
            Act::Target => "esdata-target",
            Act::Source => "esdata-source",
            Act::Originator | Act::OriginatorCse => "esprim-request",
            Act::RegistreeCse => "register-cse",
        }
    }

    /// What the trigger is told, as a JSON object.
    pub fn statement(&self) -> Zeroizing<String> {
        Zeroizing::new(self.statement.to_string())
    }
}

impl fmt::Display for Instruction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.trigger())
    }
}
