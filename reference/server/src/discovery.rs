use onem2m_access::{Decision, Operation};
use onem2m_identity::Entity;
use onem2m_primitive::Request;
use serde_json::{Value, json};

use crate::authorize::Attempt;
use crate::filter;
use crate::representation::{Shown, Viewer, address, child_reference};
use crate::resource::Resource;
use crate::scene::Scene;

/// No right is needed on the resource where a discovery begins (TS-0004 V3.32.0, 7.3.3.14).
pub(crate) fn root(_scene: &Scene<'_>, _attempt: &Attempt<'_>) -> Decision {
    Decision::Permit
}

/// The resources below the root that match and that the originator may discover. One that it may not discover is left
/// out, and what is below that is not (TS-0004 V3.32.0, 7.3.3.14).
pub(crate) fn discover(
    scene: &Scene<'_>,
    originator: &Entity,
    root: &Resource,
    request: &Request,
) -> Shown {
    let may_discover = |target: &Resource| {
        let attempt = Attempt {
            originator,
            operation: Operation::Discover,
            target,
            created: None,
            request,
        };
        (scene.clauses.discoverable)(scene, &attempt) == Decision::Permit
    };
    let viewer = Viewer::Originator(originator);
    let deepest = request.filter.level.unwrap_or(u32::MAX);
    let found = scene
        .tree
        .descendants(root)
        .into_iter()
        .filter(|(resource, depth)| {
            *depth <= deepest && filter::matches(scene, viewer, &request.filter, resource)
        })
        .map(|(resource, _)| resource)
        .collect();
    let (found, is_partial) = (scene.clauses.page)(&request.filter, found, &may_discover);
    let content = match request.result_content {
        Some(6) => {
            let references: Vec<Value> = found
                .iter()
                .map(|resource| child_reference(scene, resource, request))
                .collect();
            json!({ "m2m:rrl": { "rrf": references } })
        }
        _ => {
            let addresses: Vec<String> = found
                .iter()
                .map(|resource| address(scene, resource, request))
                .collect();
            json!({ "m2m:uril": addresses })
        }
    };
    Shown {
        content: Some(content),
        is_partial: Some(is_partial),
    }
}
