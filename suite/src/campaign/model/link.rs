//! How a resource names its policies.

use serde_json::Value;

/// A link to a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The structured id of the policy.
    pub path: String,
    /// The slot of the policy that was meant.
    pub slot: String,
}

/// The slot that a text in braces names.
pub fn slot(text: &Value) -> Option<&str> {
    let word = text.as_str()?.strip_prefix('{')?.strip_suffix('}')?;
    word.split(':').next()
}
