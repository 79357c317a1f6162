//! What an Update of accessControlPolicyIDs does, and who may do it in which state of the attribute
//! (TS-0001 V3.36.0, 9.6.1.3.2; TS-0004 V3.32.0, 7.3.3.7).

use onem2m_access::Decision;
use serde_json::{Map, Value};

use super::Fault;
use crate::address;
use crate::authorize::{self, Attempt};
use crate::receive;
use crate::resource::Resource;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "LinksChangedByCreator",
        requirement: "TS-0001/9.6.1.3.2/3",
        summary: "who created a resource may always change its accessControlPolicyIDs",
        apply: |clauses| clauses.policy_links_right = creator_too,
    },
    Fault {
        name: "FirstLinksByAnyone",
        requirement: "TS-0001/9.6.1.3.2/6",
        summary: "while a resource has no policies, everybody may link some",
        apply: |clauses| clauses.policy_links_right = free_while_absent,
    },
    Fault {
        name: "DanglingLinksChangedByCreator",
        requirement: "TS-0001/9.6.1.3.2/3",
        summary: "the creator may change accessControlPolicyIDs while no policy behind it exists",
        apply: |clauses| clauses.policy_links_right = free_while_dangling,
    },
    Fault {
        name: "LinksAddedToFormer",
        requirement: "TS-0001/9.6.1.3.2/1",
        summary: "policies that an update links are added to those before, which stay in force",
        apply: |clauses| clauses.apply = adding,
    },
    Fault {
        name: "LinksOnceSetForGood",
        requirement: "TS-0001/9.6.1.3.2/1",
        summary: "an update of accessControlPolicyIDs is reported and not carried out",
        apply: |clauses| clauses.apply = first_for_good,
    },
    Fault {
        name: "LinksNullKept",
        requirement: "TS-0004/7.3.3.7/1",
        summary: "null is taken for accessControlPolicyIDs, and the policies stay in force",
        apply: |clauses| clauses.apply = null_kept,
    },
];

const LINKS: &str = "acpi";

fn is_own(attempt: &Attempt<'_>) -> bool {
    attempt.target.creator == *attempt.originator
}

fn creator_too(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match is_own(attempt) {
        true => Decision::Permit,
        false => authorize::policy_links_right(scene, attempt),
    }
}

fn free_while_absent(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match attempt.target.attribute(LINKS) {
        None => Decision::Permit,
        Some(_) => authorize::policy_links_right(scene, attempt),
    }
}

fn free_while_dangling(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let links = attempt.target.texts(LINKS).unwrap_or_default();
    let is_there = |link: &&str| address::policy(scene.tree, scene.home, link).is_some();
    match is_own(attempt) && !links.is_empty() && !links.iter().any(is_there) {
        true => Decision::Permit,
        false => authorize::policy_links_right(scene, attempt),
    }
}

fn adding(resource: &mut Resource, content: &Map<String, Value>) {
    let former = resource.attribute(LINKS).and_then(Value::as_array).cloned();
    receive::apply(resource, content);
    let written = content.get(LINKS).and_then(Value::as_array);
    if let (Some(former), Some(written)) = (former, written) {
        let all: Vec<Value> = former.iter().chain(written).cloned().collect();
        resource.set(LINKS, all);
    }
}

fn first_for_good(resource: &mut Resource, content: &Map<String, Value>) {
    let former = resource.attribute(LINKS).cloned();
    receive::apply(resource, content);
    if let Some(former) = former.filter(|_| content.get(LINKS).is_some_and(Value::is_array)) {
        resource.set(LINKS, former);
    }
}

fn null_kept(resource: &mut Resource, content: &Map<String, Value>) {
    let mut kept = content.clone();
    kept.retain(|name, value| name != LINKS || !value.is_null());
    receive::apply(resource, &kept);
}
