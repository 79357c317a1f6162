//! A request under a From that names no registered entity.

use super::{Expectation, Scenario};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Retrieve of a container under a strange From, outside any association.
///
/// The policy permits AE1 everything; the twin is the same request of AE1.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spoof {
    /// The value of From, as the binding carries it; patterns such as `CtpA1` are rewritten in it.
    pub from: String,
    /// How it has to be refused.
    pub expect: Expectation,
}

impl Spoof {
    /// The steps of this request.
    pub fn scenario(&self) -> Scenario {
        let policy = |name: &str, originator: &str| {
            json!({
                "create": name, "type": "acp", "name": format!("make-{name}"),
                "pv": [{"acor": [originator], "acop": 63}],
            })
        };
        let given = vec![
            policy("acpCtl", "{ADM}"),
            policy("acpT", "CtpA1"),
            json!({
                "create": "cntT", "type": "cnt", "name": "make-cntT",
                "with": {"acpi": ["acpT", "acpCtl"], "lbl": ["tpT"]},
            }),
        ];
        let steps: Vec<Value> = vec![
            json!({
                "name": "request", "as": "AE1", "from": self.from, "role": "stimulus",
                "retrieve": "cntT", "expect": self.expect.to_value(),
            }),
            json!({
                "name": "read-back", "as": "ADM", "role": "read-back", "retrieve": "cntT", "unchanged": true,
            }),
        ];
        let mut twin = Map::new();
        twin.insert("request".into(), json!({"from": "CtpA1"}));
        Scenario {
            given,
            steps,
            twin,
            ..Scenario::default()
        }
    }
}
