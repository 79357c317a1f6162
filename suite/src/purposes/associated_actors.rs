//! Which actors act within security associations.

use super::subject::concerns;
use crate::catalogue::behaviour::{Action, Step, is_cse};
use std::collections::BTreeSet;

/// The actors that are registered before the steps, unless a step does it.
pub const REGISTERED_BEFOREHAND: [&str; 7] = ["AE1", "AE2", "AE3", "AE4", "CSE2", "CSE3", "IN2"];

/// Actors in whose associations steps send, where nothing is said of those but whom they stand for: CSEs always do so
/// (TS-0003 V3.18.0, 6.1.2.2.1).
pub fn associated_actors<'s>(steps: impl IntoIterator<Item = &'s Step>) -> BTreeSet<String> {
    let mut actors = BTreeSet::new();
    for step in steps {
        if is_told(step) {
            continue;
        }
        let named = step.association.as_deref();
        let named = named.filter(|association| *association != "none");
        let sender = Some(step.actor.as_str()).filter(|actor| is_cse(actor) && sends(step));
        let registered = REGISTERED_BEFOREHAND
            .into_iter()
            .filter(|entity| is_cse(entity) && concerns(step, entity));
        let found = named.into_iter().chain(sender).chain(registered);
        actors.extend(found.map(str::to_owned));
    }
    actors
}

/// Whether more is said of the association than an actor, which nothing but a link can tell the IUT.
pub fn is_told(step: &Step) -> bool {
    !step.allows.is_empty() || step.credential.is_some() || step.certifies.is_some()
}

fn sends(step: &Step) -> bool {
    !matches!(
        step.action,
        Action::WaitUntil { .. } | Action::Inbound { .. } | Action::Answers { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::behaviour::Role;
    use serde_json::{Value, json};

    #[track_caller]
    fn assert_found(steps: &[Value], actors: &[&str]) {
        let steps: Vec<Step> = steps
            .iter()
            .map(|step| Step::read(step, Role::Stimulus).unwrap())
            .collect();
        let found: Vec<String> = associated_actors(&steps).into_iter().collect();
        assert_eq!(found, actors);
    }

    #[test]
    fn association_names_an_actor() {
        let step = |association| json!({"name": "a", "as": "AE2", "association": association, "retrieve": "{CB}"});
        assert_found(&[step("AE1")], &["AE1"]);
        assert_found(&[step("none")], &[]);
    }

    #[test]
    fn cse_that_sends_or_registers_does_so_within_an_association() {
        let retrieve = json!({"name": "a", "as": "CSE9", "retrieve": "{CB}"});
        let ready = |cse| json!({"name": "b", "as": cse, "answers": []});
        assert_found(&[retrieve, ready("CSE2")], &["CSE2", "CSE9"]);
        assert_found(&[ready("CSE9"), ready("IN1")], &[]);
    }

    #[test]
    fn what_is_told_of_an_association_needs_the_link() {
        let step =
            json!({"name": "a", "as": "AE5", "credential": "12-x@in.example", "retrieve": "{CB}"});
        assert_found(&[step], &[]);
    }
}
