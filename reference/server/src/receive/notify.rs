use onem2m_access::{Decision, Operation};
use onem2m_identity::Entity;
use onem2m_primitive::ResponseStatusCode;
use serde_json::Value;

use super::carried::{Carried, Outcome};
use super::procedure::Journey;
use super::target::Target;
use crate::authorize::Attempt;
use crate::outbound::Addressing;
use crate::refusal::Refusal;
use crate::resource::{Kind, Resource};
use crate::scene::Scene;

/// Recv-6.5 of a Notify: one that targets an `<AE>` goes on to the points of access of that AE
/// (TS-0004 V3.32.0, 7.3.3.9.1).
pub(super) fn retarget(scene: &Scene<'_>, journey: &Journey<'_>, target: &Target) -> Outcome {
    let Some(resource) = scene.tree.get(&target.id) else {
        return Err(Refusal::not_found("there is no such resource"));
    };
    match resource.kind {
        Kind::ApplicationEntity => {}
        Kind::CseBase => {
            return Err(Refusal::not_implemented(
                "notifications to the CSE itself are not supported",
            ));
        }
        _ => return Err(Refusal::not_allowed("this resource takes no notification")),
    }
    check_verification(scene, journey, resource)?;
    let is_reachable = resource.attribute("rr") == Some(&true.into());
    let addresses: Vec<String> = resource
        .texts("poa")
        .unwrap_or_default()
        .into_iter()
        .map(str::to_owned)
        .collect();
    if !is_reachable || addresses.is_empty() {
        return Err(Refusal::new(
            ResponseStatusCode::TARGET_NOT_REACHABLE,
            "the AE has no point of access",
        ));
    }
    Ok(Carried::Retarget {
        addresses,
        addressing: Addressing::PointOfAccess,
        request: Box::new(journey.request.clone()),
    })
}

/// A verification request needs Notify for the creator of the subscription too; its originator has been judged like any
/// other (TS-0004 V3.32.0, 7.5.1.2.3).
fn check_verification(
    scene: &Scene<'_>,
    journey: &Journey<'_>,
    target: &Resource,
) -> Result<(), Refusal> {
    let notification = journey.request.content.as_ref();
    let notification = notification.and_then(|content| content.get("m2m:sgn"));
    let member = |name: &str| notification.and_then(|notification| notification.get(name));
    if member("vrq") != Some(&Value::Bool(true)) {
        return Ok(());
    }
    let creator = member("cr")
        .and_then(Value::as_str)
        .and_then(|creator| Entity::parse(creator, scene.home).ok());
    let Some(creator) = creator else {
        return Err(Refusal::bad_request(
            "cr: expected the creator of the subscription, got none",
        ));
    };
    let attempt = Attempt {
        originator: &creator,
        operation: Operation::Notify,
        target,
        created: None,
        request: journey.request,
    };
    match (scene.clauses.creator_right)(scene, &attempt) {
        Decision::Permit => Ok(()),
        Decision::Deny => Err(Refusal::new(
            ResponseStatusCode::SUBSCRIPTION_CREATOR_HAS_NO_PRIVILEGE,
            "the creator of the subscription has no privilege to notify",
        )),
    }
}
