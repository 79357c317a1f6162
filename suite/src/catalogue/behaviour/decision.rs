//! One access decision: a policy on a container, a request, Permit or Deny.

use super::{Expectation, Scenario, identity_pattern, insert};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A decision; everything has a default, and the entry says only what it changes.
///
/// The default policy is one rule for the originator with all operations. A denial, or a policy that
/// is judged itself, runs its twin with that default: the same exchange without the one thing under
/// test.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Changes against the default rule of `acpT`, member by member.
    #[serde(default)]
    pub rule: Option<Map<String, Value>>,
    /// All rules of `acpT`, in place of `rule`.
    #[serde(default)]
    pub rules: Option<Vec<Value>>,
    /// Further steps before the request, such as a second policy.
    #[serde(default)]
    pub given: Vec<Value>,
    /// Policies of the container, when they are not `acpT` and `acpCtl`.
    #[serde(default)]
    pub acpi: Option<Vec<String>>,
    /// Who asks.
    #[serde(default = "second_entity")]
    pub originator: String,
    /// `create`, `retrieve`, `update`, `delete` or `discover`.
    #[serde(default = "retrieve")]
    pub operation: String,
    /// What a Create makes: `cin` or `cnt`.
    #[serde(default = "content_instance")]
    pub creates: String,
    /// Members of the request that say by which way it comes, or what is added to it: `source`, `place`, `association`,
    /// `headers`.
    #[serde(default)]
    pub by: Map<String, Value>,
    /// Permit, deny, or what the declared reading says.
    pub expect: Expectation,
    /// Whether the Create of `acpT` has to succeed too, and is not a precondition.
    #[serde(default)]
    pub accepted: bool,
    /// Codes with which the Create of `acpT` may be refused as well.
    #[serde(default)]
    pub or_refused: Vec<u16>,
}

fn second_entity() -> String {
    "AE2".into()
}

fn content_instance() -> String {
    "cin".into()
}

fn retrieve() -> String {
    "retrieve".into()
}

impl Decision {
    /// The steps of this decision.
    pub fn scenario(&self) -> Scenario {
        let default_rule = json!({"acor": [identity_pattern(&self.originator)], "acop": 63});
        let mut make_policy = json!({
            "create": "acpT", "type": "acp", "name": "make-acpT", "pv": self.tested_rules(&default_rule),
        });
        let mut make_target = json!({
            "create": "cntT", "type": "cnt", "name": "make-cntT",
            "with": {
                "acpi": self.acpi.clone().unwrap_or_else(|| vec!["acpT".into(), "acpCtl".into()]),
                "lbl": ["tpT"],
            },
        });
        let mut given = vec![json!({
            "create": "acpCtl", "type": "acp", "name": "make-acpCtl",
            "pv": [{"acor": ["{ADM}"], "acop": 63}],
        })];
        let permits = self.expect == Expectation::Permit;
        let mut steps = Vec::new();
        let mut judged = vec![self.request()];
        if self.judges_policy() {
            given.extend(self.given.iter().cloned());
            for (member, value) in [("role", json!("stimulus")), ("as", json!("ADM"))] {
                insert(&mut make_policy, member, value);
            }
            for (member, value) in [("role", json!("set-up")), ("as", json!("ADM"))] {
                insert(&mut make_target, member, value);
            }
            judged.extend(match permits {
                true => self.effect(),
                false => Some(still_there()),
            });
            if !self.or_refused.is_empty() {
                let refuse = json!({"refuse": self.or_refused, "accepted": "harmless"});
                insert(&mut make_policy, "expect", refuse);
                insert(&mut make_target, "when", json!("make-acpT"));
                for step in &mut judged {
                    insert(step, "when", json!("make-acpT"));
                }
                judged.push(json!({
                    "name": "nothing-was-made", "as": "ADM", "role": "read-back", "unless": "make-acpT",
                    "retrieve": "acpT", "expect": [4004],
                }));
            }
            steps.extend([make_policy, make_target]);
        } else {
            given.push(make_policy);
            given.extend(self.given.iter().cloned());
            given.push(make_target);
            judged.extend(match permits {
                true => self.effect(),
                false => Some(unchanged()),
            });
            judged.extend(self.no_child());
        }
        steps.extend(judged);

        let mut twin = Map::new();
        if !permits || self.judges_policy() {
            twin.insert("make-acpT".into(), json!({"pv": [default_rule]}));
        }
        Scenario {
            given,
            steps,
            twin,
            ..Scenario::default()
        }
    }

    /// Whether the Create of `acpT` is judged too, and not a precondition.
    fn judges_policy(&self) -> bool {
        self.accepted || !self.or_refused.is_empty()
    }

    fn tested_rules(&self, default_rule: &Value) -> Vec<Value> {
        if let Some(rules) = &self.rules {
            return rules.clone();
        }
        let mut rule = default_rule.clone();
        for (member, value) in self.rule.iter().flatten() {
            insert(&mut rule, member, value.clone());
        }
        vec![rule]
    }

    fn request(&self) -> Value {
        let mut request = json!({"name": "request", "as": self.originator, "role": "stimulus"});
        match self.operation.as_str() {
            "create" => {
                insert(&mut request, "create", json!(format!("{}T", self.child())));
                insert(&mut request, "type", json!(self.creates));
                insert(&mut request, "in", json!("cntT"));
                if self.makes_instance() {
                    insert(&mut request, "with", json!({"con": "tp"}));
                }
            }
            "update" => {
                insert(&mut request, "update", json!("cntT"));
                insert(&mut request, "with", json!({"lbl": ["tpX"]}));
            }
            "discover" => {
                insert(&mut request, "discover", json!("{CB}"));
                insert(&mut request, "labels", json!(["tpT"]));
                insert(&mut request, "finds", json!(["cntT"]));
            }
            operation => insert(&mut request, operation, json!("cntT")),
        }
        for (member, value) in &self.by {
            insert(&mut request, member, value.clone());
        }
        insert(&mut request, "expect", self.expect.to_value());
        request
    }

    fn makes_instance(&self) -> bool {
        self.creates == "cin"
    }

    /// The name of what a Create makes, without its `T`.
    fn child(&self) -> &str {
        match self.makes_instance() {
            true => "cin",
            false => "kid",
        }
    }

    /// What the administrator does not find after a denied Create; an instance shows in its container.
    fn no_child(&self) -> Option<Value> {
        let denied_create = self.operation == "create" && self.expect == Expectation::Deny;
        (denied_create && !self.makes_instance()).then(|| {
            json!({
                "name": "no-child", "as": "ADM", "role": "read-back", "retrieve": "cntT/kidT",
                "expect": [4004],
            })
        })
    }

    /// What the administrator sees after a permitted request; nothing if it has no effect.
    fn effect(&self) -> Option<Value> {
        let mut seen = json!({"name": "read-back", "as": "ADM", "role": "read-back"});
        match self.operation.as_str() {
            "create" if self.makes_instance() => insert(&mut seen, "retrieve", json!("cinT")),
            // By default only its creator may see it.
            "create" => {
                insert(&mut seen, "retrieve", json!("kidT"));
                insert(&mut seen, "as", json!(self.originator));
            }
            "update" => {
                insert(&mut seen, "retrieve", json!("cntT"));
                insert(&mut seen, "sees", json!({"lbl": ["tpX"]}));
            }
            "delete" => {
                insert(&mut seen, "retrieve", json!("cntT"));
                insert(&mut seen, "expect", json!([4004]));
            }
            _ => return None,
        }
        Some(seen)
    }
}

/// What the administrator sees after a denied request.
fn unchanged() -> Value {
    json!({
        "name": "read-back", "as": "ADM", "role": "read-back", "retrieve": "cntT", "unchanged": true,
    })
}

/// The same, where the container is made in the course of the judgement and nobody could look before.
fn still_there() -> Value {
    json!({
        "name": "read-back", "as": "ADM", "role": "read-back", "retrieve": "cntT",
        "sees": {"lbl": ["tpT"]},
    })
}
