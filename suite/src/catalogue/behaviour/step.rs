//! One step of a scenario.

use super::{Expectation, InboundOperation, Place, ScriptedAnswer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
use thiserror::Error;

/// One exchange, wait or observation.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Unique in its purpose; it names the exchange in the transcript.
    pub name: String,
    /// `ADM`, `AE1` â¦ `AE9`, `CSE2`, `CSE3`, `CSE9`, `IN2`; of these, `AE1` to `AE4`, `CSE2` and `CSE3` are registered beforehand
    /// where no step does it.
    pub actor: String,
    /// What the step is for.
    pub role: Role,
    /// What it does.
    pub action: Action,
    /// What it expects.
    pub expect: Expectation,
    /// From, if it is not the identity of the actor; `<absent>` leaves it out. Of an inbound request, what it has to be.
    pub from: Option<String>,
    /// Header fields added to the request as they are.
    pub headers: Map<String, Value>,
    /// Path of the request on the wire, in place of that of the target.
    pub path: Option<String>,
    /// Query fields added to the request as they are.
    pub query: Map<String, Value>,
    /// Which of the tester's addresses the connection comes from, if not the usual one.
    pub source: Option<Source>,
    /// Where the IUT has to locate the originator; decides the source.
    pub place: Option<Place>,
    /// The actor inside whose security association the request travels, if not as usual for who sends it; `none` for no
    /// association.
    pub association: Option<String>,
    /// A PIXIT with the seconds within which the answer has to come, where others than the IUT may delay it.
    pub within: Option<String>,
    /// Only if this step was answered with success.
    pub when: Option<String>,
    /// Only if this step was not answered with success.
    pub unless: Option<String>,
    /// How often it is done.
    pub repeat: u32,
    /// Attributes that the answer has to show, with these values.
    pub sees: Map<String, Value>,
    /// Attributes that the answer may not show.
    pub lacks: Vec<String>,
    /// What each member of the group answers, by its name, where a success is the aggregated answer of
    /// a fan-out point.
    pub members: BTreeMap<String, Expectation>,
    /// Resources of which the answer to a permitted request has to say something, wherever in it.
    pub shows: Vec<String>,
    /// Resources of which it may say nothing.
    pub hides: Vec<String>,
    /// Texts that no answer may hold.
    pub conceals: Vec<String>,
    /// Whether the answer may not call itself partial.
    pub whole: bool,
    /// The representation has to be the one before the first stimulus.
    pub unchanged: bool,
    /// Of a registration, the first characters that the stem may have which the IUT assigns; the actor goes by that stem
    /// from then on.
    pub assigns: Option<String>,
    /// In which world it runs, if not in both.
    only: Option<World>,
}

/// What a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Makes the precondition; its failure is inconclusive.
    SetUp,
    /// The same exchange as a stimulus without the one thing under test; has to succeed.
    Twin,
    /// What is judged.
    Stimulus,
    /// Shows the effect, or that there was none.
    ReadBack,
    /// Shows that the IUT still serves everybody; the first of a pair is the measure of the second.
    Invariant,
    /// Removes what was made; never judged.
    CleanUp,
}

/// One of the addresses of the tester (`tester.sources`).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The first IPv4 address.
    #[default]
    First,
    /// Another IPv4 address.
    Second,
    /// The first IPv6 address.
    Ipv6,
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(formatter)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum World {
    Tested,
    Twin,
}

/// What a step does. Targets are names of resources of the scenario (`cntT`, `cntT/la`, `AE1` for
/// the `<AE>`, `{CB}` for the CSEBase, `grpT/fopt` for a fan-out point); a name that no step makes is that of a resource which does
/// not exist.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Registers the actor with attributes that differ from the usual ones.
    Register {
        /// Attributes.
        with: Map<String, Value>,
    },
    /// Creates a resource.
    Create {
        /// Its name in the scenario.
        name: String,
        /// Its type.
        kind: ResourceKind,
        /// Where.
        parent: String,
        /// The whole content, `{"m2m:…": {…}}`.
        content: Value,
    },
    /// Retrieves a resource.
    Retrieve {
        /// The resource.
        target: String,
        /// Attribute List.
        attributes: Vec<String>,
        /// Result Content.
        result_content: Option<u32>,
    },
    /// Updates a resource.
    Update {
        /// The resource.
        target: String,
        /// Attributes; the key of the representation follows from the type of the target.
        with: Map<String, Value>,
    },
    /// Deletes a resource.
    Delete {
        /// The resource.
        target: String,
    },
    /// Discovers resources.
    Discover {
        /// Below which resource.
        target: String,
        /// Labels to match.
        labels: Vec<String>,
        /// Resources that Permit finds and Deny does not find.
        finds: Vec<String>,
    },
    /// Sends a notification to a resource.
    Notify {
        /// The resource.
        target: String,
        /// The content.
        content: Value,
    },
    /// Waits until so many seconds have passed on the clock of the IUT since the scenario began.
    WaitUntil {
        /// Seconds since the scenario began.
        seconds: u32,
        /// A PIXIT whose seconds are added.
        plus: Option<String>,
    },
    /// Observes what arrives at the actor's own point of access: Permit, a request that shows `sees` and not `lacks` and
    /// has the From of the step; Deny, nothing at all. Requests for other targets or of other operations do not count.
    Inbound {
        /// To, if only requests for one target count.
        to: Option<String>,
        /// The operation, if only those count.
        operation: Option<InboundOperation>,
    },
    /// From here on the actor, a CSE, answers requests of the IUT so.
    Answers {
        /// The answers; the first that fits holds.
        answers: Vec<ScriptedAnswer>,
    },
}

/// A resource type that scenarios make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    /// `<accessControlPolicy>`
    Acp,
    /// `<AE>`
    Ae,
    /// `<container>`
    Cnt,
    /// `<contentInstance>`
    Cin,
    /// `<CSEBase>`
    Cb,
    /// `<remoteCSE>`
    Csr,
    /// `<group>`
    Grp,
    /// `<pollingChannel>`
    Pch,
    /// `<subscription>`
    Sub,
    /// `<timeSeries>`
    Ts,
    /// `<timeSeriesInstance>`
    Tsi,
}

impl ResourceKind {
    /// The resourceType (TS-0004 V3.32.0, 6.3.4.2.1).
    pub fn code(self) -> u32 {
        match self {
            Self::Acp => 1,
            Self::Ae => 2,
            Self::Cnt => 3,
            Self::Cin => 4,
            Self::Cb => 5,
            Self::Csr => 16,
            Self::Grp => 9,
            Self::Pch => 15,
            Self::Sub => 23,
            Self::Ts => 29,
            Self::Tsi => 30,
        }
    }

    /// The member name of a representation, such as `m2m:cnt` (TS-0004 V3.32.0, 8.2.4).
    pub fn key(self) -> &'static str {
        match self {
            Self::Acp => "m2m:acp",
            Self::Ae => "m2m:ae",
            Self::Cnt => "m2m:cnt",
            Self::Cin => "m2m:cin",
            Self::Cb => "m2m:cb",
            Self::Csr => "m2m:csr",
            Self::Grp => "m2m:grp",
            Self::Pch => "m2m:pch",
            Self::Sub => "m2m:sub",
            Self::Ts => "m2m:ts",
            Self::Tsi => "m2m:tsi",
        }
    }
}

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

    /// Whether the step belongs to the twin alone.
    pub fn only_in_twin(&self) -> bool {
        self.only == Some(World::Twin)
    }

    /// Whether the step is run in the twin: set-up, waits and stimuli are, observations are not.
    pub fn runs_in_twin(&self) -> bool {
        self.only != Some(World::Tested) && matches!(self.role, Role::SetUp | Role::Stimulus)
    }

    /// Whether nothing about the request differs from what its actor usually sends.
    pub fn is_usual(&self) -> bool {
        self.from.is_none()
            && self.headers.is_empty()
            && self.path.is_none()
            && self.query.is_empty()
            && self.source.is_none()
            && self.place.is_none()
            && self.association.is_none()
            && self.within.is_none()
            && self.members.is_empty()
    }

    /// Turns a stimulus into its twin, which has to succeed.
    pub fn become_twin(&mut self) {
        self.when = None;
        self.unless = None;
        if self.role == Role::Stimulus {
            self.role = Role::Twin;
            self.expect = Expectation::Permit;
            for member in self.members.values_mut() {
                *member = Expectation::Permit;
            }
            self.sees.clear();
            self.lacks.clear();
            self.shows.clear();
            self.hides.clear();
            self.conceals.clear();
            self.whole = false;
        }
    }
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
