//! Events of which more are told than subscribed to them (TS-0001 V3.36.0, 9.6.8 and 10.1.3).

use super::Fault;
use crate::notify;
use crate::resource::Resource;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[Fault {
    name: "EventsRiseToSubscribersAbove",
    requirement: "TS-0001/10.1.3/1",
    summary: "who has subscribed to a resource is told of events at whatever depth below it, with what stands there",
    apply: |clauses| clauses.subscriptions = at_or_above,
}];

fn at_or_above<'a>(scene: &Scene<'a>, resource: &'a Resource) -> Vec<&'a Resource> {
    let parent = |resource: &&'a Resource| scene.tree.parent(resource);
    std::iter::successors(Some(resource), parent)
        .flat_map(|resource| notify::subscriptions(scene, resource))
        .collect()
}
