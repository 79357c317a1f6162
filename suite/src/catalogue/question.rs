//! What the tester asks an IUT to see whether it has a capability.

use super::behaviour::{Scenario, Step, StepError};
use serde::Deserialize;
use serde_json::Value;

/// The file `suite/catalogue/questions.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionFile {
    /// The questions.
    pub question: Vec<Question>,
}

/// A question: steps that an IUT with the capability takes as they are meant.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The claim that it is about.
    pub pics: String,
    /// What is asked, in words.
    pub asks: String,
    /// Steps that say nothing of the capability; if one fails, nothing was asked.
    #[serde(default)]
    pub given: Vec<Value>,
    /// Steps that show it.
    pub steps: Vec<Value>,
}

impl Question {
    /// Its steps, in order.
    pub fn steps(&self) -> Result<Vec<Step>, StepError> {
        let scenario = Scenario {
            given: self.given.clone(),
            steps: self.steps.clone(),
            ..Scenario::default()
        };
        scenario.tested()
    }
}
