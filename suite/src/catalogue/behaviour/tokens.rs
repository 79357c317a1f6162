//! Requests with tokens, each with one fault.

use super::instance::instance;
use super::{Expectation, Scenario};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Creates of contentInstances by an AE that only a token lets create them.
///
/// The twin is the same with a right token; behind each token the container is looked at, and at the end another right token
/// has to serve.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    /// What the right token and all others are: members of a [`TokenOrder`](super::TokenOrder).
    #[serde(default)]
    pub right: Map<String, Value>,
    /// How each has to be answered unless it says otherwise.
    #[serde(default = "refused")]
    pub expect: Expectation,
    /// Steps of the precondition beyond the usual ones.
    #[serde(default)]
    pub given: Vec<Value>,
    /// The tokens.
    pub tokens: Vec<TokenCase>,
}

/// One request.
#[derive(Debug, Clone, Deserialize)]
pub struct TokenCase {
    /// What is wrong with its token, as the name of its step.
    pub name: String,
    /// The actor that sends it, if not AE1.
    #[serde(default, rename = "as")]
    pub actor: Option<String>,
    /// How it has to be answered, if otherwise than the others.
    #[serde(default)]
    pub expect: Option<Expectation>,
    /// Whether the token may lawfully serve; then what it made is looked at.
    #[serde(default)]
    pub may_serve: bool,
    /// Whether a right token comes before it.
    #[serde(default)]
    pub behind_right: bool,
    /// A PIXIT with the seconds within which the answer has to come.
    #[serde(default)]
    pub within: Option<String>,
    /// What is wrong with it: members of a [`TokenOrder`](super::TokenOrder).
    #[serde(flatten)]
    pub order: Map<String, Value>,
}

/// "An error" (TS-0003 V3.18.0, 7.3.2.3, step 7.1.4): that of the access decision, or that of a malformed request.
fn refused() -> Expectation {
    Expectation::Codes(vec![4000, 4102, 4103])
}

impl Tokens {
    /// The steps of this family.
    pub fn scenario(&self) -> Scenario {
        let mut given = vec![
            json!({"create": "acpT", "type": "acp", "pv": [{"acor": ["{ADM}"], "acop": 63}]}),
            json!({"create": "cntT", "type": "cnt", "with": {"acpi": ["acpT"], "lbl": ["tpT"]}}),
            json!({"create": "cntR", "type": "cnt", "with": {"acpi": ["acpT"]}}),
        ];
        given.extend(self.given.clone());
        let right = Value::Object(self.right.clone());
        let mut steps = vec![instance(
            "twin",
            "twin",
            "AE1",
            "cntT",
            json!("permit"),
            ("tokens", json!([right])),
        )];
        for case in &self.tokens {
            let container = if case.may_serve { "cntR" } else { "cntT" };
            let mut order = self.right.clone();
            order.extend(case.order.clone());
            let order = Value::Object(order);
            let tokens = match case.behind_right {
                true => json!([right, order]),
                false => json!([order]),
            };
            let expect = case.expect.as_ref().unwrap_or(&self.expect).to_value();
            let actor = case.actor.as_deref().unwrap_or("AE1");
            let tokens = ("tokens", tokens);
            let mut step = instance(&case.name, "stimulus", actor, container, expect, tokens);
            if let Some(within) = &case.within {
                super::insert(&mut step, "within", json!(within));
            }
            steps.push(step);
            let name = format!("{}: read-back", case.name);
            steps.push(match case.may_serve {
                false => json!({
                    "name": name, "as": "ADM", "role": "read-back", "retrieve": "cntT", "sees": {"cni": 1},
                }),
                true => json!({
                    "name": name, "as": "ADM", "role": "read-back", "when": case.name,
                    "retrieve": "cntR/la", "sees": {"con": "tpE"},
                }),
            });
        }
        steps.push(instance(
            "control",
            "read-back",
            "AE1",
            "cntT",
            json!("permit"),
            ("tokens", json!([right])),
        ));
        Scenario {
            given,
            steps,
            ..Scenario::default()
        }
    }
}
