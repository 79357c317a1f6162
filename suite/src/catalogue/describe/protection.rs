//! What is said of an ESPrim Object in words.

use crate::catalogue::behaviour::{Protection, Refused};
use serde_json::{Map, Value, json};

/// How the request of a step travels.
pub(super) fn protection(protection: &Protection) -> String {
    let mut line = ", inside an ESPrim Object".to_owned();
    if let Some(actor) = &protection.pair {
        line += &format!(" of {actor}");
    }
    if let Some(session) = &protection.session {
        line += &format!(" in session {session:?}");
    }
    let changes = changes(protection);
    if !changes.is_empty() {
        let changes: Vec<String> = changes
            .iter()
            .map(|(member, value)| format!("{}: {value}", member.replace('_', " ")))
            .collect();
        line += &format!(" with {}", changes.join(", "));
    }
    line += match protection.refused {
        Refused::Outside => "",
        Refused::Inside => ", to be answered inside one",
        Refused::Clear => ", to be refused in the clear",
        Refused::Stated => ", to be refused as PIXIT_ESPRIM_ERROR_STYLE says",
        Refused::Anywhere => ", to be answered in the clear or inside one",
    };
    line
}

/// What is special about the object, by the members of the catalogue.
fn changes(protection: &Protection) -> Map<String, Value> {
    let mut members = match json!(protection) {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    for said in ["pair", "session", "refused"] {
        members.shift_remove(said);
    }
    members
}
