//! How the tester answers as a hosting CSE.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The answer to one kind of request of the IUT.
///
/// In the catalogue: `{ to = "/tpc2/tpcb/acpR", content = {…} }`; without an operation it is a Retrieve that is answered,
/// without a code 2000 is the answer, and with `silent` there is none. What no entry is for is answered 4004, a
/// notification 2000.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptedAnswer {
    /// The operation.
    #[serde(default)]
    pub operation: InboundOperation,
    /// To, SP-relative or absolute.
    pub to: String,
    /// The response status code.
    #[serde(default = "ok")]
    pub code: u16,
    /// The content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Value>,
    /// Whether there is never an answer.
    #[serde(default)]
    pub silent: bool,
    /// Whether the answer is what the tester replies once it has looked at the request.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held: bool,
}

fn ok() -> u16 {
    2000
}

/// The operation of a request of the IUT, as its binding tells it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InboundOperation {
    /// Create.
    Create,
    /// Retrieve.
    #[default]
    Retrieve,
    /// Update.
    Update,
    /// Delete.
    Delete,
    /// Notify.
    Notify,
}
