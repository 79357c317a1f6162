use onem2m_primitive::ResponseStatusCode;
use time::OffsetDateTime;

use super::carried::{Carried, Outcome};
use super::desk::Desk;
use super::instances;
use super::procedure::Journey;
use super::target::Target;
use crate::notify::{self, Notice};
use crate::refusal::Refusal;
use crate::representation::{Viewer, result_of_delete};
use crate::resource::{Kind, Resource};
use crate::tree::Tree;

/// Recv-6.5 of a Delete: the resource goes with everything below it, whose policies are not asked
/// (TS-0004 V3.32.0, 7.3.3.8).
pub(super) fn delete(
    desk: &Desk<'_>,
    tree: &mut Tree,
    journey: &Journey<'_>,
    target: &Target,
) -> Outcome {
    let scene = desk.scene(tree);
    let Some(resource) = scene.tree.get(&target.id) else {
        return Err(Refusal::not_found("there is no such resource"));
    };
    if resource.kind == Kind::CseBase {
        return Err(Refusal::not_allowed("the CSEBase cannot be deleted"));
    }
    instances::check_retrieval(&scene, resource)?;
    let shown = result_of_delete(
        &scene,
        Viewer::Originator(journey.originator),
        resource,
        journey.request,
    );
    let notices = remove(desk, tree, &target.id);
    Ok(Carried::done(ResponseStatusCode::DELETED, shown).telling(notices))
}

/// Removes a resource and everything below it, keeps the counters of the parent, and says whom to tell.
pub(crate) fn remove(desk: &Desk<'_>, tree: &mut Tree, id: &str) -> Vec<Notice> {
    let notices = notify::on_delete(&desk.scene(tree), id);
    if let Some(removed) = tree.remove(id) {
        (desk.clauses.deregister)(tree, &removed, desk.arrival.at);
        instances::discount(tree, &removed);
    }
    notices
}

/// A resource is gone from the moment on that its expirationTime names (TS-0004 V3.32.0, 7.3.3.5).
pub(crate) fn expired(resource: &Resource, now: OffsetDateTime) -> bool {
    resource.expires.is_some_and(|expires| expires <= now)
}
