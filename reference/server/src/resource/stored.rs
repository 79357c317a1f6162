use onem2m_identity::Entity;
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::{Kind, Policies, Timestamp};

/// A resource as the CSE keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    pub(crate) kind: Kind,
    /// The unstructured CSE-relative identifier.
    pub(crate) id: String,
    pub(crate) name: String,
    /// The identifier of the parent; the `<CSEBase>` has none.
    pub(crate) parent: Option<String>,
    /// Who sent the Create request. It is known whether or not there is a creator attribute, for the default policy
    /// (TS-0001 V3.36.0, 9.6.1.3.2).
    pub(crate) creator: Entity,
    /// Every attribute, by its short name.
    pub(crate) attributes: Map<String, Value>,
    /// The identifiers of the children, oldest first.
    pub(crate) children: Vec<String>,
    pub(crate) expires: Option<OffsetDateTime>,
    /// What privileges and selfPrivileges of an `<accessControlPolicy>` say.
    pub(crate) policies: Option<Policies>,
}

impl Resource {
    pub(crate) fn attribute(&self, name: &str) -> Option<&Value> {
        self.attributes.get(name)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.attribute(name)?.as_str()
    }

    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.attribute(name)?.as_u64()
    }

    pub(crate) fn texts(&self, name: &str) -> Option<Vec<&str>> {
        let list = self.attribute(name)?.as_array()?;
        Some(list.iter().filter_map(Value::as_str).collect())
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.attributes.insert(name.to_owned(), value.into());
    }

    /// Notes a modification: lastModifiedTime, and stateTag where there is one (TS-0004 V3.32.0, 7.3.3.7).
    pub(crate) fn touch(&mut self, now: OffsetDateTime) {
        self.set("lt", Timestamp::of(now).into_text());
        self.step_state_tag();
    }

    pub(crate) fn step_state_tag(&mut self) {
        if let Some(state_tag) = self.number("st") {
            self.set("st", state_tag.saturating_add(1));
        }
    }
}
