use std::fmt::Display;

use serde_json::Value;
use thiserror::Error;

/// Why a vector cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// A member has another type, or is absent.
    #[error("expected {expected} as {name}, got {got}")]
    Member {
        /// Its name.
        name: String,
        /// What it has to be.
        expected: &'static str,
        /// What it is, shortened.
        got: String,
    },
    /// A member is of its type, and its value means nothing.
    #[error("{name} cannot be used: {reason}")]
    Value {
        /// Its name.
        name: String,
        /// Why not.
        reason: String,
    },
}

impl Unreadable {
    pub(crate) fn member(name: &str, expected: &'static str, got: Option<&Value>) -> Self {
        Self::Member {
            name: name.to_owned(),
            expected,
            got: got.map_or_else(|| "nothing".into(), shortened),
        }
    }

    pub(crate) fn value(name: &str, reason: impl Display) -> Self {
        Self::Value {
            name: name.to_owned(),
            reason: reason.to_string(),
        }
    }
}

/// A value as a person reads it in a message.
pub(crate) fn shortened(value: &Value) -> String {
    const SHOWN: usize = 160;
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
