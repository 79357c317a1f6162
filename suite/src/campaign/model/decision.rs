//! What the second evaluator says of a request in the state that the tester has brought about.

use super::link::Link;
use super::{ADMINISTRATOR, ENTITIES, Model, Resource};
use crate::campaign::kind::Kind;
use onem2m_oracle::{self as oracle, Surroundings};
use serde_json::{Value, json};
use time::macros::format_description;
use time::{Duration, OffsetDateTime};

/// Between which seconds from now an IUT may decide: creation times are cut to seconds, and answers take a while.
const BEHIND: i64 = -2;
const AHEAD: i64 = 12;

/// An access decision; none if it cannot be told.
pub type Decision = Option<bool>;

impl Model {
    /// Whether somebody may do something with a resource. `operation` is a word of the oracle, `created` the type of what is
    /// to be made.
    pub fn permits(
        &self,
        from: &str,
        operation: &str,
        resource: &Resource,
        created: Option<Kind>,
    ) -> Decision {
        let governor = self.governor(resource);
        if !governor.is_sure {
            return None;
        }
        if governor.kind == Kind::Acp {
            let own = [governor.written.get("pvs").cloned().unwrap_or(Value::Null)];
            return self.evaluate(&own, from, operation, resource, created);
        }
        match &governor.links {
            None if governor.kind == Kind::Cb => None,
            None => self.by_default(from, governor),
            Some(links) => self.by_links(links, "pv", governor, from, operation, created),
        }
    }

    /// Whether somebody may change accessControlPolicyIDs of a resource (TS-0001 V3.36.0, 9.6.1.3.2).
    pub fn may_link(&self, from: &str, resource: &Resource) -> Decision {
        if !resource.is_sure {
            return None;
        }
        match &resource.links {
            None => self.permits(from, "update", resource, None),
            Some(links) => self.by_links(links, "pvs", resource, from, "update", None),
        }
    }

    /// An instance is governed by what its container is governed by (TS-0001 V3.36.0, 9.6.7).
    fn governor<'a>(&'a self, resource: &'a Resource) -> &'a Resource {
        let parent = resource.parent.as_deref();
        match resource.kind {
            Kind::Cin => parent.and_then(|it| self.slot(it)).unwrap_or(resource),
            _ => resource,
        }
    }

    /// The creator has full access, everybody else none (TS-0001 V3.36.0, 9.6.1.3.2).
    fn by_default(&self, from: &str, governor: &Resource) -> Decision {
        Some(from == self.identity(&governor.creator))
    }

    fn by_links(
        &self,
        links: &[Link],
        rules: &str,
        target: &Resource,
        from: &str,
        operation: &str,
        created: Option<Kind>,
    ) -> Decision {
        let mut readings = vec![Vec::new()];
        let mut is_dangling = false;
        for link in links {
            let meant = self.slot(&link.slot).filter(|it| it.is_alive);
            let known = |policy: &Resource| match policy.is_sure {
                true => policy.written.get(rules).cloned(),
                false => None,
            };
            match meant {
                Some(policy) => {
                    let rules = known(policy)?;
                    readings.iter_mut().for_each(|all| all.push(rules.clone()));
                }
                None => {
                    is_dangling = true;
                    // Another policy may have taken the name: whether the link leads there is open.
                    if let Some(heir) = self.at_path(&link.path) {
                        let rules = known(heir)?;
                        let mut with = readings.clone();
                        with.iter_mut().for_each(|all| all.push(rules.clone()));
                        readings.extend(with);
                    }
                }
            }
        }
        let mut decisions = readings
            .iter()
            .map(|policies| self.evaluate(policies, from, operation, target, created));
        let first = decisions.next()??;
        if decisions.any(|other| other != Some(first)) {
            return None;
        }
        // An IUT that drops links to what is gone may come to the default policy.
        let is_creator = from == self.identity(&target.creator);
        (first || !is_dangling || !is_creator).then_some(first)
    }

    fn evaluate(
        &self,
        policies: &[Value],
        from: &str,
        operation: &str,
        target: &Resource,
        created: Option<Kind>,
    ) -> Decision {
        let surroundings = Surroundings {
            sp: self.site.provider(),
            cse: format!("/{}", self.site.cse_id),
            groups: Default::default(),
            readings: self.site.readings(),
        };
        let mut request = json!({
            "from": from,
            "operation": operation,
            "time": "1970-01-01T00:00:00Z",
            "authenticated": self.is_authenticated(from),
            "location": {},
            "target_type": target.kind.number(),
        });
        if let (Value::Object(members), Some(created)) = (&mut request, created) {
            members.insert("created_type".into(), json!(created.number()));
        }
        if let (Value::Object(members), Some(source)) = (&mut request, self.site.sources.first()) {
            members.insert("address".into(), json!(source));
        }
        if !oracle::has_meaning(&surroundings, policies, &request) {
            return None;
        }
        if !have_windows(policies) {
            return Some(oracle::permits(&surroundings, policies, &request));
        }
        let now = self.now?;
        let moments = match names_seconds(policies) {
            true => (BEHIND..=AHEAD).collect(),
            // No other field changes twice in so short a time.
            false => vec![BEHIND, AHEAD],
        };
        let mut decisions = moments.into_iter().map(|second| {
            if let Value::Object(members) = &mut request {
                members.insert("time".into(), json!(written(now, second)));
            }
            oracle::permits(&surroundings, policies, &request)
        });
        let first = decisions.next()?;
        decisions.all(|other| other == first).then_some(first)
    }

    /// Whether an originator counts as authenticated: within its association, or where the profile says so.
    fn is_authenticated(&self, from: &str) -> bool {
        let is_holder = self.site.holders.iter().any(|holder| holder == from);
        is_holder || self.site.reads("PIXIT_AUTHN_LOCAL", "yes")
    }

    /// The entity that a From names by its bare stem, if it is registered.
    pub fn sender(&self, from: &str) -> Option<&'static str> {
        let known = ENTITIES.into_iter().chain([ADMINISTRATOR]);
        known
            .filter(|entity| self.is_registered(entity))
            .find(|entity| self.identity(entity) == from)
    }
}

fn have_windows(policies: &[Value]) -> bool {
    windows(policies).next().is_some()
}

/// Whether a window is open in some seconds of a minute only.
fn names_seconds(policies: &[Value]) -> bool {
    windows(policies).any(|window| !window.starts_with("* "))
}

fn windows(policies: &[Value]) -> impl Iterator<Item = &str> {
    fn members<'a>(value: &'a Value, name: &str) -> Vec<&'a Value> {
        let list = value.get(name).and_then(Value::as_array);
        list.into_iter().flatten().collect()
    }
    policies
        .iter()
        .flat_map(|policy| members(policy, "acr"))
        .flat_map(|rule| members(rule, "acco"))
        .flat_map(|context| members(context, "actw"))
        .filter_map(Value::as_str)
}

fn written(now: OffsetDateTime, second: i64) -> String {
    let moment = now + Duration::seconds(second);
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
    moment.format(form).unwrap_or_default()
}
