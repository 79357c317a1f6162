use onem2m_access::Decision;
use onem2m_primitive::{Operation, ResponseStatusCode};

use super::carried::Outcome;
use super::polling;
use super::procedure::{Journey, Mode, created};
use super::target::{Target, Way};
use super::{representation, verification};
use crate::authorize::{self, Attempt};
use crate::refusal::Refusal;
use crate::resource::Kind;
use crate::scene::Scene;

/// Recv-6.3, the authorization of the originator (TS-0004 V3.32.0, 7.3.3.15); with a denial goes how it is answered.
pub(super) fn check(
    scene: &Scene<'_>,
    journey: &Journey<'_>,
    target: &Target,
) -> Result<(Decision, Option<Refusal>), Refusal> {
    let Some(resource) = scene.tree.get(&target.id) else {
        return Err(Refusal::not_found("there is no such resource"));
    };
    let attempt = Attempt {
        originator: journey.originator,
        operation: (scene.clauses.operation)(journey.request),
        target: resource,
        created: created(journey.request),
        request: journey.request,
    };
    let decision = match journey.mode {
        Mode::Blocking => decide(scene, target, &attempt)?,
        Mode::NonBlocking => (scene.clauses.non_blocking)(decide(scene, target, &attempt)?),
        Mode::FannedOut(errand) => {
            let decision = decide(scene, target, &attempt)?;
            (scene.clauses.fanned_out)(scene, &attempt, errand, decision)
        }
    };
    let denial = (decision == Decision::Deny).then(|| (scene.clauses.denial)(scene, &attempt));
    Ok((decision, denial))
}

/// Which right the request needs.
fn decide(scene: &Scene<'_>, target: &Target, attempt: &Attempt<'_>) -> Result<Decision, Refusal> {
    let clauses = scene.clauses;
    let request = attempt.request;
    let decision = match request.operation {
        _ if matches!(target.way, Way::FanOut(_)) => (clauses.fan_out_right)(scene, attempt),
        _ if let Way::Aggregation(id) = &target.way => {
            let aggregation = scene.tree.aggregations.get(id);
            aggregation.map_or(Decision::Deny, |aggregation| {
                (clauses.sent_by_member)(scene, attempt, aggregation)
            })
        }
        _ if polling::concerns(attempt) => (clauses.channel_right)(scene, attempt),
        Operation::Create => create_right(scene, attempt),
        Operation::Retrieve if authorize::is_discovery(request) => {
            (clauses.discovery_root)(scene, attempt)
        }
        _ if target.way == Way::Instance => (clauses.virtual_right)(scene, attempt),
        Operation::Retrieve if !request.attribute_list.is_empty() => {
            (clauses.partial_right)(scene, attempt)
        }
        Operation::Update => return update_right(scene, attempt),
        Operation::Notify if verification::is_asked(request) => {
            return verification::check(scene, attempt).map(|()| Decision::Permit);
        }
        Operation::Delete => (clauses.delete_right)(scene, attempt),
        Operation::Retrieve | Operation::Notify => authorize::right(scene, attempt),
    };
    Ok(decision)
}

fn create_right(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match (scene.clauses.create_right)(scene, attempt) {
        Decision::Permit if attempt.created == Some(Kind::Subscription) => {
            (scene.clauses.subscription_right)(scene, attempt)
        }
        decision => decision,
    }
}

/// accessControlPolicyIDs has a right of its own and comes alone (TS-0001 V3.36.0, 9.6.1.3.2).
fn update_right(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Result<Decision, Refusal> {
    let content = representation::of(attempt.request, attempt.target.kind);
    match content {
        Ok(content) if content.contains_key("acpi") && attempt.target.kind.has_policy_links() => {
            (scene.clauses.policy_links_alone)(content)?;
            Ok((scene.clauses.policy_links_right)(scene, attempt))
        }
        _ => Ok(authorize::right(scene, attempt)),
    }
}

/// Lets the operation through and gives its outcome, or stops it and gives none.
pub(crate) type Enforce = fn(Decision, &mut dyn FnMut() -> Outcome) -> Option<Outcome>;

/// What is permitted is carried out and its result reported; what is denied is not (TS-0003 V3.18.0, 6.2.2).
pub(crate) fn enforce(
    decision: Decision,
    operation: &mut dyn FnMut() -> Outcome,
) -> Option<Outcome> {
    match decision {
        Decision::Permit => Some(operation()),
        Decision::Deny => None,
    }
}

/// A denial says that the originator has no privilege, and nothing about the target (TS-0004 V3.32.0, 7.3.3.15).
pub(crate) fn denial(_scene: &Scene<'_>, _attempt: &Attempt<'_>) -> Refusal {
    refused()
}

pub(crate) fn refused() -> Refusal {
    Refusal::new(
        ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE,
        "the originator has no privilege for this operation",
    )
}
