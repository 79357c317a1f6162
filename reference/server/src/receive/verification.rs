use onem2m_access::Decision;
use onem2m_identity::Entity;
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::Value;

use crate::authorize::Attempt;
use crate::refusal::Refusal;
use crate::scene::Scene;

/// Whether a Notify asks its target for the agreement to a subscription (TS-0004 V3.32.0, 7.5.1.2.3).
pub(super) fn is_asked(request: &Request) -> bool {
    notification(request).and_then(|notification| notification.get("vrq"))
        == Some(&Value::Bool(true))
}

/// The creator of the subscription and the CSE that sends the request both need Notify on the target
/// (TS-0004 V3.32.0, 7.5.1.2.3). A creator that is not named, or not readable, has no right.
pub(super) fn check(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Result<(), Refusal> {
    let creator = notification(attempt.request)
        .and_then(|notification| notification.get("cr")?.as_str())
        .and_then(|creator| Entity::parse(creator, scene.home).ok());
    let creator_may = creator.is_some_and(|creator| {
        let by_creator = Attempt {
            originator: &creator,
            ..*attempt
        };
        (scene.clauses.verification_creator)(scene, &by_creator) == Decision::Permit
    });
    if !creator_may {
        return Err(Refusal::new(
            ResponseStatusCode::SUBSCRIPTION_CREATOR_HAS_NO_PRIVILEGE,
            "the creator of the subscription has no privilege to notify",
        ));
    }
    match (scene.clauses.verification_host)(scene, attempt) {
        Decision::Permit => Ok(()),
        Decision::Deny => Err(Refusal::new(
            ResponseStatusCode::SUBSCRIPTION_HOST_HAS_NO_PRIVILEGE,
            "the originator has no privilege to notify",
        )),
    }
}

fn notification(request: &Request) -> Option<&Value> {
    request.content.as_ref()?.get("m2m:sgn")
}
