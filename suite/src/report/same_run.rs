//! Whether two runs can stand together: what their verdicts depend on has to be the same.

use super::Header;
use super::text::visible;
use serde_json::Value;

/// Members of the header on which verdicts depend.
pub const VERDICTS: &[&str] = &["tool", "iut", "seed", "resolved"];
/// Members of the header that parts of one run have in common.
pub const PARTS: &[&str] = &[
    "tool",
    "profile_sha256",
    "iut",
    "seed",
    "resolved",
    "strict",
    "selection",
    "waivers",
];

/// What may differ between runs of one IUT.
const ENDPOINTS: &str = "resolved.endpoints";

/// Longer values are cut in messages.
const LONGEST: usize = 100;

/// A value that two runs do not have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its path, such as `resolved.pics.PICS_SUB`.
    pub field: String,
    /// What it is in the first run; `none` if absent.
    pub left: String,
    /// What it is in the second run.
    pub right: String,
}

/// Every value among these members that two headers do not have in common.
pub fn differences(left: &Header, right: &Header, members: &[&str]) -> Vec<Difference> {
    let value = |header: &Header| serde_json::to_value(header).unwrap_or_default();
    let (left, right) = (value(left), value(right));
    let mut found = Vec::new();
    for member in members {
        compare(member, left.get(member), right.get(member), &mut found);
    }
    found
}

fn compare(path: &str, left: Option<&Value>, right: Option<&Value>, found: &mut Vec<Difference>) {
    // Where the IUT was reached says nothing of it: each part of a run may start its own.
    if left == right || path == ENDPOINTS {
        return;
    }
    if let (Some(Value::Object(one)), Some(Value::Object(other))) = (left, right) {
        let added = other.keys().filter(|name| !one.contains_key(*name));
        for name in one.keys().chain(added) {
            let path = format!("{path}.{name}");
            compare(&path, one.get(name), other.get(name), found);
        }
        return;
    }
    found.push(Difference {
        field: visible(path).into_owned(),
        left: shown(left),
        right: shown(right),
    });
}

fn shown(value: Option<&Value>) -> String {
    let text = match value {
        None | Some(Value::Null) => "none".into(),
        Some(Value::String(text)) => visible(text).into_owned(),
        Some(value) => visible(&value.to_string()).into_owned(),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    let mut cut: String = text.chars().take(LONGEST).collect();
    cut.push('…');
    cut
}
