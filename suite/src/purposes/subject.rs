//! What a step is about: entities, resources and their types.

use super::aggregate::Member;
use super::world::World;
use crate::catalogue::behaviour::{Action, ResourceKind, Step, is_cse};
use crate::tester::template::Unfilled;
use serde_json::json;
use std::collections::HashMap;

/// Types of the resources that steps make.
pub fn kinds(steps: &[Step]) -> HashMap<String, ResourceKind> {
    steps
        .iter()
        .filter_map(|step| match &step.action {
            Action::Create { name, kind, .. } => Some((name.clone(), *kind)),
            _ => None,
        })
        .collect()
}

/// The type of what a step targets; at a fan-out point that of the members.
pub fn kind(kinds: &HashMap<String, ResourceKind>, step: &Step, target: &str) -> ResourceKind {
    match target.rsplit('/').next().unwrap_or_default() {
        "la" | "ol" => ResourceKind::Cin,
        "{CB}" => ResourceKind::Cb,
        name if name.starts_with("AE") => ResourceKind::Ae,
        name if is_cse(name) => ResourceKind::Csr,
        name => {
            let member = step.members.keys().next();
            let made = kinds.get(name).or_else(|| kinds.get(member?));
            made.copied().unwrap_or(ResourceKind::Cnt)
        }
    }
}

/// The members of the group that a step asks at once.
pub fn members(world: &World<'_>, step: &Step) -> Result<Vec<Member>, Unfilled> {
    let is_target = target(&step.action).is_some_and(|target| target.ends_with("/fopt"));
    let member = |(name, expect): (&String, _)| {
        Ok(Member {
            name: world.resource_name(name),
            is_target,
            ids: world.ids(name)?,
            expect: Clone::clone(expect),
        })
    };
    step.members.iter().map(member).collect()
}

/// Entities whose point of access an action names.
pub fn points_of_access(action: &Action) -> Vec<String> {
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

/// Whether a step is by an entity, or about something in its `<AE>`.
pub fn concerns(step: &Step, entity: &str) -> bool {
    let within = |target: &str| target.split('/').next() == Some(entity);
    step.actor == entity || target(&step.action).is_some_and(within)
}

/// What an action targets; for a Create that is the parent.
fn target(action: &Action) -> Option<&str> {
    match action {
        Action::Create { parent, .. } => Some(parent),
        Action::Retrieve { target, .. }
        | Action::Update { target, .. }
        | Action::Delete { target }
        | Action::Discover { target, .. }
        | Action::Notify { target, .. } => Some(target),
        Action::Register { .. }
        | Action::WaitUntil { .. }
        | Action::Inbound { .. }
        | Action::Answers { .. } => None,
    }
}
