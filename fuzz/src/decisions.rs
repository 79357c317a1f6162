//! The access decision of the reference and that of the oracle, side by side.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use onem2m_oracle::{Readings, Surroundings, permits};
use onem2m_vectors::authorization;
use serde_json::{Map, Value, json};

/// The hosting CSE of all decisions.
pub(crate) const SP: &str = "//sp.example";
pub(crate) const CSE: &str = "/iut";

/// Groups that a policy can name, with their members.
const GROUPS: [(&str, &[&str]); 3] = [
    ("cse-in/grpT", &["CtpA2", "/tpc2", "/StpA3"]),
    ("/iut/cse-in/grpT", &["//other.example/tpx/C1"]),
    ("cse-in/grpEmpty", &[]),
];

static HEAD: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let groups: Map<_, _> = GROUPS
        .iter()
        .map(|(name, members)| ((*name).to_owned(), json!(members)))
        .collect();
    Map::from_iter([
        ("home".to_owned(), json!({ "sp": SP, "cse": CSE })),
        ("groups".to_owned(), Value::Object(groups)),
        ("request".to_owned(), json!({})),
    ])
});

static SURROUNDINGS: LazyLock<Surroundings> = LazyLock::new(|| {
    let text = |text: &&str| (*text).to_owned();
    let groups: BTreeMap<_, _> = GROUPS
        .iter()
        .map(|(name, members)| ((*name).to_owned(), members.iter().map(text).collect()))
        .collect();
    Surroundings {
        sp: SP.to_owned(),
        cse: CSE.to_owned(),
        groups,
        readings: Readings::SPECIFICATION,
    }
});

/// What both decide, or nothing if the reference takes a policy or the request for none. Panics if they decide differently.
pub(crate) fn agreed(policies: &[Value], request: &Value) -> Option<bool> {
    let vector = Map::from_iter([
        ("policies".to_owned(), Value::from(policies)),
        ("request".to_owned(), request.clone()),
    ]);
    let answer = authorization::answer(&vector, &HEAD).ok()?;
    let permitted = answer.get("decision")? == "permit";
    assert_eq!(
        permits(&SURROUNDINGS, policies, request),
        permitted,
        "the oracle and the reference, of {policies:?} and {request}"
    );
    Some(permitted)
}

/// A policy of one rule for everybody and everything, in one context.
pub(crate) fn in_context(context: Value) -> [Value; 1] {
    [json!({ "acr": [{ "acor": ["all"], "acop": 63, "acco": [context] }] })]
}

/// A Retrieve of a `<container>` at a moment, from an address.
pub(crate) fn retrieve(from: &str, time: &str, address: &str) -> Value {
    json!({
        "from": from,
        "operation": "retrieve",
        "time": time,
        "address": address,
        "location": {},
        "authenticated": false,
        "target_type": 3,
    })
}
