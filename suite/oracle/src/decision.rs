use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::readings::Readings;
use crate::{network, objects, originators, place, schedule};

/// The surroundings of a decision: the hosting CSE, the groups it can read, and how it reads what is open.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// `//sp.example`.
    pub sp: String,
    /// `/iut`.
    pub cse: String,
    /// Identifiers of AEs and CSEs by that of the group.
    pub groups: BTreeMap<String, Vec<String>>,
    /// What the IUT claims where the specification leaves a choice.
    pub readings: Readings,
}

/// The operations in the order of their bits (TS-0004 V3.32.0, Table 6.3.4.2.29-1).
const OPERATIONS: [&str; 6] = [
    "create", "retrieve", "update", "delete", "notify", "discover",
];

/// A part of a rule that has no defined meaning: the algorithm cannot come to a result there, and 7.1.4 denies.
pub(crate) type Known = Option<bool>;

/// One of the five partial results of a rule (TS-0003 V3.18.0, 7.1.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// res_authn.
    Authentication,
    /// res_origs.
    Originators,
    /// res_ops.
    Operations,
    /// res_ctxts.
    Contexts,
    /// res_objd.
    ObjectDetails,
}

impl Part {
    /// In the order of the clause.
    pub const ALL: [Self; 5] = [
        Self::Authentication,
        Self::Originators,
        Self::Operations,
        Self::Contexts,
        Self::ObjectDetails,
    ];

    /// The name of the partial result in the clause.
    pub fn name(self) -> &'static str {
        match self {
            Self::Authentication => "res_authn",
            Self::Originators => "res_origs",
            Self::Operations => "res_ops",
            Self::Contexts => "res_ctxts",
            Self::ObjectDetails => "res_objd",
        }
    }
}

/// What one rule comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// All parts hold.
    Permits,
    /// These parts do not hold.
    Misses(Vec<Part>),
    /// The rule holds something without a defined meaning.
    Meaningless,
}

/// Permit-overrides over everything: 7.1.5 permits if any rule of any policy does. A policy that is not there is null.
pub fn permits(surroundings: &Surroundings, policies: &[Value], request: &Value) -> bool {
    rules(policies).any(|candidate| rule(surroundings, candidate, request) == Ruling::Permits)
}

/// Whether every rule of the policies has a defined meaning for the request.
pub fn has_meaning(surroundings: &Surroundings, policies: &[Value], request: &Value) -> bool {
    rules(policies).all(|candidate| rule(surroundings, candidate, request) != Ruling::Meaningless)
}

fn rules(policies: &[Value]) -> impl Iterator<Item = &Value> {
    policies
        .iter()
        .filter_map(|policy| policy.get("acr")?.as_array())
        .flatten()
}

/// The conjunction of the five partial results of one rule; every part is computed, so that a part without meaning is
/// noticed behind a false one as well.
pub fn rule(surroundings: &Surroundings, rule: &Value, request: &Value) -> Ruling {
    let results: Option<Vec<bool>> = Part::ALL
        .into_iter()
        .map(|part| result(part, surroundings, rule, request))
        .collect();
    let Some(results) = results else {
        return Ruling::Meaningless;
    };
    let missed: Vec<Part> = Part::ALL
        .into_iter()
        .zip(results)
        .filter(|(_, holds)| !holds)
        .map(|(part, _)| part)
        .collect();
    match missed.is_empty() {
        true => Ruling::Permits,
        false => Ruling::Misses(missed),
    }
}

fn result(part: Part, surroundings: &Surroundings, rule: &Value, request: &Value) -> Known {
    let rule = members(rule, &["acor", "acop", "acco", "acaf", "acod"])?;
    match part {
        Part::Authentication => authentication(rule, request),
        Part::Originators => originators::listed(surroundings, rule.get("acor")?, request),
        Part::Operations => operation(rule.get("acop")?, request),
        Part::Contexts => contexts(rule, request, &surroundings.readings),
        Part::ObjectDetails => objects::allowed(rule, request, &surroundings.readings),
    }
}

/// Table 7.1.5-1, row by row.
fn authentication(rule: &Map<String, Value>, request: &Value) -> Known {
    let flag = rule.get("acaf").map_or(Some(false), Value::as_bool)?;
    Some(match (flag, request.get("authenticated")?.as_bool()?) {
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
    Some(allowed.contains(&request.get("operation")?.as_str()?))
}

fn contexts(rule: &Map<String, Value>, request: &Value, readings: &Readings) -> Known {
    let Some(contexts) = rule.get("acco") else {
        return Some(true);
    };
    let contexts = contexts.as_array()?;
    let results: Vec<bool> = contexts
        .iter()
        .map(|context| context_result(context, request, readings))
        .collect::<Option<_>>()?;
    Some(results.is_empty() || results.contains(&true))
}

fn context_result(context: &Value, request: &Value, readings: &Readings) -> Known {
    let context = members(context, &["actw", "acip", "aclr"])?;
    let unrestricted = Some(true);
    let address = request.get("address").and_then(Value::as_str);
    all([
        context.get("actw").map_or(unrestricted, |windows| {
            schedule::covers(windows, request.get("time")?.as_str()?, readings)
        }),
        context
            .get("acip")
            .map_or(unrestricted, |networks| network::covers(networks, address)),
        context.get("aclr").map_or(unrestricted, |region| {
            place::covers(region, request.get("location")?)
        }),
    ])
}

/// The members of an object that has no others than these.
pub(crate) fn members<'a>(value: &'a Value, names: &[&str]) -> Option<&'a Map<String, Value>> {
    value
        .as_object()
        .filter(|object| object.keys().all(|name| names.contains(&name.as_str())))
}

/// The conjunction of results, unknown if one of them is.
pub(crate) fn all<const COUNT: usize>(parts: [Known; COUNT]) -> Known {
    let parts: Vec<bool> = parts.into_iter().collect::<Option<_>>()?;
    Some(!parts.contains(&false))
}
