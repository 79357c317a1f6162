//! ESPrim Objects with one fault each.

use super::instance::instance;
use super::{Endpoint, Expectation, PairFixture, Refused, Scenario};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Creates of contentInstances inside ESPrim Objects, each with one thing wrong.
///
/// The twin is an object of the same Originator in which nothing is; behind each object the container is looked at, and at the end
/// another right object has to be served.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objects {
    /// Whether they belong to the session of the twin, so that the Receiver has the originator object; otherwise each has a
    /// session of its own.
    #[serde(default)]
    pub established: bool,
    /// Whether a second pair takes part, with a container of its own.
    #[serde(default)]
    pub two_pairs: bool,
    /// To which endpoint they go, if not as usual.
    #[serde(default)]
    pub endpoint: Option<Endpoint>,
    /// How each has to be answered unless it says otherwise.
    pub expect: Expectation,
    /// Where a refusal has to come unless an object says otherwise.
    #[serde(default)]
    pub refused: Refused,
    /// The objects.
    pub objects: Vec<ObjectCase>,
}

/// One object.
#[derive(Debug, Clone, Deserialize)]
pub struct ObjectCase {
    /// What is wrong with it, as the name of its step.
    pub name: String,
    /// The actor that sends it, if not AE1.
    #[serde(default, rename = "as")]
    pub actor: Option<String>,
    /// The container of its instance, if not that of AE1.
    #[serde(default, rename = "in")]
    pub container: Option<String>,
    /// How it has to be answered, if otherwise than the others.
    #[serde(default)]
    pub expect: Option<Expectation>,
    /// Where a refusal has to come, if elsewhere than of the others.
    #[serde(default)]
    pub refused: Option<Refused>,
    /// Whether it may lawfully be executed, so that nothing is looked at behind it.
    #[serde(default)]
    pub may_execute: bool,
    /// From of the outer request, if not the identity of the actor.
    #[serde(default)]
    pub from: Option<String>,
    /// What is wrong with it: members of a [`Protection`](super::Protection).
    #[serde(flatten)]
    pub protection: Map<String, Value>,
}

impl Objects {
    /// The steps of this family.
    pub fn scenario(&self) -> Scenario {
        let mut paired: BTreeMap<String, PairFixture> = BTreeMap::new();
        paired.insert("AE1".into(), PairFixture::First);
        let mut given = vec![
            json!({"create": "acpT", "type": "acp", "pv": [{"acor": ["CtpA1", "{ADM}"], "acop": 63}]}),
            json!({"create": "cntT", "type": "cnt", "with": {"acpi": ["acpT"], "lbl": ["tpT"]}}),
            json!({"create": "cntR", "type": "cnt", "with": {"acpi": ["acpT"]}}),
        ];
        if self.two_pairs {
            paired.insert("AE2".into(), PairFixture::Second);
            given.push(
                json!({"create": "acpU", "type": "acp", "pv": [{"acor": ["CtpA2", "{ADM}"], "acop": 63}]}),
            );
            given.push(json!({"create": "cntU", "type": "cnt", "with": {"acpi": ["acpU"]}}));
        }
        let mut steps = vec![instance(
            "twin",
            "twin",
            "AE1",
            "cntT",
            json!("permit"),
            ("protect", json!({"session": "s"})),
        )];
        for (number, case) in self.objects.iter().enumerate() {
            let container = match (&case.container, case.may_execute) {
                (Some(container), _) => container.as_str(),
                (None, true) => "cntR",
                (None, false) => "cntT",
            };
            let mut protection = case.protection.clone();
            let session = match self.established {
                true => "s".to_owned(),
                false => format!("s{number}"),
            };
            protection.entry("session").or_insert(json!(session));
            let refused = case.refused.unwrap_or(self.refused);
            protection.insert("refused".into(), json!(refused));
            let expect = case.expect.as_ref().unwrap_or(&self.expect).to_value();
            let actor = case.actor.as_deref().unwrap_or("AE1");
            let mut step = instance(
                &case.name,
                "stimulus",
                actor,
                container,
                expect,
                ("protect", Value::Object(protection)),
            );
            if let Some(from) = &case.from {
                super::insert(&mut step, "from", json!(from));
            }
            steps.push(step);
            if !case.may_execute {
                let instances = if container == "cntT" { 1 } else { 0 };
                steps.push(json!({
                    "name": format!("{}: read-back", case.name), "as": "ADM", "role": "read-back",
                    "retrieve": container, "sees": {"cni": instances},
                }));
            }
        }
        let control = json!({"session": "control"});
        steps.push(instance(
            "control",
            "read-back",
            "AE1",
            "cntT",
            json!("permit"),
            ("protect", control),
        ));
        Scenario {
            paired,
            endpoint: self.endpoint,
            given,
            steps,
            ..Scenario::default()
        }
    }
}
