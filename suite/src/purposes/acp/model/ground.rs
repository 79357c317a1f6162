//! What cases are built on: the entities that are registered, the IUT's names, its clock, and what it claims.

use super::case::{Ask, Case, Governed, Operation, Subject};
use super::membership::{self, Membership};
use super::origin::Origin;
use crate::catalogue::behaviour::Source;
use crate::purposes::Facts;
use onem2m_oracle::{self as oracle, Readings, Surroundings};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::IpAddr;
use time::macros::format_description;
use time::{Duration, OffsetDateTime};

/// How far the IUT's clock may be from what is known of it: its creation times are cut to seconds.
const BEHIND: i64 = 2;

/// How long a case may take from its policies to its answer, in seconds.
pub const AHEAD: i64 = 12;

/// How long until no minute turns within the time in which a case may be decided: every field of a window but the second
/// turns with a minute.
pub fn until_settled(now: OffsetDateTime) -> std::time::Duration {
    let second = i64::from(now.second());
    let seconds = match second {
        ..=BEHIND => BEHIND + 1 - second,
        _ if second + AHEAD >= 60 => 60 + BEHIND + 1 - second,
        _ => 0,
    };
    std::time::Duration::from_secs(seconds.unsigned_abs())
}

/// What cases are built on.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The registered entities; the first is the simplest.
    pub entities: Vec<Entity>,
    /// The identity of the administrator.
    pub administrator: String,
    /// `/in-cse`.
    pub cse: String,
    /// `//sp.example`, if the profile names it.
    pub domain: Option<String>,
    /// Where requests may come from; the first is the simplest.
    pub origins: Vec<Origin>,
    /// The groups that rules may name.
    pub memberships: Vec<Membership>,
    /// What time it is on the IUT's clock.
    pub now: OffsetDateTime,
    /// Whether a registered entity counts as authenticated.
    pub authenticated: bool,
    /// Whether a From is compared with the registered entities.
    pub from_is_checked: bool,
    /// Whether an entry that could name a group which does not exist ends the request (PIXIT_GROUP_MISSING).
    pub missing_group_rejects: bool,
    /// Claims by name.
    pub pics: BTreeMap<String, bool>,
    /// How the IUT reads what is open.
    pub readings: Readings,
}

/// An entity that is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its name in the purpose.
    pub actor: &'static str,
    /// Its AE-ID-Stem.
    pub stem: String,
    /// The SP-relative form.
    pub sp_relative: String,
}

/// What the model says of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// Permit.
    Permit,
    /// Deny.
    Deny,
    /// From is nobody's: refused, with whatever code.
    Refuse,
}

impl Ground {
    /// What the facts of a run say; entities, groups and clock come later.
    pub fn of(facts: &Facts, origins: Vec<Origin>) -> Self {
        let read = |pixit: &str, value: &str| {
            facts
                .pixit
                .get(pixit)
                .is_some_and(|declared| declared == value)
        };
        Self {
            entities: Vec::new(),
            administrator: facts.administrator.clone(),
            cse: format!("/{}", facts.cse_id),
            domain: (!facts.sp_domain.is_empty()).then(|| format!("//{}", facts.sp_domain)),
            origins,
            memberships: Vec::new(),
            now: OffsetDateTime::UNIX_EPOCH,
            authenticated: read("PIXIT_AUTHN_LOCAL", "yes"),
            from_is_checked: !read("PIXIT_FROM_CHECK", "none"),
            missing_group_rejects: read("PIXIT_GROUP_MISSING", "reject"),
            pics: facts.pics.clone(),
            readings: Readings::of(&facts.pixit),
        }
    }

    /// Whether the IUT claims a capability.
    pub fn claims(&self, pics: &str) -> bool {
        self.pics.get(pics).copied().unwrap_or_default()
    }

    /// The entity that sends a request.
    pub fn entity(&self, subject: &Subject) -> Option<&Entity> {
        match subject {
            Subject::Entity(index) => self.entities.get(*index),
            Subject::Strange(_) => None,
        }
    }

    /// What From says.
    pub fn from<'a>(&'a self, subject: &'a Subject) -> &'a str {
        match subject {
            Subject::Entity(_) => self
                .entity(subject)
                .map(|entity| entity.stem.as_str())
                .unwrap_or_default(),
            Subject::Strange(from) => from,
        }
    }

    /// The address of a source.
    pub fn address(&self, source: Source) -> Option<IpAddr> {
        self.origin(source)?.address
    }

    /// Where the IUT locates a source, if the profile states it.
    pub fn location(&self, source: Source) -> Option<&Value> {
        self.origin(source)?.location.as_ref()
    }

    /// Whether the profile states where the IUT locates some source.
    pub fn is_located(&self) -> bool {
        self.origins.iter().any(|origin| origin.location.is_some())
    }

    fn origin(&self, source: Source) -> Option<&Origin> {
        self.origins.iter().find(|origin| origin.source == source)
    }

    /// The group that an entry names, if it is there.
    pub fn membership(&self, entry: &str) -> Option<&Membership> {
        let mut memberships = self.memberships.iter();
        memberships.find(|membership| membership.ids.iter().any(|id| id == entry))
    }

    /// The surroundings of the oracle.
    pub fn surroundings(&self) -> Surroundings {
        Surroundings {
            // Without a domain no case names one.
            sp: self.domain.clone().unwrap_or_else(|| "//unnamed".into()),
            cse: self.cse.clone(),
            groups: self
                .memberships
                .iter()
                .flat_map(Membership::by_id)
                .collect(),
            readings: self.readings,
        }
    }

    /// What the model says of a case at every moment at which the IUT may decide it; nothing if that differs, or if it
    /// depends on what nobody states.
    pub fn says(&self, case: &Case) -> Option<Says> {
        let has_region = case.contexts().any(|context| context.region.is_some());
        if has_region && self.location(case.ask.source).is_none() {
            return None;
        }
        let moments = match case.has_windows() {
            true if case.names_seconds() => (-BEHIND..=AHEAD).collect(),
            // No other field changes twice in so short a time.
            true => vec![-BEHIND, AHEAD],
            false => vec![0],
        };
        let mut decisions = moments.into_iter().map(|second| self.permits(case, second));
        let first = decisions.next()?;
        if decisions.any(|other| other != first) {
            return None;
        }
        // Whether an IUT comes to see the entry before it permits, no text says.
        if first && self.missing_group_rejects && self.names_a_missing_group(case) {
            return None;
        }
        Some(match (&case.ask.subject, first) {
            (Subject::Strange(_), true) if !self.from_is_checked => return None,
            (Subject::Strange(_), _) => Says::Refuse,
            (Subject::Entity(_), true) => Says::Permit,
            (Subject::Entity(_), false) => Says::Deny,
        })
    }

    fn names_a_missing_group(&self, case: &Case) -> bool {
        case.rules()
            .flat_map(|rule| &rule.originators)
            .any(|entry| membership::is_of_no_group(self, entry))
    }

    fn permits(&self, case: &Case, second: i64) -> bool {
        match case.governed {
            Governed::Creator => case.ask.subject == Subject::Entity(1),
            _ => oracle::permits(
                &self.surroundings(),
                &case.policies(self),
                &self.request(case, second),
            ),
        }
    }

    /// Whether everything in the policies of a case has a defined meaning.
    pub fn has_meaning(&self, case: &Case) -> bool {
        let request = self.request(case, 0);
        let policies = match &case.governed {
            Governed::Own { privileges, .. } => {
                let mut policies = case.policies(self);
                policies.push(super::case::set_of_rules(privileges));
                policies
            }
            _ => case.policies(self),
        };
        oracle::has_meaning(&self.surroundings(), &policies, &request)
    }

    /// The request in the form of the oracle, so many seconds from now.
    pub fn request(&self, case: &Case, second: i64) -> Value {
        let Ask {
            subject,
            source,
            operation,
            child,
        } = &case.ask;
        let time = self.now + Duration::seconds(second);
        let written = time.format(format_description!(
            "[year]-[month]-[day]T[hour]:[minute]:[second]Z"
        ));
        let target_type = match (&case.governed, operation) {
            (Governed::Own { .. }, _) => 1,
            (_, Operation::Notify) => 2,
            _ => 3,
        };
        let mut request = json!({
            "from": self.from(subject),
            "operation": operation.name(),
            "time": written.unwrap_or_default(),
            "authenticated": self.authenticated,
            "location": self.location(*source).cloned().unwrap_or_else(|| json!({})),
            "target_type": target_type,
        });
        if let Value::Object(members) = &mut request {
            members.extend(
                self.address(*source)
                    .map(|address| ("address".into(), json!(address.to_string()))),
            );
            if *operation == Operation::Create {
                members.insert("created_type".into(), json!(child));
            }
        }
        request
    }
}
