use onem2m_primitive::ResponseStatusCode;

use super::carried::{Carried, Outcome};
use super::polling;
use super::procedure::Journey;
use super::target::Target;
use crate::hop::hops;
use crate::outbound::Addressing;
use crate::refusal::Refusal;
use crate::resource::Kind;
use crate::scene::Scene;

/// Recv-6.5 of a Notify: one that targets an `<AE>` goes on to that AE, by its polling channel if it has one, else to its
/// points of access (TS-0004 V3.32.0, 7.3.3.9.1).
pub(super) fn retarget(scene: &Scene<'_>, journey: &Journey<'_>, target: &Target) -> Outcome {
    let Some(resource) = scene.tree.get(&target.id) else {
        return Err(Refusal::not_found("there is no such resource"));
    };
    match resource.kind {
        Kind::ApplicationEntity => {}
        Kind::CseBase => return to_itself(scene, journey),
        _ => return Err(Refusal::not_allowed("this resource takes no notification")),
    }
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

/// A Notify to the `<CSEBase>` is for the CSE itself (TS-0004 V3.32.0, 7.3.3.9.2).
fn to_itself(scene: &Scene<'_>, journey: &Journey<'_>) -> Outcome {
    let security_info = journey
        .request
        .content
        .as_ref()
        .filter(|content| content.get("m2m:seci").is_some());
    let Some(content) = security_info else {
        return Err(Refusal::not_implemented(
            "notifications of resources to the CSE itself are not supported",
        ));
    };
    (scene.clauses.end_to_end.security_info)(content)?;
    Err(Refusal::not_implemented(
        "end-to-end security of primitives is not set up",
    ))
}
