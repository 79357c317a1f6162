//! What is wrong with an IUT, as one oracle saw it.

use crate::verdict::Cause;
use serde::{Deserialize, Serialize};

/// What an oracle saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// From the closed list of causes.
    pub cause: Cause,
    /// What had to come.
    pub expected: String,
    /// What came.
    pub observed: String,
    /// The clause.
    pub clause: String,
    /// What tells it apart from others with the same cause.
    pub class: String,
}

impl Trouble {
    /// What an oracle saw.
    pub fn new(
        cause: Cause,
        clause: impl Into<String>,
        expected: impl Into<String>,
        observed: impl Into<String>,
    ) -> Self {
        Self {
            cause,
            expected: expected.into(),
            observed: observed.into(),
            clause: clause.into(),
            class: String::new(),
        }
    }

    /// The same, of a class.
    #[must_use]
    pub fn of_class(self, class: impl Into<String>) -> Self {
        Self {
            class: class.into(),
            ..self
        }
    }

    /// Whether another run shows the same.
    pub fn is_like(&self, other: &Self) -> bool {
        self.cause == other.cause && self.clause == other.clause
    }
}
