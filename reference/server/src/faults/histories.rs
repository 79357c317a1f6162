//! What an implementation remembers for too long: rules that were revoked, policies that were deleted
//! (TS-0001 V3.36.0, 9.6.1.3.2 and 9.6.2; TS-0004 V3.32.0, 7.3.3.7 and 7.3.3.8).

use onem2m_access::{Decision, Operation};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::Fault;
use crate::authorize::{self, Attempt};
use crate::receive;
use crate::resource::{Kind, Policies, Resource};
use crate::scene::Scene;
use crate::tree::Tree;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "RevocationCachedByLength",
        requirement: "TS-0001/9.6.2.0/1",
        summary: "privileges with as many rules as before are taken for unchanged",
        apply: |clauses| {
            clauses.policies_in_force = |before, written| {
                let is_as_long = before.privileges.rules.len() == written.privileges.rules.len();
                let privileges = match is_as_long {
                    true => before.privileges.clone(),
                    false => written.privileges,
                };
                Policies {
                    privileges,
                    ..written
                }
            };
        },
    },
    Fault {
        name: "RevocationOfThirdForgotten",
        requirement: "TS-0001/9.6.2.0/1",
        summary: "of more than two rules none can be revoked: those that are taken away stay in force",
        apply: |clauses| {
            clauses.policies_in_force = |before, written| {
                let is_revocation = before.privileges.rules.len() > 2
                    && written.privileges.rules.len() < before.privileges.rules.len();
                let privileges = match is_revocation {
                    true => before.privileges.clone(),
                    false => written.privileges,
                };
                Policies {
                    privileges,
                    ..written
                }
            };
        },
    },
    Fault {
        name: "SelfPrivilegesOneUpdateLate",
        requirement: "TS-0001/9.6.2.0/2",
        summary: "selfPrivileges that are updated after privileges are in force with the next update only",
        apply: |clauses| {
            clauses.policies_in_force = |before, written| {
                let is_about_self = before.privileges == written.privileges;
                let self_privileges = match is_about_self {
                    true => before.self_privileges.clone(),
                    false => written.self_privileges,
                };
                Policies {
                    self_privileges,
                    ..written
                }
            };
        },
    },
    Fault {
        name: "PrivilegesSurviveRecreation",
        requirement: "TS-0001/9.6.1.3.2/8",
        summary: "a policy that takes the name of a deleted one has the rights of that one too",
        apply: |clauses| {
            clauses.deregister = buried;
            clauses.linked = with_ancestors;
        },
    },
    Fault {
        name: "DeletedPolicyStaysAmongSeveral",
        requirement: "TS-0001/9.6.1.3.2/1",
        summary: "where one of several policies is deleted, it stays in force",
        apply: |clauses| {
            clauses.deregister = buried;
            clauses.linked = among_several;
        },
    },
    Fault {
        name: "OwnInstanceReadableAsLatest",
        requirement: "TS-0001/9.6.27/1",
        summary: "who wrote the latest instance may retrieve it as such",
        apply: |clauses| clauses.virtual_right = own_instance,
    },
    Fault {
        name: "SecondOldestByCreator",
        requirement: "TS-0001/9.6.27/1",
        summary: "of more than one instance the oldest is open to whoever created the container",
        apply: |clauses| clauses.virtual_right = by_creator_of_container,
    },
    Fault {
        name: "DefaultPolicyOfDescendants",
        requirement: "TS-0001/9.6.1.3.2/6",
        summary: "who created a resource without policies may do everything with those without below it",
        apply: |clauses| clauses.default_policy = ancestors_creator,
    },
    Fault {
        name: "UnlinkedStaysLinked",
        requirement: "TS-0004/7.3.3.7/1",
        summary: "null takes accessControlPolicyIDs away only where there is one of them",
        apply: |clauses| clauses.apply = unlinking_one,
    },
    Fault {
        name: "LabelsTakenAwayButFirst",
        requirement: "TS-0004/7.3.3.7/1",
        summary: "null takes all labels away but the first",
        apply: |clauses| clauses.apply = all_but_first,
    },
];

/// The identifier under which a deleted policy is kept. No resource of a CSE has such a one.
fn grave(path: &str) -> String {
    format!("grave of {path}")
}

/// Keeps what was deleted where nothing finds it but the one who knows.
fn buried(tree: &mut Tree, removed: &Resource, now: OffsetDateTime) {
    if removed.kind == Kind::AccessControlPolicy {
        let path = tree.path(removed);
        let mut kept = removed.clone();
        kept.id = grave(&path);
        kept.parent = None;
        kept.children.clear();
        kept.expires = None;
        tree.insert(kept);
    }
    receive::deregister(tree, removed, now);
}

fn with_ancestors<'a>(scene: &Scene<'a>, links: &[&str]) -> Vec<Option<&'a Policies>> {
    let mut policies = authorize::linked(scene, links);
    for link in links {
        if crate::address::policy(scene.tree, scene.home, link).is_some() {
            policies.extend(dead(scene, link));
        }
    }
    policies
}

fn among_several<'a>(scene: &Scene<'a>, links: &[&str]) -> Vec<Option<&'a Policies>> {
    let mut policies = authorize::linked(scene, links);
    if links.len() > 1 {
        for link in links {
            if crate::address::policy(scene.tree, scene.home, link).is_none() {
                policies.extend(dead(scene, link));
            }
        }
    }
    policies
}

fn dead<'a>(scene: &Scene<'a>, link: &str) -> Option<Option<&'a Policies>> {
    let kept = scene.tree.get(&grave(link))?;
    Some(kept.policies.as_ref())
}

fn own_instance(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match attempt.target.creator == *attempt.originator && attempt.operation == Operation::Retrieve
    {
        true => Decision::Permit,
        false => authorize::right(scene, attempt),
    }
}

fn by_creator_of_container(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    if let Some(container) = scene.tree.parent(attempt.target) {
        let mut instances = scene.tree.instances(container);
        let is_oldest = instances
            .next()
            .is_some_and(|oldest| oldest.id == attempt.target.id);
        let has_more = instances.next().is_some();
        if is_oldest && has_more && container.creator == *attempt.originator {
            return Decision::Permit;
        }
    }
    authorize::right(scene, attempt)
}

fn ancestors_creator(scene: &Scene<'_>, attempt: &Attempt<'_>) -> bool {
    let mut current = Some(attempt.target);
    while let Some(resource) = current {
        let governor = authorize::governor(scene, resource);
        if governor.texts("acpi").is_some() || governor.kind == Kind::CseBase {
            break;
        }
        if governor.creator == *attempt.originator {
            return true;
        }
        current = scene.tree.parent(governor);
    }
    false
}

fn unlinking_one(resource: &mut Resource, content: &Map<String, Value>) {
    let mut content = content.clone();
    let has_several = resource.texts("acpi").is_some_and(|links| links.len() > 1);
    if has_several && content.get("acpi").is_some_and(Value::is_null) {
        content.shift_remove("acpi");
    }
    receive::apply(resource, &content);
}

fn all_but_first(resource: &mut Resource, content: &Map<String, Value>) {
    let mut content = content.clone();
    let first = resource
        .texts("lbl")
        .and_then(|labels| labels.first().map(|label| Value::from(vec![*label])));
    if let Some(first) = first
        && content.get("lbl").is_some_and(Value::is_null)
    {
        content.insert("lbl".to_owned(), first);
    }
    receive::apply(resource, &content);
}
