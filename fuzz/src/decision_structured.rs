//! Policies and a request built from octets.

#![allow(
    clippy::indexing_slicing,
    reason = "a target indexes only values that it has built itself"
)]

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

use crate::decisions::agreed;

/// Identifiers of AEs and CSEs near each other, wildcards, and what only looks like either.
const ENTRIES: [&str; 24] = [
    "CtpA2",
    "/iut/CtpA2",
    "//sp.example/iut/CtpA2",
    "CtpA22",
    "CtpA",
    "Ctp*",
    "C*A2",
    "*",
    "/tpc2",
    "/tpc*",
    "//sp.example/tpc2",
    "/tpc2/CtpA2",
    "/*/CtpA2",
    "StpA3",
    "/StpA3",
    "//sp.example/StpA3",
    "//other.example/tpx/C1",
    "//*/tpx/C1",
    "//sp.example",
    "all",
    "ALL",
    "cse-in/grpT",
    "cse-in/grpEmpty",
    "oper@roles.example",
];
/// Who sends requests.
const ORIGINATORS: [&str; 6] = [
    "CtpA2",
    "/iut/CtpA2",
    "/tpc2",
    "/tpc2/CtpA2",
    "//sp.example/StpA3",
    "//other.example/tpx/C1",
];
const OPERATIONS: [&str; 6] = [
    "create", "retrieve", "update", "delete", "notify", "discover",
];
/// `<container>`, `<contentInstance>`, `<flexContainer>` and `<mgmtObj>`.
const TYPES: [u32; 4] = [3, 4, 28, 13];
const TIMES: [&str; 5] = [
    "2025-11-20T13:27:30Z",
    "2024-02-29T00:00:00Z",
    "2025-12-31T23:59:59Z",
    "2026-01-01T00:00:00Z",
    "2000-01-01T00:00:00Z",
];
/// For each field of a window, its first and its last value.
const FIELDS: [(u16, u16); 7] = [
    (0, 59),
    (0, 59),
    (0, 23),
    (1, 31),
    (1, 12),
    (0, 6),
    (2000, 9999),
];
const ADDRESSES: [&str; 6] = [
    "192.0.2.10",
    "192.0.2.15",
    "255.255.255.255",
    "2001:db8:1::10",
    "::ffff:192.0.2.10",
    "::",
];
const COUNTRIES: [&str; 3] = ["KR", "DE", "FR"];
const POINTS: [[f64; 2]; 4] = [
    [37.5665, 126.978],
    [60.0, 25.0],
    [0.0, 179.999],
    [-90.0, 0.0],
];
const RADII: [f64; 4] = [0.0, 500.0, 1000.0, 21_000_000.0];

/// Whatever can be put together decides as the oracle does.
pub fn decision_structured(data: &[u8]) {
    let mut choices = Unstructured::new(data);
    if let Ok((policies, request)) = case(&mut choices) {
        agreed(&policies, &request);
    }
}

fn case(choices: &mut Unstructured<'_>) -> Result<(Vec<Value>, Value)> {
    let request = request(choices)?;
    let policies = some(choices, 1..=3, |choices| {
        let rules = some(choices, 0..=3, rule)?;
        Ok(json!({ "acr": rules }))
    })?;
    Ok((policies, request))
}

fn request(choices: &mut Unstructured<'_>) -> Result<Value> {
    let operation = *choices.choose(&OPERATIONS)?;
    let mut request = json!({
        "from": choices.choose(&ORIGINATORS)?,
        "operation": operation,
        "time": choices.choose(&TIMES)?,
        "address": choices.choose(&ADDRESSES)?,
        "location": {},
        "authenticated": choices.arbitrary::<bool>()?,
        "target_type": choices.choose(&TYPES)?,
    });
    if choices.arbitrary()? {
        request["roles"] = json!(["oper@roles.example"]);
    }
    if choices.arbitrary()? {
        request["location"] = json!({
            "country": choices.choose(&COUNTRIES)?,
            "point": choices.choose(&POINTS)?,
        });
    }
    if operation == "create" {
        request["created_type"] = json!(choices.choose(&TYPES)?);
        if choices.arbitrary()? {
            request["created_specialization"] = specialization(choices)?;
        }
    }
    Ok(request)
}

fn rule(choices: &mut Unstructured<'_>) -> Result<Value> {
    let mut rule = Map::new();
    let entries = some(choices, 0..=4, |choices| {
        Ok(json!(choices.choose(&ENTRIES)?))
    })?;
    rule.insert("acor".into(), entries.into());
    rule.insert("acop".into(), choices.int_in_range(1..=63_u8)?.into());
    if choices.arbitrary()? {
        rule.insert("acco".into(), some(choices, 0..=2, context)?.into());
    }
    if choices.arbitrary()? {
        rule.insert("acaf".into(), choices.arbitrary::<bool>()?.into());
    }
    if choices.arbitrary()? {
        rule.insert("acod".into(), some(choices, 0..=2, detail)?.into());
    }
    Ok(Value::Object(rule))
}

fn context(choices: &mut Unstructured<'_>) -> Result<Value> {
    let mut context = Map::new();
    if choices.arbitrary()? {
        context.insert("actw".into(), some(choices, 1..=2, window)?.into());
    }
    if choices.arbitrary()? {
        let networks = some(choices, 1..=2, |choices| {
            let address = *choices.choose(&ADDRESSES)?;
            let width = if address.contains(':') { 128 } else { 32 };
            Ok(json!(format!(
                "{address}/{}",
                choices.int_in_range(0..=width)?
            )))
        })?;
        let (ipv4, ipv6): (Vec<_>, Vec<_>) = networks
            .into_iter()
            .partition(|network| network.as_str().is_some_and(|text| !text.contains(':')));
        let mut kinds = Map::new();
        for (kind, list) in [("ipv4", ipv4), ("ipv6", ipv6)] {
            if !list.is_empty() {
                kinds.insert(kind.into(), list.into());
            }
        }
        context.insert("acip".into(), Value::Object(kinds));
    }
    if choices.arbitrary()? {
        let region = match choices.arbitrary()? {
            true => json!({ "accc": [choices.choose(&COUNTRIES)?] }),
            false => {
                let [latitude, longitude] = *choices.choose(&POINTS)?;
                json!({ "accr": [latitude, longitude, choices.choose(&RADII)?] })
            }
        };
        context.insert("aclr".into(), region);
    }
    Ok(Value::Object(context))
}

fn window(choices: &mut Unstructured<'_>) -> Result<Value> {
    let mut fields = Vec::new();
    for (first, last) in FIELDS {
        fields.push(match choices.int_in_range(0..=4)? {
            0 => choices.int_in_range(first..=last)?.to_string(),
            1 => {
                let from = choices.int_in_range(first..=last)?;
                format!("{from}-{}", choices.int_in_range(from..=last)?)
            }
            2 => format!("*/{}", choices.int_in_range(1..=last)?),
            _ => "*".to_owned(),
        });
    }
    Ok(fields.join(" ").into())
}

fn detail(choices: &mut Unstructured<'_>) -> Result<Value> {
    let mut detail = Map::new();
    let children = some(choices, 1..=3, |choices| Ok(json!(choices.choose(&TYPES)?)))?;
    detail.insert("chty".into(), children.into());
    if choices.arbitrary()? {
        detail.insert("ty".into(), json!(choices.choose(&TYPES)?));
    }
    if choices.arbitrary()? {
        detail.insert("spty".into(), specialization(choices)?);
    }
    Ok(Value::Object(detail))
}

fn specialization(choices: &mut Unstructured<'_>) -> Result<Value> {
    let known = [
        json!({ "cnd": "a.b" }),
        json!({ "cnd": "a.c" }),
        json!({ "mgd": 1001 }),
    ];
    choices.choose(&known).cloned()
}

/// As many of something as the octets say.
fn some<'a, T>(
    choices: &mut Unstructured<'a>,
    count: std::ops::RangeInclusive<usize>,
    mut one: impl FnMut(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    let count = choices.int_in_range(count)?;
    (0..count).map(|_| one(choices)).collect()
}
