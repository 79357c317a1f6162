use onem2m_primitive::ResponseStatusCode;

use super::carried::{Carried, Outcome};
use super::desk::Desk;
use super::polling;
use super::procedure::Journey;
use super::target::Target;
use crate::end_to_end;
use crate::hop::hops;
use crate::outbound::Addressing;
use crate::refusal::Refusal;
use crate::resource::Kind;
use crate::scene::Scene;
use crate::tree::Tree;

/// Recv-6.5 of a Notify: one that targets the `<CSEBase>` is for the CSE itself (TS-0004 V3.32.0, 7.3.3.9.2), one that targets
/// an `<AE>` is for that AE, and nothing else takes any.
pub(super) fn notify(
    desk: &Desk<'_>,
    tree: &mut Tree,
    journey: &Journey<'_>,
    target: &Target,
) -> Outcome {
    match tree.get(&target.id).map(|resource| resource.kind) {
        None => Err(Refusal::not_found("there is no such resource")),
        Some(Kind::ApplicationEntity) => retarget(&desk.scene(tree), journey, target),
        Some(Kind::CseBase) => {
            end_to_end::notified(desk, tree, journey.originator, journey.request)
        }
        Some(_) => Err(Refusal::not_allowed("this resource takes no notification")),
    }
}

/// A Notify for an AE goes on to that AE, by its polling channel if it has one, else to its
/// points of access (TS-0004 V3.32.0, 7.3.3.9.1).
fn retarget(scene: &Scene<'_>, journey: &Journey<'_>, target: &Target) -> Outcome {
    let Some(resource) = scene.tree.get(&target.id) else {
        return Err(Refusal::not_found("there is no such resource"));
    };
    if let Some(channel) = polling::channel(scene, resource) {
        return Ok(Carried::Deliver {
            channel: channel.id.clone(),
            request: Box::new(journey.request.clone()),
        });
    }
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
        hops: hops(scene, addresses, &resource.creator),
        addressing: Addressing::PointOfAccess,
        request: Box::new(journey.request.clone()),
    })
}
