//! What is known of one resource.

use super::link::Link;
use crate::campaign::kind::Kind;
use serde_json::{Map, Value};

/// A resource that the tester made, or the `<CSEBase>`.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// By which steps name it.
    pub slot: String,
    /// Its type.
    pub kind: Kind,
    /// The slot of what it is below.
    pub parent: Option<String>,
    /// Its structured id, relative to the CSE.
    pub path: String,
    /// Its unstructured id, if the IUT told it.
    pub id: Option<String>,
    /// The entity that created it.
    pub creator: String,
    /// The structured ids of its policies, with the slots that these had then; none without accessControlPolicyIDs.
    pub links: Option<Vec<Link>>,
    /// What was written into it.
    pub written: Map<String, Value>,
    /// The same as steps write it, with slots in braces.
    pub drafted: Map<String, Value>,
    /// The slots of the members of a group.
    pub members: Vec<String>,
    /// The text that only those may see who may retrieve it.
    pub canary: String,
    /// Whether it is there.
    pub is_alive: bool,
    /// Whether all that is said of it here is certain.
    pub is_sure: bool,
}

impl Resource {
    /// The `<CSEBase>`.
    pub fn base(path: &str) -> Self {
        Self {
            slot: super::BASE.to_owned(),
            kind: Kind::Cb,
            parent: None,
            path: path.to_owned(),
            id: None,
            creator: super::ADMINISTRATOR.to_owned(),
            links: None,
            written: Map::new(),
            drafted: Map::new(),
            members: Vec::new(),
            canary: String::new(),
            is_alive: true,
            is_sure: true,
        }
    }

    /// Takes over attributes, as they were sent and as the step has them.
    pub fn write(&mut self, sent: &Map<String, Value>, drafted: &Map<String, Value>) {
        merge(&mut self.written, sent);
        merge(&mut self.drafted, drafted);
    }

    /// Its name below its parent.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// All its ids relative to the CSE.
    pub fn ids(&self) -> Vec<String> {
        let structured = [self.path.clone()];
        structured.into_iter().chain(self.id.clone()).collect()
    }
}

/// A value replaces that of the attribute, null takes the attribute away (TS-0004 V3.32.0, 7.3.3.7).
fn merge(attributes: &mut Map<String, Value>, changes: &Map<String, Value>) {
    for (name, value) in changes {
        match value.is_null() {
            true => attributes.shift_remove(name),
            false => attributes.insert(name.clone(), value.clone()),
        };
    }
}
