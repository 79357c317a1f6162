//! What a purpose does, as typed data. Families that differ only in values are short forms of a
//! [`Scenario`]: the same steps are run, and the same steps are rendered as text.

mod answer;
mod decision;
mod endpoint;
mod expectation;
mod fixture;
mod handshake;
mod identity;
mod instance;
mod links;
mod name_part;
mod objects;
mod place;
mod policy;
mod procedures;
mod protection;
mod scenario;
mod spoof;
mod step;
mod token;
mod tokens;

pub use answer::{InboundOperation, ScriptedAnswer};
pub use decision::Decision;
pub use endpoint::Endpoint;
pub use expectation::Expectation;
pub use fixture::Fixture;
pub use handshake::{
    Ends, ForeignCookie, Handshakes, Intrusion, InvalidRecord, InvalidRecords, Refusals, Run,
    Sight, Unrequested,
};
pub use identity::{Connection, Form, Identity, State};
pub use links::{Holder, Links, LinksOperation, LinksState};
pub use name_part::NamePart;
pub use objects::{ObjectCase, Objects};
pub use place::Place;
pub use policy::{Acceptance, PolicyWrite, WrittenPolicy};
pub use procedures::{Deviation, DeviationEnds, Party, Procedure, Procedures};
pub use protection::{Key, PairFixture, Part, Protection, Refused, Spelled, Spelling};
pub use scenario::{Prose, Scenario};
pub use spoof::Spoof;
pub use step::{Action, ResourceKind, Role, Source, Step, StepError};
pub use token::{Forgery, IssuerChoice, TokenOrder};
pub use tokens::{TokenCase, Tokens};

use serde_json::Value;

/// The pattern of an entity's identity in the catalogue, such as `CtpA2` for `AE2`.
///
/// `AE4` has a long stem, for matchers that backtrack; `AE3` and `AE6` have stems of the service provider. `CSE2` and `CSE3`
/// are registree CSEs of the IUT, `CSE9` is a CSE that does not register unless a step does it, `IN1` is the IN-CSE that an MN-CSE is
/// registered with, `IN2` that of another service provider.
pub fn identity_pattern(entity: &str) -> String {
    match entity {
        "ADM" => "{ADM}".into(),
        "AE3" => "StpA3".into(),
        "AE6" => "StpA6".into(),
        "CSE2" => "/tpc2".into(),
        "CSE3" => "/tpc3".into(),
        "CSE9" => "/tpc9".into(),
        "IN1" => "/in-conform".into(),
        "IN2" => "//other.example/tpx".into(),
        "AE4" => format!("Ctp{}", "a".repeat(40)),
        other => format!("CtpA{}", other.trim_start_matches("AE")),
    }
}

/// Whether an entity is a CSE that the tester plays.
pub fn is_cse(entity: &str) -> bool {
    matches!(entity, "CSE2" | "CSE3" | "CSE9" | "IN1" | "IN2")
}

fn insert(table: &mut Value, member: &str, value: Value) {
    if let Value::Object(members) = table {
        members.insert(member.into(), value);
    }
}
