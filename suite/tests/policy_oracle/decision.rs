use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{network, objects, originators, place, schedule};

/// The surroundings of a decision: the hosting CSE and the groups it can read.
pub struct World {
    /// `//sp.example`.
    pub sp: String,
    /// `/iut`.
    pub cse: String,
    /// Identifiers of AEs and CSEs by that of the group.
    pub groups: BTreeMap<String, Vec<String>>,
}

/// The operations in the order of their bits (TS-0004, Table 6.3.4.2.29-1).
const OPERATIONS: [&str; 6] = [
    "create", "retrieve", "update", "delete", "notify", "discover",
];

/// A part of a rule that has no defined meaning: the algorithm cannot come to a result there, and 7.1.4 denies.
pub type Known = Option<bool>;

impl World {
    /// Reads the members `home` and `groups` of a file of vectors.
    pub fn read(file: &Value) -> Self {
        let list = |value: &Value| {
            value
                .as_array()
                .unwrap()
                .iter()
                .map(|text| text.as_str().unwrap().to_owned())
                .collect()
        };
        Self {
            sp: file["home"]["sp"].as_str().unwrap().to_owned(),
            cse: file["home"]["cse"].as_str().unwrap().to_owned(),
            groups: file["groups"]
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, members)| (name.clone(), list(members)))
                .collect(),
        }
    }
}

/// Permit-overrides over everything: 7.1.5 permits if any rule of any policy does.
pub fn permits(world: &World, policies: &Value, request: &Value) -> bool {
    let rules = policies
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|policy| policy["acr"].as_array())
        .flatten();
    rules
        .map(|rule| rule_result(world, rule, request))
        .any(|result| result == Some(true))
}

/// The conjunction of the five partial results of one rule; every part is computed, so that a part without meaning is
/// noticed behind a false one as well.
fn rule_result(world: &World, rule: &Value, request: &Value) -> Known {
    let rule = members(rule, &["acor", "acop", "acco", "acaf", "acod"])?;
    let parts = [
        authentication(rule, request),
        originators::listed(world, rule.get("acor")?, request),
        operation(rule.get("acop")?, request),
        contexts(rule, request),
        objects::allowed(rule, request),
    ];
    all(parts)
}

/// Table 7.1.5-1, row by row.
fn authentication(rule: &Map<String, Value>, request: &Value) -> Known {
    let flag = rule.get("acaf").map_or(Some(false), Value::as_bool)?;
    Some(match (flag, request["authenticated"].as_bool()?) {
        (true, true) => true,
        (true, false) => false,
        (false, true) => true,
        (false, false) => true,
    })
}

/// Takes the sum apart by division, as the note below the table puts it together.
fn operation(sum: &Value, request: &Value) -> Known {
    let mut rest = sum.as_u64().filter(|sum| (1..64).contains(sum))?;
    let mut allowed = Vec::new();
    for name in OPERATIONS {
        if rest % 2 == 1 {
            allowed.push(name);
        }
        rest /= 2;
    }
    Some(allowed.contains(&request["operation"].as_str()?))
}

fn contexts(rule: &Map<String, Value>, request: &Value) -> Known {
    let Some(contexts) = rule.get("acco") else {
        return Some(true);
    };
    let contexts = contexts.as_array()?;
    let results: Vec<bool> = contexts
        .iter()
        .map(|context| context_result(context, request))
        .collect::<Option<_>>()?;
    Some(results.is_empty() || results.contains(&true))
}

fn context_result(context: &Value, request: &Value) -> Known {
    let context = members(context, &["actw", "acip", "aclr"])?;
    let unrestricted = Some(true);
    all([
        context.get("actw").map_or(unrestricted, |windows| {
            schedule::covers(windows, request["time"].as_str()?)
        }),
        context.get("acip").map_or(unrestricted, |networks| {
            network::covers(networks, request["address"].as_str())
        }),
        context.get("aclr").map_or(unrestricted, |region| {
            place::covers(region, &request["location"])
        }),
    ])
}

/// The members of an object that has no others than these.
pub fn members<'a>(value: &'a Value, names: &[&str]) -> Option<&'a Map<String, Value>> {
    value
        .as_object()
        .filter(|object| object.keys().all(|name| names.contains(&name.as_str())))
}

/// The conjunction of results, unknown if one of them is.
pub fn all<const COUNT: usize>(parts: [Known; COUNT]) -> Known {
    let parts: Vec<bool> = parts.into_iter().collect::<Option<_>>()?;
    Some(!parts.contains(&false))
}
