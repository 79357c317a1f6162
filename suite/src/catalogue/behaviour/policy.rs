//! The administrator writes policies that have to be refused, or at least may grant nothing.

use super::{Scenario, insert};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Creations of `<accessControlPolicy>` under the CSEBase by the administrator.
///
/// The twin writes a valid policy in the same place; the read-back shows that nothing was made.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyWrite {
    /// What is written; each is a stimulus of its own.
    pub writes: Vec<WrittenPolicy>,
    /// The codes of a right refusal.
    pub refuse: Vec<u16>,
    /// What it means when a write is accepted all the same.
    pub accepted: Acceptance,
    /// What AE2 then tries on a container that is guarded by the accepted policy; each must be denied.
    #[serde(default)]
    pub probe: Vec<String>,
}

/// One policy to write. Without `pv` it has a rule for AE2 to retrieve, without `pvs` the
/// administrator may do everything; `with` adds members, `without` takes members away.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenPolicy {
    /// Names the step.
    pub name: String,
    /// Rules of privileges.
    #[serde(default)]
    pub pv: Option<Vec<Value>>,
    /// Rules of selfPrivileges.
    #[serde(default)]
    pub pvs: Option<Vec<Value>>,
    /// Members of `m2m:acp` in place of, or beside, the usual ones. The word `"<null>"` is JSON null.
    #[serde(default)]
    pub with: Map<String, Value>,
    /// Members left out.
    #[serde(default)]
    pub without: Vec<String>,
}

/// What the acceptance of something that should be refused means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Acceptance {
    /// The purpose fails at once.
    Fails,
    /// A missing value check: the purpose fails, and the steps that follow tell whether it does harm too.
    Unchecked,
    /// Allowed, as long as the steps that follow show that it does no harm.
    Harmless,
}

impl Acceptance {
    /// The word in the catalogue.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fails => "fails",
            Self::Unchecked => "unchecked",
            Self::Harmless => "harmless",
        }
    }

    /// Reads the word in the catalogue.
    pub fn from_word(word: &str) -> Result<Self, String> {
        match word {
            "fails" => Ok(Self::Fails),
            "unchecked" => Ok(Self::Unchecked),
            "harmless" => Ok(Self::Harmless),
            other => Err(format!(
                "expected \"fails\", \"unchecked\" or \"harmless\", got {other:?}"
            )),
        }
    }
}

impl PolicyWrite {
    /// The steps of these writes.
    pub fn scenario(&self) -> Scenario {
        let given = vec![json!({
            "create": "acpCtl", "type": "acp", "name": "make-acpCtl",
            "pv": [{"acor": ["{ADM}"], "acop": 63}],
        })];
        let mut steps = Vec::new();
        let mut twin = Map::new();
        for (index, write) in self.writes.iter().enumerate() {
            let (policy, container) = (format!("acpW{index}"), format!("cntW{index}"));
            steps.push(json!({
                "name": write.name, "as": "ADM", "role": "stimulus", "create": policy, "type": "acp",
                "content": {"m2m:acp": write.members(&policy)},
                "expect": {"refuse": self.refuse, "accepted": self.accepted.word()},
            }));
            steps.push(json!({
                "name": format!("{}: nothing was made", write.name), "as": "ADM", "role": "read-back",
                "unless": write.name, "retrieve": policy, "expect": [4004],
            }));
            twin.insert(
                write.name.clone(),
                json!({"content": {"m2m:acp": WrittenPolicy::valid(&policy)}}),
            );
            if !self.probe.is_empty() {
                steps.push(json!({
                    "name": format!("{}: guard a container", write.name), "as": "ADM", "role": "set-up",
                    "when": write.name, "create": container, "type": "cnt",
                    "with": {"acpi": [policy, "acpCtl"], "lbl": ["tpT"]},
                }));
            }
            for operation in &self.probe {
                steps.push(probe(operation, &write.name, &container));
            }
            if !self.probe.is_empty() {
                steps.push(json!({
                    "name": format!("{}: still there", write.name), "as": "ADM", "role": "read-back",
                    "when": write.name, "retrieve": container, "sees": {"lbl": ["tpT"]},
                }));
            }
        }
        Scenario {
            given,
            steps,
            twin,
            ..Scenario::default()
        }
    }
}

fn probe(operation: &str, write: &str, container: &str) -> Value {
    let mut step = json!({
        "name": format!("{write}: {operation}"), "as": "AE2", "role": "stimulus", "only": "tested",
        "when": write, "expect": "deny",
    });
    match operation {
        "discover" => {
            insert(&mut step, "discover", json!("{CB}"));
            insert(&mut step, "labels", json!(["tpT"]));
            insert(&mut step, "finds", json!([container]));
        }
        "update" => {
            insert(&mut step, "update", json!(container));
            insert(&mut step, "with", json!({"lbl": ["tpX"]}));
        }
        operation => insert(&mut step, operation, json!(container)),
    }
    step
}

impl WrittenPolicy {
    fn valid(name: &str) -> Map<String, Value> {
        let valid = Self {
            name: name.into(),
            pv: None,
            pvs: None,
            with: Map::new(),
            without: Vec::new(),
        };
        valid.members(name)
    }

    fn members(&self, name: &str) -> Map<String, Value> {
        let mut members = Map::new();
        let default_pv = || vec![json!({"acor": ["CtpA2"], "acop": 2})];
        let default_pvs = || vec![json!({"acor": ["{ADM}"], "acop": 63})];
        members.insert("rn".into(), json!(format!("{{rn:{name}}}")));
        let pv = self.pv.clone().unwrap_or_else(default_pv);
        members.insert("pv".into(), json!({ "acr": pv }));
        let pvs = self.pvs.clone().unwrap_or_else(default_pvs);
        members.insert("pvs".into(), json!({ "acr": pvs }));
        for (member, value) in &self.with {
            members.insert(member.clone(), value.clone());
        }
        members.retain(|member, _| !self.without.contains(member));
        members
    }
}
