//! What steps name: types, points of access, entities.

use crate::catalogue::behaviour::{Action, ResourceKind, Step};
use serde_json::json;
use std::collections::HashMap;

/// The types of the resources that steps make.
pub(super) fn kinds(steps: &[Step]) -> HashMap<String, ResourceKind> {
    steps
        .iter()
        .filter_map(|step| match &step.action {
            Action::Create { name, kind, .. } => Some((name.clone(), *kind)),
            _ => None,
        })
        .collect()
}

/// Entities whose point of access an action names.
pub(super) fn points_of_access(action: &Action) -> Vec<String> {
    let named = match action {
        Action::Create { content, .. } | Action::Notify { content, .. } => content.to_string(),
        Action::Update { with, .. } => json!(with).to_string(),
        _ => return Vec::new(),
    };
    (1..=4)
        .filter(|number| named.contains(&format!("{{POA{number}}}")))
        .map(|number| format!("AE{number}"))
        .collect()
}

/// Whether an entity acts in a step, or something in its `<AE>` is the target.
pub(super) fn concerns(step: &Step, entity: &str) -> bool {
    let within = |target: &str| target.split('/').next() == Some(entity);
    step.actor == entity
        || match &step.action {
            Action::Create { parent, .. } => within(parent),
            Action::Retrieve { target, .. }
            | Action::Update { target, .. }
            | Action::Delete { target }
            | Action::Discover { target, .. }
            | Action::Notify { target, .. } => within(target),
            _ => false,
        }
}
