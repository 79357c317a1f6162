//! Octets as privileges in JSON.

#![allow(
    clippy::indexing_slicing,
    reason = "a target indexes only values that it has built itself"
)]

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::decisions::{agreed, retrieve};

/// Requests that differ in everything on which a decision depends.
static REQUESTS: LazyLock<Vec<Value>> = LazyLock::new(requests);

/// Any text is read as privileges or refused, and what was read decides about every request as the oracle does.
pub fn policy(data: &[u8]) {
    let Ok(policy) = serde_json::from_slice::<Value>(data) else {
        return;
    };
    let policies = [policy];
    let mut decided = REQUESTS.iter().map(|request| agreed(&policies, request));
    // Whether a policy is one does not depend on the request.
    if decided.next().flatten().is_some() {
        assert!(decided.all(|decision| decision.is_some()));
    }
}

fn requests() -> Vec<Value> {
    let originators = [
        ("CtpA2", "192.0.2.10", "2025-11-20T13:27:30Z"),
        ("/tpc2", "2001:db8:1::10", "2024-02-29T00:00:00Z"),
        (
            "//other.example/tpx/C1",
            "255.255.255.255",
            "2025-12-31T23:59:59Z",
        ),
        ("//sp.example/StpA3", "::", "2000-01-01T00:00:00Z"),
    ];
    let operations = [
        "create", "retrieve", "update", "delete", "notify", "discover",
    ];
    let mut requests = Vec::new();
    for (place, (from, address, time)) in originators.into_iter().enumerate() {
        for operation in operations {
            let mut request = retrieve(from, time, address);
            request["operation"] = json!(operation);
            request["authenticated"] = json!(place % 2 == 1);
            if place == 1 {
                request["roles"] = json!(["oper@roles.example"]);
                request["location"] = json!({ "country": "KR", "point": [37.5665, 126.978] });
            }
            if operation == "create" {
                request["created_type"] = json!(place + 2);
            }
            requests.push(request);
        }
    }
    requests
}
