//! A resource that requests are decided for.

use serde_json::{Value, json};

/// A resource that requests are decided for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// What it is found by.
    pub key: String,
    /// Its name in the world; a container that is to be deleted has another than its key.
    pub name: String,
    /// The name of its representation.
    pub root: String,
    /// The label that a discovery finds it by.
    pub label: String,
    /// The policies that are linked to it and are there.
    pub guards: Vec<String>,
    /// Its accessControlPolicyIDs.
    pub links: Vec<String>,
    /// What the last Update that was carried out left behind.
    pub mark: Option<String>,
    /// Whether an Update was tried since somebody looked.
    pub is_touched: bool,
}

impl Target {
    /// A target that nobody has touched.
    pub fn new(root: &str, key: &str, label: String, guards: Vec<String>) -> Self {
        Self {
            key: key.to_owned(),
            name: key.to_owned(),
            root: root.to_owned(),
            label,
            guards,
            links: Vec::new(),
            mark: None,
            is_touched: false,
        }
    }

    /// An Update was tried; `mark` is what it leaves behind if it was carried out.
    pub fn updated(&mut self, mark: Option<String>) {
        self.is_touched = true;
        self.mark = mark.or(self.mark.take());
    }

    /// The labels that it has to have.
    pub fn labels(&self) -> Value {
        let labels: Vec<&str> = [Some(self.label.as_str()), self.mark.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        json!(labels)
    }
}
