//! A policy with a thousand originators decides by all of them.

use super::run;
use crate::purposes::{Stop, world::World};
use serde_json::{Value, json};

/// CSE/ACP/ORG/039: the last of a thousand entries is found, and a thousand others permit nobody.
///
/// No limit is specified: a refusal of the Create is as good.
pub async fn thousand_originators(_: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    let foreign = |count: u32| (1..=count).map(|number| json!(format!("/tpz/C{number:04}")));
    let with_ours: Vec<Value> = foreign(999).chain([json!("CtpA2")]).collect();
    let without: Vec<Value> = foreign(1000).collect();

    let mut steps = Vec::new();
    for (policy, container, originators, expect) in [
        ("acpT", "cntT", with_ours, "permit"),
        ("acpN", "cntN", without, "deny"),
    ] {
        let make = format!("make-{policy}");
        steps.extend([
            json!({
                "name": make, "as": "ADM", "create": policy, "type": "acp",
                "pv": [{"acor": originators, "acop": 2}],
                "expect": {"refuse": [4000, 5001], "accepted": "harmless"},
            }),
            json!({
                "name": format!("{policy}-was-not-made"), "role": "read-back", "unless": make,
                "retrieve": policy, "expect": [4004],
            }),
            json!({
                "role": "set-up", "when": make, "create": container, "type": "cnt",
                "with": {"acpi": [policy, "acpCtl"], "lbl": ["tpT"]},
            }),
            json!({
                "name": format!("request-{container}"), "when": make, "retrieve": container,
                "expect": expect,
            }),
            json!({
                "name": format!("read-back-{container}"), "role": "read-back", "when": make,
                "retrieve": container, "sees": {"lbl": ["tpT"]},
            }),
        ]);
    }
    let given = vec![json!({
        "create": "acpCtl", "type": "acp", "pv": [{"acor": ["{ADM}"], "acop": 63}],
    })];
    run(tested, given, steps).await
}
