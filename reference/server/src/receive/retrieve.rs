use onem2m_primitive::ResponseStatusCode;

use super::carried::{Carried, Outcome};
use super::instances;
use super::procedure::Journey;
use super::target::Target;
use crate::authorize::is_discovery;
use crate::refusal::Refusal;
use crate::representation::{Viewer, result_of_retrieve};
use crate::scene::Scene;
use crate::{discovery, filter};

/// Recv-6.5 of a Retrieve (TS-0004 V3.32.0, 7.3.3.6), which a filterUsage makes a discovery (7.3.3.14).
pub(super) fn retrieve(scene: &Scene<'_>, journey: &Journey<'_>, target: &Target) -> Outcome {
    let Some(resource) = scene.tree.get(&target.id) else {
        return Err(Refusal::not_found("there is no such resource"));
    };
    let request = journey.request;
    if is_discovery(request) {
        let shown = discovery::discover(scene, journey.originator, resource, request);
        return Ok(Carried::done(ResponseStatusCode::OK, shown));
    }
    instances::check_retrieval(scene, resource)?;
    let viewer = Viewer::Originator(journey.originator);
    let shows_target_only = matches!(request.result_content, None | Some(1));
    if shows_target_only && !filter::matches(scene, viewer, &request.filter, resource) {
        return Err(Refusal::not_found(
            "the resource does not match the filter criteria",
        ));
    }
    let shown = result_of_retrieve(scene, viewer, resource, request)?;
    Ok(Carried::done(ResponseStatusCode::OK, shown))
}
