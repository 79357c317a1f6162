//! What a discovery finds and what a Retrieve shows below its target (TS-0004 V3.32.0, 7.3.3.14 and 7.3.3.17;
//! TS-0001 V3.36.0, 10.2.6).

use onem2m_access::{Clauses as Access, Decision, Operation, Operations};
use onem2m_primitive::{FilterCriteria, Request, Response, ResponseStatusCode};
use serde_json::json;

use super::Fault;
use crate::authorize::{self, Attempt};
use crate::filter;
use crate::receive;
use crate::resource::Resource;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "DiscoveryStopsAtForbidden",
        requirement: "TS-0001/10.2.6.1/1",
        summary: "what lies below a resource that may not be discovered is not found either",
        apply: |clauses| clauses.discoverable = whole_branch,
    },
    Fault {
        name: "DiscoveryLimitCountsHidden",
        requirement: "TS-0001/10.2.6.1/1",
        summary: "resources that may not be discovered use up the limit",
        apply: |clauses| clauses.page = limit_first,
    },
    Fault {
        name: "DiscoveryOffsetCountsHidden",
        requirement: "TS-0001/10.2.6.1/1",
        summary: "resources that may not be discovered are counted by the offset",
        apply: |clauses| clauses.page = offset_first,
    },
    Fault {
        name: "DiscoveryCallsHiddenLeftOut",
        requirement: "TS-0001/10.2.6.1/1",
        summary: "a result is called partial because of matches that may not be discovered",
        apply: |clauses| clauses.page = partial_by_hidden,
    },
    Fault {
        name: "DiscoveryEmptyIsError",
        requirement: "TS-0001/10.2.6.1/1",
        summary: "a discovery that finds nothing is refused with NOT_FOUND",
        apply: |clauses| clauses.answer = empty_not_found,
    },
    Fault {
        name: "DiscoveryAllOrNothing",
        requirement: "TS-0001/10.2.6.1/1",
        summary: "a discovery is refused if one of the resources that match may not be discovered",
        apply: |clauses| clauses.discovery_root = all_or_nothing,
    },
    Fault {
        name: "DiscoveryRetrievableToo",
        requirement: "TS-0001/8.1.2/5",
        summary: "a discovery lists what may be retrieved as well as what may be discovered",
        apply: |clauses| clauses.discoverable = either,
    },
    Fault {
        name: "DiscoveryImpliesRetrieve",
        requirement: "TS-0001/8.1.2/5",
        summary: "who may discover may also retrieve",
        apply: |clauses| clauses.access.operations = discover_implies_retrieve,
    },
    Fault {
        name: "ChildrenByDiscovery",
        requirement: "TS-0001/8.1.2/5",
        summary: "children in the result of a Retrieve are judged by the DISCOVERY bit",
        apply: |clauses| {
            clauses.nested = |scene, attempt| {
                authorize::right(scene, &attempt.instead(Operation::Discover, attempt.target))
            };
        },
    },
    Fault {
        name: "ChildrenUnfiltered",
        requirement: "TS-0001/8.1.2/5",
        summary: "who may retrieve a resource gets the attributes of everything below it",
        apply: |clauses| {
            clauses.nested = |scene, attempt| unfiltered(scene, attempt, &[4, 8]);
        },
    },
    Fault {
        name: "ChildReferencesUnfiltered",
        requirement: "TS-0001/10.2.6.2/1",
        summary: "references to children are listed without a decision",
        apply: |clauses| {
            clauses.nested = |scene, attempt| unfiltered(scene, attempt, &[5, 6]);
        },
    },
    Fault {
        name: "FilterLooksAtHidden",
        requirement: "TS-0001/9.6.5/1",
        summary: "a filter compares attributes that the originator may not see",
        apply: |clauses| clauses.filterable = |_, _, _, _| true,
    },
];

/// What is attempted, allowed on the target and on all that lies between it and the root of the discovery.
fn whole_branch(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let root = (scene.clauses.target)(scene, attempt.request).map(|target| target.id);
    let mut current = Some(attempt.target);
    while let Some(resource) = current {
        if root.as_ref() == Ok(&resource.id) {
            break;
        }
        let here = attempt.instead(Operation::Discover, resource);
        if authorize::right(scene, &here) == Decision::Deny {
            return Decision::Deny;
        }
        current = scene.tree.parent(resource);
    }
    Decision::Permit
}

fn limit_first<'a>(
    filter: &FilterCriteria,
    matching: Vec<&'a Resource>,
    may_see: &dyn Fn(&Resource) -> bool,
) -> (Vec<&'a Resource>, bool) {
    let (mut page, is_partial) = filter::page(filter, matching, &|_| true);
    page.retain(|resource| may_see(resource));
    (page, is_partial)
}

fn offset_first<'a>(
    filter: &FilterCriteria,
    matching: Vec<&'a Resource>,
    may_see: &dyn Fn(&Resource) -> bool,
) -> (Vec<&'a Resource>, bool) {
    let skipping = FilterCriteria {
        limit: None,
        ..filter.clone()
    };
    let limiting = FilterCriteria {
        offset: None,
        ..filter.clone()
    };
    let (rest, _) = filter::page(&skipping, matching, &|_| true);
    filter::page(&limiting, rest, may_see)
}

fn partial_by_hidden<'a>(
    filter: &FilterCriteria,
    matching: Vec<&'a Resource>,
    may_see: &dyn Fn(&Resource) -> bool,
) -> (Vec<&'a Resource>, bool) {
    let all = matching.len();
    let (page, _) = filter::page(filter, matching, may_see);
    let is_partial = page.len() < all;
    (page, is_partial)
}

fn discover_implies_retrieve(_: &Access, allowed: Operations, requested: Operation) -> bool {
    let sufficient = match requested {
        Operation::Retrieve => Operation::Retrieve.bit() | Operation::Discover.bit(),
        other => other.bit(),
    };
    allowed.bits() & sufficient != 0
}

fn empty_not_found(request: &Request, response: Response) -> Response {
    let is_empty = response
        .content
        .as_ref()
        .and_then(|content| content.get("m2m:uril")?.as_array())
        .is_some_and(Vec::is_empty);
    let answer = match is_empty && response.status.is_success() {
        true => Response::new(ResponseStatusCode::NOT_FOUND)
            .with_content(json!({ "m2m:dbg": "nothing was found" })),
        false => response,
    };
    receive::answer(request, answer)
}

fn all_or_nothing(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let viewer = crate::representation::Viewer::Originator(attempt.originator);
    let is_hidden = |resource: &Resource| {
        filter::matches(scene, viewer, &attempt.request.filter, resource)
            && authorize::right(scene, &attempt.instead(Operation::Discover, resource))
                == Decision::Deny
    };
    let below = scene.tree.descendants(attempt.target);
    match below.into_iter().any(|(resource, _)| is_hidden(resource)) {
        true => Decision::Deny,
        false => Decision::Permit,
    }
}

fn either(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let retrieves = attempt.instead(Operation::Retrieve, attempt.target);
    match authorize::right(scene, attempt) {
        Decision::Permit => Decision::Permit,
        Decision::Deny => authorize::right(scene, &retrieves),
    }
}

fn unfiltered(scene: &Scene<'_>, attempt: &Attempt<'_>, result_contents: &[u32]) -> Decision {
    match attempt.request.result_content {
        Some(wanted) if result_contents.contains(&wanted) => Decision::Permit,
        _ => authorize::right(scene, attempt),
    }
}
