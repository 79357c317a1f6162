//! What accessControlPolicyIDs says and who may change it (TS-0001 V3.36.0, 9.6.1.3.2).

use onem2m_access::{Decision, Operation};
use onem2m_identity::Entity;
use serde_json::{Map, Value};

use super::Fault;
use super::self_privileges::any_operation;
use crate::address;
use crate::authorize::{self, Attempt, Governance, judge};
use crate::receive;
use crate::refusal::Refusal;
use crate::resource::{Kind, Policies, Resource, Write};
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "LinksChangedLikeAnyAttribute",
        requirement: "TS-0001/9.6.1.3.2/3",
        summary: "accessControlPolicyIDs is updated by the UPDATE bit in privileges",
        apply: |clauses| clauses.policy_links_right = authorize::right,
    },
    Fault {
        name: "LinksChangedByNewPolicies",
        requirement: "TS-0001/9.6.1.3.2/3",
        summary: "selfPrivileges of the policies in the request count for the change",
        apply: |clauses| clauses.policy_links_right = by_new,
    },
    Fault {
        name: "LinksChangedByAnySelfPrivilege",
        requirement: "TS-0001/9.6.1.3.2/3",
        summary: "any operation in selfPrivileges suffices for the change",
        apply: |clauses| clauses.policy_links_right = by_any,
    },
    Fault {
        name: "LinksNeedAllPolicies",
        requirement: "TS-0001/9.6.1.3.2/3",
        summary: "every policy that is referenced now has to permit the change",
        apply: |clauses| clauses.policy_links_right = by_all,
    },
    Fault {
        name: "LinksNeedPrivilegesToo",
        requirement: "TS-0001/9.6.1.3.2/3",
        summary: "UPDATE is needed in privileges besides selfPrivileges",
        apply: |clauses| clauses.policy_links_right = by_both,
    },
    Fault {
        name: "LinksDeletedLikeAnyAttribute",
        requirement: "TS-0001/9.6.1.3.2/3",
        summary: "null takes accessControlPolicyIDs away by the UPDATE bit in privileges",
        apply: |clauses| clauses.policy_links_right = null_by_privileges,
    },
    Fault {
        name: "LinksChangedWithOtherAttributes",
        requirement: "TS-0001/9.6.1.3.2/2",
        summary: "an update of accessControlPolicyIDs may carry other attributes",
        apply: |clauses| clauses.policy_links_alone = |_| Ok(()),
    },
    Fault {
        name: "LinksEmptyAccepted",
        requirement: "TS-0004/6.3.3/4",
        summary: "an empty list is stored in accessControlPolicyIDs",
        apply: |clauses| {
            clauses.attributes = empty_links;
            clauses.policy_links = |scene, links| match links.as_array() {
                Some(links) if links.is_empty() => Ok(()),
                _ => receive::policy_links(scene, links),
            };
        },
    },
    Fault {
        name: "LinksInStructuredFormOnly",
        requirement: "TS-0001/9.6.1.3.2/1",
        summary: "links in other forms than the structured CSE-relative one lead nowhere",
        apply: |clauses| clauses.linked = structured_only,
    },
    Fault {
        name: "LinkToOtherTypeOpens",
        requirement: "TS-0001/9.6.1.3.2/1",
        summary: "a link to a resource without privileges is taken and counts as no restriction",
        apply: |clauses| {
            clauses.policy_links = any_resource;
            clauses.decide = other_type_opens;
        },
    },
    Fault {
        name: "DanglingLinkOpens",
        requirement: "TS-0001/9.6.1.3.2/8",
        summary: "a resource whose policies are gone is open to everybody",
        apply: |clauses| clauses.decide = dangling_opens,
    },
    Fault {
        name: "DanglingLinkFallsBackToDefault",
        requirement: "TS-0001/9.6.1.3.2/7",
        summary: "the default policy applies where no linked policy can be found",
        apply: |clauses| clauses.governance = dangling_is_default,
    },
    Fault {
        name: "LinkNeedsRightOnPolicy",
        requirement: "TS-0001/10.1.2/1",
        summary: "who links a policy at Create needs UPDATE in its selfPrivileges",
        apply: |clauses| clauses.create_right = right_on_policy,
    },
];

/// Judges an Update by selfPrivileges of the policies that links lead to.
fn by_links(scene: &Scene<'_>, attempt: &Attempt<'_>, links: &[&str]) -> Vec<Decision> {
    let attempt = attempt.instead(Operation::Update, attempt.target);
    (scene.clauses.linked)(scene, links)
        .into_iter()
        .map(|policies| {
            judge(
                scene,
                &attempt,
                &[policies.map(|policies| &policies.self_privileges)],
            )
        })
        .collect()
}

/// The links that the representation in a request holds.
fn written(attempt: &Attempt<'_>, kind: Kind) -> Vec<String> {
    let content = attempt.request.content.as_ref();
    let links = content.and_then(|content| content.get(kind.root())?.get("acpi")?.as_array());
    let texts = links.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

fn one_of(decisions: &[Decision]) -> Decision {
    match decisions.contains(&Decision::Permit) {
        true => Decision::Permit,
        false => Decision::Deny,
    }
}

fn by_new(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let links = written(attempt, attempt.target.kind);
    let links: Vec<&str> = links.iter().map(String::as_str).collect();
    match authorize::policy_links_right(scene, attempt) {
        Decision::Permit => Decision::Permit,
        Decision::Deny => one_of(&by_links(scene, attempt, &links)),
    }
}

fn by_any(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let Some(links) = attempt.target.texts("acpi") else {
        return authorize::right(scene, attempt);
    };
    let widened = (scene.clauses.linked)(scene, &links)
        .into_iter()
        .map(|policies| policies.map(|policies| any_operation(&policies.self_privileges)))
        .collect::<Vec<_>>();
    let rules: Vec<_> = widened.iter().map(Option::as_ref).collect();
    judge(scene, attempt, &rules)
}

fn by_all(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let Some(links) = attempt.target.texts("acpi") else {
        return authorize::right(scene, attempt);
    };
    match by_links(scene, attempt, &links).contains(&Decision::Deny) {
        true => Decision::Deny,
        false => Decision::Permit,
    }
}

fn by_both(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match authorize::policy_links_right(scene, attempt) {
        Decision::Permit => authorize::right(scene, attempt),
        Decision::Deny => Decision::Deny,
    }
}

fn null_by_privileges(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match written(attempt, attempt.target.kind).is_empty() {
        true => authorize::right(scene, attempt),
        false => authorize::policy_links_right(scene, attempt),
    }
}

fn empty_links(
    kind: Kind,
    write: Write,
    content: &mut Map<String, Value>,
    originator: &Entity,
) -> Result<(), Refusal> {
    let is_empty = content
        .get("acpi")
        .and_then(Value::as_array)
        .is_some_and(Vec::is_empty);
    if !is_empty {
        return receive::attributes(kind, write, content, originator);
    }
    let links = content.shift_remove("acpi").unwrap_or_default();
    receive::attributes(kind, write, content, originator)?;
    content.insert("acpi".to_owned(), links);
    Ok(())
}

fn structured_only<'a>(scene: &Scene<'a>, links: &[&str]) -> Vec<Option<&'a Policies>> {
    links
        .iter()
        .map(|link| {
            let is_structured = link.contains('/') && !link.starts_with('/');
            authorize::linked(scene, &[link])
                .pop()
                .flatten()
                .filter(|_| is_structured)
        })
        .collect()
}

fn any_resource(scene: &Scene<'_>, links: &Value) -> Result<(), Refusal> {
    let mut texts = links
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    let is_there = |link| address::resource(scene.tree, scene.home, link).is_some();
    match texts.all(is_there) {
        true => Ok(()),
        false => receive::policy_links(scene, links),
    }
}

fn links_of<'a>(scene: &Scene<'a>, target: &'a Resource) -> Vec<&'a str> {
    (scene.clauses.governor)(scene, target)
        .texts("acpi")
        .unwrap_or_default()
}

fn other_type_opens(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let leads_elsewhere = |link: &&str| {
        address::resource(scene.tree, scene.home, link)
            .is_some_and(|resource| resource.policies.is_none())
    };
    match links_of(scene, attempt.target).iter().any(leads_elsewhere) {
        true => Decision::Permit,
        false => authorize::decide(scene, attempt),
    }
}

fn leads_nowhere(scene: &Scene<'_>, target: &Resource) -> bool {
    let links = links_of(scene, target);
    let is_there = |link: &&str| address::policy(scene.tree, scene.home, link).is_some();
    !links.is_empty() && !links.iter().any(is_there)
}

fn dangling_opens(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match leads_nowhere(scene, attempt.target) {
        true => Decision::Permit,
        false => authorize::decide(scene, attempt),
    }
}

fn dangling_is_default<'a>(scene: &Scene<'a>, attempt: &Attempt<'a>) -> Governance<'a> {
    match leads_nowhere(scene, attempt.target) {
        true => Governance::Default,
        false => authorize::governance(scene, attempt),
    }
}

fn right_on_policy(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let links = attempt
        .created
        .map(|kind| written(attempt, kind))
        .unwrap_or_default();
    let links: Vec<&str> = links.iter().map(String::as_str).collect();
    match by_links(scene, attempt, &links).contains(&Decision::Deny) {
        true => Decision::Deny,
        false => authorize::right(scene, attempt),
    }
}
