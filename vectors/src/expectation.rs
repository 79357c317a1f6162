use std::fmt;

use serde_json::{Map, Value};

use crate::Unreadable;
use crate::members::Members;

/// What comes of a vector: the members of the answer, or an `error` and what goes with it.
pub type Answer = Map<String, Value>;

/// What must happen.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// In a word.
    pub outcome: Outcome,
    /// What is wrong, where something is.
    pub error: Option<String>,
    members: Map<String, Value>,
}

/// What must happen, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everybody gives the answer.
    Valid,
    /// Everybody refuses.
    Invalid,
    /// Texts allow to answer and to refuse; the reference refuses.
    Acceptable,
}

impl Expectation {
    pub(crate) fn read(members: &Map<String, Value>) -> Result<Self, Unreadable> {
        let read = Members::of(members);
        let outcome = read.choice(
            "result",
            &[
                ("valid", Outcome::Valid),
                ("invalid", Outcome::Invalid),
                ("acceptable", Outcome::Acceptable),
            ],
        )?;
        let error = match outcome {
            Outcome::Valid if members.contains_key("error") => {
                return Err(Unreadable::value(
                    "error",
                    "nothing is wrong with what is valid",
                ));
            }
            Outcome::Valid => None,
            Outcome::Invalid | Outcome::Acceptable => Some(read.text("error")?.to_owned()),
        };
        Ok(Self {
            outcome,
            error,
            members: members.clone(),
        })
    }

    /// What the reference has to answer, without what others may.
    pub fn of_reference(&self) -> Answer {
        let mut answer = self.members.clone();
        answer.remove("result");
        answer.remove("lawful");
        if self.outcome == Outcome::Acceptable {
            answer.remove("payload");
        }
        answer
    }

    /// What others may answer beside it, where the vector says so.
    pub fn lawful(&self) -> Option<&[Value]> {
        self.members.get("lawful")?.as_array().map(Vec::as_slice)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.pad(match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Acceptable => "acceptable",
        })
    }
}
