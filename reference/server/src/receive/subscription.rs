use onem2m_access::{Decision, Operation};
use onem2m_primitive::ResponseStatusCode;
use serde_json::Value;

use super::attributes::identifier;
use super::procedure::{Journey, Mode};
use crate::address::{self, Located};
use crate::authorize::Attempt;
use crate::notify::{self, Notice};
use crate::refusal::Refusal;
use crate::resource::{Kind, Resource};
use crate::scene::Scene;

/// Recv-6.4 of the Create of a `<subscription>` (TS-0004 V3.32.0, 7.4.8.2.1); gives the verification requests to send.
pub(super) fn check(
    scene: &Scene<'_>,
    journey: &Journey<'_>,
    draft: &mut Resource,
) -> Result<Vec<Notice>, Refusal> {
    check_conditions(draft)?;
    let targets: Vec<&str> = draft.texts("nu").unwrap_or_default();
    if targets.is_empty() {
        return Err(Refusal::bad_request(
            "nu: expected at least one notification target, got none",
        ));
    }
    let notices = verifications(scene, journey, &targets)?;
    let is_of_others = !notices.is_empty();
    if is_of_others {
        draft.set("cr", identifier(journey.originator, scene.home));
    }
    Ok(notices)
}

/// The requests that ask those targets that are not the originator itself, nor an aggregation URI that this CSE has put
/// there (7.4.14.2.3).
pub(super) fn verifications(
    scene: &Scene<'_>,
    journey: &Journey<'_>,
    targets: &[impl AsRef<str>],
) -> Result<Vec<Notice>, Refusal> {
    targets
        .iter()
        .map(AsRef::as_ref)
        .filter(|target| !is_own(scene, journey, target) && !is_assigned(scene, journey, target))
        .map(|target| verification(scene, journey, target))
        .collect()
}

/// The parts of a `<subscription>` that this CSE acts on: event types A to D of TS-0001 V3.36.0, Table 9.6.8-3, a list of
/// attributes, and the content types that go with them (Table 9.6.8-4).
pub(super) fn check_conditions(subscription: &mut Resource) -> Result<(), Refusal> {
    if let Some(criteria) = subscription.attribute("enc").and_then(Value::as_object) {
        for (name, value) in criteria {
            let is_valid = match name.as_str() {
                "net" => {
                    numbers(value).is_some_and(|types| types.iter().all(|net| matches!(net, 1..=8)))
                }
                "atr" => value
                    .as_array()
                    .is_some_and(|names| names.iter().all(Value::is_string)),
                "chty" => numbers(value).is_some(),
                "crb" | "cra" | "ms" | "us" | "sts" | "stb" | "exb" | "exa" | "sza" | "szb"
                | "om" | "fo" | "md" => {
                    return Err(Refusal::not_implemented(format!(
                        "enc/{name} is not supported"
                    )));
                }
                _ => false,
            };
            if !is_valid {
                return Err(Refusal::bad_request(
                    "enc: expected event notification criteria, got something else",
                ));
            }
        }
    }
    let events = notify::events(subscription);
    if events.iter().any(|event| *event > 4) {
        return Err(Refusal::not_implemented(
            "enc/net: only the events 1 to 4 are supported",
        ));
    }
    match subscription.number("nct") {
        None => subscription.set("nct", 1),
        Some(1 | 3) => {}
        Some(2) if events == [1] => {}
        Some(4 | 5) => {
            return Err(Refusal::not_implemented(
                "nct: only the content types 1 to 3 are supported",
            ));
        }
        Some(_) => {
            return Err(Refusal::bad_request(
                "nct: expected a content type that goes with the events",
            ));
        }
    }
    Ok(())
}

/// Whether a notification target is the originator itself: its `<AE>`, or one of its points of access.
fn is_own(scene: &Scene<'_>, journey: &Journey<'_>, target: &str) -> bool {
    let owner = match address::resource(scene.tree, scene.home, target) {
        Some(resource) => Some(resource),
        None => scene
            .tree
            .applications()
            .find(|(resource, _)| {
                resource
                    .texts("poa")
                    .is_some_and(|poa| poa.contains(&target))
            })
            .map(|(resource, _)| resource),
    };
    owner.is_some_and(|owner| {
        owner.kind == Kind::ApplicationEntity && owner.creator == *journey.originator
    })
}

/// Whether a notification target is an aggregation URI in the request to a member.
fn is_assigned(scene: &Scene<'_>, journey: &Journey<'_>, target: &str) -> bool {
    let located = address::locate(scene.tree, scene.home, target);
    matches!(journey.mode, Mode::FannedOut(_)) && matches!(located, Some(Located::Aggregation(_)))
}

/// The request that asks a target whether it wants the notifications (TS-0004 V3.32.0, 7.5.1.2.3). The creator needs
/// Notify on a target that this CSE hosts.
fn verification(scene: &Scene<'_>, journey: &Journey<'_>, target: &str) -> Result<Notice, Refusal> {
    if let Some(resource) = address::resource(scene.tree, scene.home, target) {
        let attempt = Attempt {
            originator: journey.originator,
            operation: Operation::Notify,
            target: resource,
            created: None,
            request: journey.request,
        };
        if (scene.clauses.verification_creator)(scene, &attempt) == Decision::Deny {
            return Err(unverified());
        }
    }
    notify::verification(scene, journey.originator, target).ok_or_else(unverified)
}

pub(crate) fn unverified() -> Refusal {
    Refusal::new(
        ResponseStatusCode::SUBSCRIPTION_VERIFICATION_INITIATION_FAILED,
        "nu: a notification target did not agree",
    )
}

fn numbers(value: &Value) -> Option<Vec<u64>> {
    value.as_array()?.iter().map(Value::as_u64).collect()
}
