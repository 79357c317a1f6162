use std::collections::{BTreeMap, BTreeSet};

use onem2m_oracle::{Readings, Surroundings, permits};
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use super::driver::BEGINNING;

pub(super) const ADMIN: &str = "CAdmin";
/// The policy that lets the administrator do everything; it is never deleted.
pub(super) const CONTROL: &str = "cse-in/acpCtl";

/// What the tree should hold, and what its policies come to by the oracle.
pub(super) struct Model {
    things: BTreeMap<String, Thing>,
    /// Paths of all that was created, whether it is still there or not.
    ever: BTreeSet<String>,
    made: usize,
    now: OffsetDateTime,
    surroundings: Surroundings,
}

pub(super) enum Thing {
    /// With its `pv`.
    Policy(Value),
    /// With its accessControlPolicyIDs.
    Container(Vec<String>),
    Instance,
}

impl Thing {
    pub(super) fn is_policy(&self) -> bool {
        matches!(self, Self::Policy(_))
    }

    pub(super) fn is_container(&self) -> bool {
        matches!(self, Self::Container(_))
    }

    fn number(&self) -> u32 {
        match self {
            Self::Policy(_) => 1,
            Self::Container(_) => 3,
            Self::Instance => 4,
        }
    }
}

impl Model {
    pub(super) fn new() -> Self {
        Self {
            things: BTreeMap::new(),
            ever: BTreeSet::new(),
            made: 0,
            now: BEGINNING,
            surroundings: Surroundings {
                sp: "//onem2m.example".to_owned(),
                cse: "/id-in".to_owned(),
                groups: BTreeMap::new(),
                readings: Readings::SPECIFICATION,
            },
        }
    }

    /// A path that nothing had yet.
    pub(super) fn next(&mut self, stem: &str) -> String {
        self.made += 1;
        format!("cse-in/{stem}{}", self.made)
    }

    pub(super) fn add(&mut self, path: String, thing: Thing) {
        self.ever.insert(path.clone());
        self.things.insert(path, thing);
    }

    /// Takes out a resource with what is below it.
    pub(super) fn remove(&mut self, path: &str) {
        let below = format!("{path}/");
        self.things
            .retain(|other, _| other != path && !other.starts_with(&below));
    }

    pub(super) fn set_privileges(&mut self, path: &str, rules: Vec<Value>) {
        let policy = json!({ "pv": { "acr": rules } });
        self.things.insert(path.to_owned(), Thing::Policy(policy));
    }

    pub(super) fn set_links(&mut self, path: &str, links: Vec<String>) {
        self.things.insert(path.to_owned(), Thing::Container(links));
    }

    pub(super) fn advance(&mut self, seconds: u32) {
        self.now += Duration::seconds(seconds.into());
    }

    pub(super) fn thing(&self, path: &str) -> Option<&Thing> {
        self.things.get(path)
    }

    pub(super) fn paths(&self, wanted: impl Fn(&Thing) -> bool) -> Vec<String> {
        let wanted = self.things.iter().filter(|(_, thing)| wanted(thing));
        wanted.map(|(path, _)| path.clone()).collect()
    }

    pub(super) fn ever(&self) -> impl Iterator<Item = &str> {
        self.ever.iter().map(String::as_str)
    }

    /// What every policy of the model has: the administrator may change it, and the first AE may read and update it.
    pub(super) fn self_privileges(&self) -> Value {
        json!([
            { "acor": [ADMIN], "acop": 63 },
            { "acor": ["CtpA1"], "acop": 6 },
        ])
    }

    /// Whether an originator may do something with a resource (TS-0003 V3.18.0, 7.1.4): with a policy by its
    /// selfPrivileges, with an instance as with its container.
    pub(super) fn permits(
        &self,
        from: &str,
        operation: &str,
        path: &str,
        created: Option<u32>,
    ) -> bool {
        let Some(thing) = self.thing(path) else {
            return false;
        };
        let policies = match thing {
            Thing::Policy(_) => vec![json!({ "acr": self.self_privileges() })],
            Thing::Container(links) => self.behind(links),
            Thing::Instance => match path
                .rsplit_once('/')
                .and_then(|(parent, _)| self.thing(parent))
            {
                Some(Thing::Container(links)) => self.behind(links),
                _ => Vec::new(),
            },
        };
        self.decides(&policies, from, operation, thing.number(), created)
    }

    /// Whether an originator may change the links of a container: by the selfPrivileges of what they lead to
    /// (TS-0001 V3.36.0, 9.6.1.3.2).
    pub(super) fn permits_links(&self, from: &str, path: &str) -> bool {
        let Some(Thing::Container(links)) = self.thing(path) else {
            return false;
        };
        let own = |link: &String| match (&**link == CONTROL, self.thing(link)) {
            (true, _) => json!({ "acr": [{ "acor": [ADMIN], "acop": 63 }] }),
            (false, Some(_)) => json!({ "acr": self.self_privileges() }),
            (false, None) => Value::Null,
        };
        let policies: Vec<_> = links.iter().map(own).collect();
        self.decides(&policies, from, "update", 3, None)
    }

    fn behind(&self, links: &[String]) -> Vec<Value> {
        let privileges = |link: &String| match (&**link == CONTROL, self.thing(link)) {
            (true, _) => json!({ "acr": [{ "acor": [ADMIN], "acop": 63 }] }),
            (false, Some(Thing::Policy(policy))) => policy["pv"].clone(),
            _ => Value::Null,
        };
        links.iter().map(privileges).collect()
    }

    fn decides(
        &self,
        policies: &[Value],
        from: &str,
        operation: &str,
        target: u32,
        created: Option<u32>,
    ) -> bool {
        let mut request = json!({
            "from": from,
            "operation": operation,
            "time": self.now.format(&Rfc3339).unwrap_or_default(),
            "address": "192.0.2.10",
            "location": {},
            "authenticated": false,
            "target_type": target,
        });
        if let Some(created) = created {
            request["created_type"] = json!(created);
        }
        permits(&self.surroundings, policies, &request)
    }
}
