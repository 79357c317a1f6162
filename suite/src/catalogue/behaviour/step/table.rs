//! A step as it is written in the catalogue.

use super::{Action, ResourceKind, Role, Source, Step, World};
use crate::catalogue::behaviour::{
    Expectation, InboundOperation, Place, Protection, ScriptedAnswer, TokenOrder,
};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use thiserror::Error;

/// What is wrong with a step in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StepError {
    /// The table does not read.
    #[error("{0}")]
    Table(String),
    /// Not exactly one action.
    #[error("expected exactly one action, got {0:?}")]
    Actions(Vec<&'static str>),
    /// A twin changes a step that does not exist.
    #[error("the twin changes step {0:?}, which does not exist")]
    UnknownTwin(String),
}

impl Step {
    /// Reads a step; `default_role` is that of its list.
    pub fn read(value: &Value, default_role: Role) -> Result<Self, StepError> {
        let table: Table = serde_json::from_value(value.clone())
            .map_err(|error| StepError::Table(error.to_string()))?;
        let role = table.role.unwrap_or(default_role);
        let actor = table.actor.clone().unwrap_or_else(|| match role {
            Role::Stimulus => "AE2".into(),
            _ => "ADM".into(),
        });
        let (word, action) = action(&table)?;
        Ok(Self {
            name: table.name.unwrap_or(word),
            actor,
            role,
            action,
            expect: table.expect.unwrap_or(Expectation::Permit),
            from: table.from,
            headers: table.headers,
            path: table.path,
            query: table.query,
            source: table.source,
            place: table.place,
            association: table.association,
            allows: table.allows,
            credential: table.credential,
            certifies: table.certifies,
            protect: table.protect,
            tokens: table.tokens,
            within: table.within,
            when: table.when,
            unless: table.unless,
            repeat: table.repeat.unwrap_or(1),
            sees: table.sees,
            lacks: table.lacks,
            members: table.members,
            shows: table.shows,
            hides: table.hides,
            conceals: table.conceals,
            whole: table.whole,
            unchanged: table.unchanged,
            assigns: table.assigns,
            only: table.only,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    name: Option<String>,
    #[serde(rename = "as")]
    actor: Option<String>,
    role: Option<Role>,
    expect: Option<Expectation>,
    from: Option<String>,
    #[serde(default)]
    headers: Map<String, Value>,
    path: Option<String>,
    #[serde(default)]
    query: Map<String, Value>,
    source: Option<Source>,
    place: Option<Place>,
    association: Option<String>,
    #[serde(default)]
    allows: Vec<String>,
    credential: Option<String>,
    certifies: Option<String>,
    protect: Option<Protection>,
    #[serde(default)]
    tokens: Vec<TokenOrder>,
    within: Option<String>,
    when: Option<String>,
    unless: Option<String>,
    repeat: Option<u32>,
    #[serde(default)]
    sees: Map<String, Value>,
    #[serde(default)]
    lacks: Vec<String>,
    #[serde(default)]
    members: BTreeMap<String, Expectation>,
    #[serde(default)]
    shows: Vec<String>,
    #[serde(default)]
    hides: Vec<String>,
    #[serde(default)]
    conceals: Vec<String>,
    #[serde(default)]
    whole: bool,
    #[serde(default)]
    unchanged: bool,
    assigns: Option<String>,
    only: Option<World>,
    register: Option<bool>,
    create: Option<String>,
    #[serde(rename = "type")]
    kind: Option<ResourceKind>,
    #[serde(rename = "in")]
    parent: Option<String>,
    #[serde(default)]
    with: Map<String, Value>,
    pv: Option<Vec<Value>>,
    pvs: Option<Vec<Value>>,
    content: Option<Value>,
    retrieve: Option<String>,
    #[serde(default)]
    attributes: Vec<String>,
    result_content: Option<u32>,
    update: Option<String>,
    delete: Option<String>,
    discover: Option<String>,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    finds: Vec<String>,
    notify: Option<String>,
    wait_until: Option<u32>,
    plus: Option<String>,
    #[serde(default)]
    inbound: bool,
    to: Option<String>,
    operation: Option<InboundOperation>,
    answers: Option<Vec<ScriptedAnswer>>,
}

/// The action of a step and the word that names it by default.
fn action(table: &Table) -> Result<(String, Action), StepError> {
    let mut found: Vec<(&'static str, String, Action)> = Vec::new();
    if table.register == Some(true) {
        let with = table.with.clone();
        found.push(("register", "register".into(), Action::Register { with }));
    }
    if let Some(name) = &table.create {
        found.push(("create", format!("make-{name}"), create(table, name)?));
    }
    if let Some(target) = &table.retrieve {
        let action = Action::Retrieve {
            target: target.clone(),
            attributes: table.attributes.clone(),
            result_content: table.result_content,
        };
        found.push(("retrieve", format!("retrieve-{target}"), action));
    }
    if let Some(target) = &table.update {
        let (target, with) = (target.clone(), table.with.clone());
        let word = format!("update-{target}");
        found.push(("update", word, Action::Update { target, with }));
    }
    if let Some(target) = &table.delete {
        let target = target.clone();
        found.push((
            "delete",
            format!("delete-{target}"),
            Action::Delete { target },
        ));
    }
    if let Some(target) = &table.discover {
        let action = Action::Discover {
            target: target.clone(),
            labels: table.labels.clone(),
            finds: table.finds.clone(),
        };
        found.push(("discover", format!("discover-{target}"), action));
    }
    if let Some(target) = &table.notify {
        let action = Action::Notify {
            target: target.clone(),
            content: table.content.clone().unwrap_or_default(),
        };
        found.push(("notify", format!("notify-{target}"), action));
    }
    if let Some(seconds) = table.wait_until {
        let plus = table.plus.clone();
        let word = format!("wait-{seconds}");
        found.push(("wait_until", word, Action::WaitUntil { seconds, plus }));
    }
    if table.inbound {
        let (to, operation) = (table.to.clone(), table.operation);
        found.push((
            "inbound",
            "inbound".into(),
            Action::Inbound { to, operation },
        ));
    }
    if let Some(answers) = &table.answers {
        let answers = answers.clone();
        found.push(("answers", "answers".into(), Action::Answers { answers }));
    }
    let words = found.iter().map(|(word, ..)| *word).collect();
    match (found.pop(), found.is_empty()) {
        (Some((_, word, action)), true) => Ok((word, action)),
        _ => Err(StepError::Actions(words)),
    }
}

fn create(table: &Table, name: &str) -> Result<Action, StepError> {
    let kind = table
        .kind
        .ok_or_else(|| StepError::Table(format!("expected `type` beside `create = {name:?}`")))?;
    let content = match &table.content {
        Some(content) => content.clone(),
        None => {
            let mut members = Map::new();
            if kind != ResourceKind::Ae {
                members.insert("rn".into(), Value::String(format!("{{rn:{name}}}")));
            }
            if kind == ResourceKind::Acp {
                let rules = |rules: Vec<Value>| serde_json::json!({ "acr": rules });
                let administrator = || vec![serde_json::json!({"acor": ["{ADM}"], "acop": 63})];
                let pvs = table.pvs.clone().unwrap_or_else(administrator);
                members.insert("pv".into(), rules(table.pv.clone().unwrap_or_default()));
                members.insert("pvs".into(), rules(pvs));
            }
            members.extend(table.with.clone());
            serde_json::json!({ kind.key(): members })
        }
    };
    Ok(Action::Create {
        name: name.into(),
        kind,
        parent: table.parent.clone().unwrap_or_else(|| "{CB}".into()),
        content,
    })
}
