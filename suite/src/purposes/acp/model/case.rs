//! One case of the model check: what governs a target, and who wants to do what with it.

use super::ground::Ground;
use crate::catalogue::behaviour::Source;
use serde_json::{Value, json};

/// Policies and a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What governs the target.
    pub governed: Governed,
    /// The request.
    pub ask: Ask,
}

/// What governs a target.
#[derive(Debug, Clone, PartialEq)]
pub enum Governed {
    /// privileges of policies in the order of accessControlPolicyIDs; `None` is a link to a policy that is gone.
    Linked {
        /// The rules of each policy.
        policies: Vec<Option<Vec<Rule>>>,
        /// Whether the links stand in the reverse order of creation.
        reversed: bool,
    },
    /// The target is a policy: its selfPrivileges behind the rule of the administrator, and its privileges, which do not
    /// count.
    Own {
        /// selfPrivileges.
        rules: Vec<Rule>,
        /// privileges.
        privileges: Vec<Rule>,
    },
    /// No policy: the target belongs to the second entity, which made it.
    Creator,
}

/// A request.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Who sends it.
    pub subject: Subject,
    /// From which of the tester's addresses.
    pub source: Source,
    /// What it counts as.
    pub operation: Operation,
    /// The resource type that a Create makes.
    pub child: u32,
}

/// Who sends a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// One of the registered entities.
    Entity(usize),
    /// Nobody, under a From that no entity is registered with.
    Strange(String),
}

/// What a request counts as (TS-0003 V3.18.0, 7.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Retrieve without the filter usage of a discovery.
    Retrieve,
    /// Create.
    Create,
    /// Update.
    Update,
    /// Delete.
    Delete,
    /// Notify.
    Notify,
    /// Retrieve with the filter usage of a discovery.
    Discover,
}

impl Operation {
    /// Its value in accessControlOperations (TS-0004 V3.32.0, Table 6.3.4.2.29-1).
    pub fn bit(self) -> u32 {
        match self {
            Self::Create => 1,
            Self::Retrieve => 2,
            Self::Update => 4,
            Self::Delete => 8,
            Self::Notify => 16,
            Self::Discover => 32,
        }
    }

    /// Its name in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Retrieve => "retrieve",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Notify => "notify",
            Self::Discover => "discover",
        }
    }
}

/// An access control rule (TS-0004 V3.32.0, 6.3.5.27).
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// accessControlOriginators.
    pub originators: Vec<String>,
    /// accessControlOperations.
    pub operations: u32,
    /// accessControlContexts; absent if there is none.
    pub contexts: Vec<Context>,
    /// accessControlAuthenticationFlag.
    pub flag: Option<bool>,
    /// accessControlObjectDetails; absent if there is none.
    pub details: Vec<Detail>,
}

/// One element of accessControlContexts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Context {
    /// accessControlWindow; absent if there is none.
    pub windows: Vec<String>,
    /// ipv4 of accessControlIpAddresses.
    pub ipv4: Vec<String>,
    /// ipv6 of accessControlIpAddresses.
    pub ipv6: Vec<String>,
    /// accessControlLocationRegion.
    pub region: Option<Region>,
}

/// accessControlLocationRegion (TS-0004 V3.32.0, 6.3.5.28).
#[derive(Debug, Clone, PartialEq)]
pub enum Region {
    /// Country codes.
    Countries(Vec<String>),
    /// Latitude, longitude and radius in metres.
    Circle([f64; 3]),
}

/// One element of accessControlObjectDetails.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// resourceType.
    pub target: Option<u32>,
    /// containerDefinition of specializationType.
    pub specialization: Option<&'static str>,
    /// childResourceType.
    pub children: Vec<u32>,
}

impl Case {
    /// The policies that the decision is made by, as they stand in the resources; null is a link that leads nowhere.
    pub fn policies(&self, ground: &Ground) -> Vec<Value> {
        match &self.governed {
            Governed::Linked { policies, .. } => policies
                .iter()
                .map(|rules| rules.as_deref().map_or(Value::Null, set_of_rules))
                .collect(),
            Governed::Own { rules, .. } => vec![self_privileges(rules, ground)],
            Governed::Creator => Vec::new(),
        }
    }

    /// Every rule that the decision is made by.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        let (linked, own) = match &self.governed {
            Governed::Linked { policies, .. } => (policies.as_slice(), &[][..]),
            Governed::Own { rules, .. } => (&[][..], rules.as_slice()),
            Governed::Creator => (&[][..], &[][..]),
        };
        linked.iter().flatten().flatten().chain(own)
    }

    /// Changes each rule that the decision is made by.
    pub fn for_each_rule(&mut self, mut change: impl FnMut(&mut Rule)) {
        match &mut self.governed {
            Governed::Creator => {}
            Governed::Own { rules, .. } => rules.iter_mut().for_each(change),
            Governed::Linked { policies, .. } => {
                for rule in policies.iter_mut().flatten().flatten() {
                    change(rule);
                }
            }
        }
    }

    /// Every context that the decision may depend on.
    pub fn contexts(&self) -> impl Iterator<Item = &Context> {
        self.rules().flat_map(|rule| &rule.contexts)
    }

    /// Whether the decision depends on the time.
    pub fn has_windows(&self) -> bool {
        self.windows().next().is_some()
    }

    /// Whether it may depend on the second.
    pub fn names_seconds(&self) -> bool {
        self.windows().any(|window| !window.starts_with("* "))
    }

    fn windows(&self) -> impl Iterator<Item = &String> {
        self.contexts().flat_map(|context| &context.windows)
    }
}

/// selfPrivileges: the administrator first, who has to be able to change them again.
pub fn self_privileges(rules: &[Rule], ground: &Ground) -> Value {
    let all: Vec<Value> = std::iter::once(everything(&ground.administrator))
        .chain(rules.iter().map(Rule::to_json))
        .collect();
    json!({ "acr": all })
}

/// The rule that permits one originator everything.
pub fn everything(originator: &str) -> Value {
    json!({"acor": [originator], "acop": 63})
}

/// m2m:setOfAcrs.
pub fn set_of_rules(rules: &[Rule]) -> Value {
    let rules: Vec<Value> = rules.iter().map(Rule::to_json).collect();
    json!({ "acr": rules })
}

impl Rule {
    /// As it is sent.
    pub fn to_json(&self) -> Value {
        let mut rule = json!({"acor": self.originators, "acop": self.operations});
        if let Value::Object(members) = &mut rule {
            let contexts: Vec<Value> = self.contexts.iter().map(Context::to_json).collect();
            let details: Vec<Value> = self.details.iter().map(Detail::to_json).collect();
            if !contexts.is_empty() {
                members.insert("acco".into(), contexts.into());
            }
            if let Some(flag) = self.flag {
                members.insert("acaf".into(), flag.into());
            }
            if !details.is_empty() {
                members.insert("acod".into(), details.into());
            }
        }
        rule
    }
}

impl Context {
    fn to_json(&self) -> Value {
        let mut context = serde_json::Map::new();
        if !self.windows.is_empty() {
            context.insert("actw".into(), json!(self.windows));
        }
        let mut addresses = serde_json::Map::new();
        for (family, networks) in [("ipv4", &self.ipv4), ("ipv6", &self.ipv6)] {
            if !networks.is_empty() {
                addresses.insert(family.into(), json!(networks));
            }
        }
        if !addresses.is_empty() {
            context.insert("acip".into(), addresses.into());
        }
        let region = self.region.as_ref().map(|region| match region {
            Region::Countries(countries) => json!({ "accc": countries }),
            Region::Circle(circle) => json!({ "accr": circle }),
        });
        context.extend(region.map(|region| ("aclr".to_owned(), region)));
        context.into()
    }
}

impl Detail {
    fn to_json(&self) -> Value {
        let mut detail = serde_json::Map::new();
        detail.extend(self.target.map(|target| ("ty".to_owned(), json!(target))));
        let specialization = self
            .specialization
            .map(|definition| json!({"cnd": definition}));
        detail.extend(specialization.map(|specialization| ("spty".to_owned(), specialization)));
        detail.insert("chty".into(), json!(self.children));
        detail.into()
    }
}
