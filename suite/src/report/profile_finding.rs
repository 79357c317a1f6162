//! What a run says of the profile that it was given.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A claim that the IUT contradicts when it is asked. It is a finding of the profile, not of the IUT:
/// no verdict and no outcome depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProfileFinding {
    /// Name of the claim.
    pub claim: String,
    /// Whether the profile claims it; the IUT showed the contrary.
    pub claimed: bool,
    /// What the IUT was asked.
    pub asked: String,
    /// What it did.
    pub observed: String,
    /// The file with the exchanges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcript: Option<String>,
}

impl fmt::Display for ProfileFinding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            claim,
            asked,
            observed,
            ..
        } = self;
        match self.claimed {
            true => write!(
                formatter,
                "{claim} is claimed, but the IUT does not show it ({asked}: {observed})"
            ),
            false => write!(
                formatter,
                "{claim} is not claimed, but the IUT shows it ({asked}); what it guards is not judged"
            ),
        }
    }
}
