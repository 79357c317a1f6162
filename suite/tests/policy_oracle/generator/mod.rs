//! Policies and requests out of small pools of values that lie on boundaries, so that near misses and hits are frequent.

mod context;
mod originator;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// Create stands twice, since object details restrict nothing else.
const OPERATIONS: [&str; 7] = [
    "create", "create", "retrieve", "update", "delete", "notify", "discover",
];
/// `<container>`, `<contentInstance>`, `<flexContainer>` and `<mgmtObj>`.
const TYPES: [u32; 4] = [3, 4, 28, 13];

/// The surroundings that the generated identifiers refer to, in the form of a file of vectors.
pub fn world() -> Value {
    json!({
        "home": {"sp": "//sp.example", "cse": "/iut"},
        "request": {"address": null},
        "groups": {
            "cse-in/grpT": ["CtpA2", "/tpc2", "/StpA3"],
            "/iut/cse-in/grpT": ["//other.example/tpx/C1"],
            "Cgroup": ["CtpA1"],
            "cse-in/grpEmpty": [],
        },
    })
}

/// A list of policies and a request.
pub fn case() -> impl Strategy<Value = (Value, Value)> {
    (
        prop::collection::vec(policy(), 1..3).prop_map(Value::Array),
        request(),
    )
}

fn policy() -> impl Strategy<Value = Value> {
    let rules = prop::collection::vec(rule(), 0..4);
    prop_oneof![
        1 => Just(Value::Null),
        1 => Just(json!({})),
        12 => rules.prop_map(|rules| json!({"acr": rules})),
    ]
}

fn rule() -> impl Strategy<Value = Value> {
    let contexts = prop::collection::vec(context::context(), 0..3).prop_map(Value::Array);
    let details = prop::collection::vec(detail(), 0..3).prop_map(Value::Array);
    let entries = prop::collection::vec(originator::entry(), 0..5);
    let sum = prop_oneof![3 => Just(63), 2 => 1..64_u32, 1 => select(vec![1, 2, 4, 8, 16, 32]), 1 => select(vec![62, 61, 59, 55, 47, 31])];
    let flag = any::<bool>().prop_map(Value::Bool);
    (
        entries,
        sum,
        sometimes(contexts),
        sometimes(flag),
        sometimes(details),
    )
        .prop_map(|(entries, sum, contexts, flag, details)| {
            object([
                ("acor", Some(json!(entries))),
                ("acop", Some(json!(sum))),
                ("acco", contexts),
                ("acaf", flag),
                ("acod", details),
            ])
        })
}

fn detail() -> impl Strategy<Value = Value> {
    let children = prop::collection::vec(select(TYPES.to_vec()), 1..4);
    let kind = prop::option::of(select(TYPES.to_vec()));
    (
        kind,
        prop::option::of(specialization()),
        specialization(),
        children,
    )
        .prop_map(|(kind, optional, mandatory, children)| {
            let specialization = match kind {
                Some(13 | 28) => Some(mandatory),
                _ => optional,
            };
            object([
                ("ty", kind.map(Value::from)),
                ("spty", specialization),
                ("chty", Some(json!(children))),
            ])
        })
}

fn specialization() -> impl Strategy<Value = Value> {
    select(vec![
        json!({"cnd": "a.b"}),
        json!({"cnd": "a.c"}),
        json!({"mgd": 1001}),
        json!({"mgd": 1002}),
    ])
}

fn request() -> impl Strategy<Value = Value> {
    let target = (
        select(TYPES.to_vec()),
        prop::option::of(select(TYPES.to_vec())),
        prop::option::of(specialization()),
    );
    (
        originator::from(),
        originator::roles(),
        select(OPERATIONS.to_vec()),
        context::time(),
        prop::option::weighted(0.95, context::source()),
        context::place(),
        any::<bool>(),
        target,
    )
        .prop_map(
            |(
                from,
                roles,
                operation,
                time,
                address,
                place,
                authenticated,
                (target, created, specialization),
            )| {
                object([
                    ("from", Some(json!(from))),
                    ("roles", Some(json!(roles))),
                    ("operation", Some(json!(operation))),
                    ("time", Some(json!(time))),
                    ("address", address.map(Value::from)),
                    ("location", Some(place)),
                    ("authenticated", Some(json!(authenticated))),
                    ("target_type", Some(json!(target))),
                    ("created_type", created.map(Value::from)),
                    ("created_specialization", specialization),
                ])
            },
        )
}

/// A member that is mostly absent, so that the other members of its object decide often enough.
fn sometimes(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Option<Value>> {
    prop::option::weighted(0.35, value)
}

/// The members that are there.
fn object<const COUNT: usize>(members: [(&str, Option<Value>); COUNT]) -> Value {
    let present = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(present.collect::<Map<_, _>>())
}
