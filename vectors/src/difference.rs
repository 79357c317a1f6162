use serde_json::Value;
use thiserror::Error;

use crate::unreadable::shortened;
use crate::{Answer, Unreadable};

/// What is not as a vector says.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Difference {
    /// The reference answers otherwise.
    #[error("expected {expected}, got {got}")]
    Answer {
        /// What the vector has the reference answer, shortened.
        expected: String,
        /// What it answers, shortened.
        got: String,
    },
    /// A value that is told apart as a mistake is what the reference answers.
    #[error("the answer is that of a mistake: {mistake}")]
    Mistake {
        /// The mistake, in words.
        mistake: String,
    },
    /// The vector cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

impl Difference {
    pub(crate) fn between(expected: &Answer, got: &Answer) -> Self {
        Self::Answer {
            expected: told(expected),
            got: told(got),
        }
    }
}

/// Each member is shortened alone, so that a long one hides no other.
fn told(answer: &Answer) -> String {
    let member = |(name, value): (&String, &Value)| format!("{name} {}", shortened(value));
    answer.iter().map(member).collect::<Vec<_>>().join(", ")
}
