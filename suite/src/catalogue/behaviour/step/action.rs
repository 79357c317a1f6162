//! What a step does.

use super::ResourceKind;
use crate::catalogue::behaviour::{InboundOperation, ScriptedAnswer};
use serde_json::{Map, Value};

/// What a step does. Targets are names of resources of the scenario (`cntT`, `cntT/la`, `AE1` for
/// the `<AE>`, `{CB}` for the CSEBase, `grpT/fopt` for a fan-out point); a name that no step makes is that of a resource which does
/// not exist.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Registers the actor with attributes that differ from the usual ones.
    Register {
        /// Attributes.
        with: Map<String, Value>,
    },
    /// Creates a resource.
    Create {
        /// Its name in the scenario.
        name: String,
        /// Its type.
        kind: ResourceKind,
        /// Where.
        parent: String,
        /// The whole content, `{"m2m:…": {…}}`.
        content: Value,
    },
    /// Retrieves a resource.
    Retrieve {
        /// The resource.
        target: String,
        /// Attribute List.
        attributes: Vec<String>,
        /// Result Content.
        result_content: Option<u32>,
    },
    /// Updates a resource.
    Update {
        /// The resource.
        target: String,
        /// Attributes; the key of the representation follows from the type of the target.
        with: Map<String, Value>,
    },
    /// Deletes a resource.
    Delete {
        /// The resource.
        target: String,
    },
    /// Discovers resources.
    Discover {
        /// Below which resource.
        target: String,
        /// Labels to match.
        labels: Vec<String>,
        /// Resources that Permit finds and Deny does not find.
        finds: Vec<String>,
    },
    /// Sends a notification to a resource.
    Notify {
        /// The resource.
        target: String,
        /// The content.
        content: Value,
    },
    /// Waits until so many seconds have passed on the clock of the IUT since the scenario began.
    WaitUntil {
        /// Seconds since the scenario began.
        seconds: u32,
        /// A PIXIT whose seconds are added.
        plus: Option<String>,
    },
    /// Observes what arrives at the actor's own point of access: Permit, a request that shows `sees` and not `lacks` and
    /// has the From of the step; Deny, nothing at all. Requests for other targets or of other operations do not count.
    Inbound {
        /// To, if only requests for one target count.
        to: Option<String>,
        /// The operation, if only those count.
        operation: Option<InboundOperation>,
    },
    /// From here on the actor, a CSE, answers requests of the IUT so.
    Answers {
        /// The answers; the first that fits holds.
        answers: Vec<ScriptedAnswer>,
    },
}
