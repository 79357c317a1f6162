//! Rights that come from elsewhere than the target: parents, children and virtual resources.

use onem2m_access::{Decision, Operation};
use onem2m_identity::Entity;
use serde_json::{Map, Value};

use super::Fault;
use crate::address;
use crate::authorize::{self, Attempt, judge};
use crate::receive;
use crate::refusal::Refusal;
use crate::resource::{Kind, Write};
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "InstanceByDefaultPolicy",
        requirement: "TS-0001/9.6.7/1",
        summary: "an instance is governed by the default policy instead of its container",
        apply: |clauses| clauses.governor = |_, resource| resource,
    },
    Fault {
        name: "InstanceOpenToItsCreator",
        requirement: "TS-0001/9.6.7/1",
        summary: "the creator of an instance keeps access whatever the container says",
        apply: |clauses| clauses.decide = instance_creator,
    },
    Fault {
        name: "InstanceTakesPolicyLinks",
        requirement: "TS-0001/9.6.7/1",
        summary: "accessControlPolicyIDs is stored in a contentInstance",
        apply: |clauses| clauses.attributes = links_in_instance,
    },
    Fault {
        name: "SeriesInstanceOpenToAll",
        requirement: "TS-0001/9.6.37/1",
        summary: "a timeSeriesInstance, which has no policies, is open to everybody",
        apply: |clauses| clauses.decide = series_instance_open,
    },
    Fault {
        name: "VirtualResourcesUnguarded",
        requirement: "TS-0001/9.6.27/1",
        summary: "latest and oldest are reached without a decision",
        apply: |clauses| clauses.virtual_right = |_, _| Decision::Permit,
    },
    Fault {
        name: "VirtualResourcesByRetrieve",
        requirement: "TS-0001/10.1.5/1",
        summary: "latest and oldest are judged by RETRIEVE, whatever is done with them",
        apply: |clauses| {
            clauses.virtual_right = |scene, attempt| {
                authorize::right(scene, &attempt.instead(Operation::Retrieve, attempt.target))
            };
        },
    },
    Fault {
        name: "CreateByPoliciesOfChild",
        requirement: "TS-0001/10.1.2/1",
        summary: "a Create is judged by the policies that the new resource brings",
        apply: |clauses| clauses.create_right = by_child,
    },
    Fault {
        name: "PoliciesCreatedByAnyone",
        requirement: "TS-0001/10.1.2/1",
        summary: "everybody may create policies everywhere",
        apply: |clauses| clauses.create_right = policies_by_anyone,
    },
    Fault {
        name: "DeleteNeedsRightOnChildren",
        requirement: "TS-0001/10.1.5/1",
        summary: "a Delete needs the DELETE bit on everything below the target too",
        apply: |clauses| clauses.delete_right = with_children,
    },
    Fault {
        name: "PointOfAccessShown",
        requirement: "TS-0001/9.6.5/1",
        summary: "who may retrieve an AE sees its points of access",
        apply: |clauses| clauses.visible = |_, _, _, _| true,
    },
    Fault {
        name: "PointOfAccessNotified",
        requirement: "TS-0001/9.6.5/1",
        summary: "notifications are built from the whole resource, with its points of access",
        apply: |clauses| clauses.notified = |_, _, _, _| true,
    },
    Fault {
        name: "DiscoveryUnfiltered",
        requirement: "TS-0004/7.3.3.14/1",
        summary: "a discovery lists what matches, without a decision",
        apply: |clauses| clauses.discoverable = |_, _| Decision::Permit,
    },
    Fault {
        name: "DiscoveryNeedsRightOnRoot",
        requirement: "TS-0004/7.3.3.14/1",
        summary: "the resource where a discovery begins is checked as well",
        apply: |clauses| clauses.discovery_root = authorize::right,
    },
    Fault {
        name: "SubscriptionNeedsCreateOnly",
        requirement: "TS-0004/7.4.8.2.1/1",
        summary: "a subscription is created without RETRIEVE on what is subscribed to",
        apply: |clauses| clauses.subscription_right = |_, _| Decision::Permit,
    },
    Fault {
        name: "SubscriptionNeedsUpdate",
        requirement: "TS-0004/7.4.8.2.1/1",
        summary: "a subscription needs UPDATE on what is subscribed to",
        apply: |clauses| {
            clauses.subscription_right = |scene, attempt| {
                authorize::right(scene, &attempt.instead(Operation::Update, attempt.target))
            };
        },
    },
    Fault {
        name: "RequestResourceOpenToAll",
        requirement: "TS-0004/7.3.2.2/1",
        summary: "everybody may retrieve and delete the result of a non-blocking request",
        apply: |clauses| clauses.request_policies = open_request,
    },
    Fault {
        name: "NonBlockingUnchecked",
        requirement: "TS-0003/6.1.2.2.2/1",
        summary: "a non-blocking request is carried out without regard to the decision",
        apply: |clauses| clauses.non_blocking = |_| Decision::Permit,
    },
    Fault {
        name: "ExpiredPolicyStays",
        requirement: "TS-0001/9.6.1.3.2/8",
        summary: "a policy stays in force behind its expirationTime",
        apply: |clauses| {
            clauses.expired = |resource, now| {
                resource.kind != Kind::AccessControlPolicy && receive::expired(resource, now)
            };
        },
    },
];

fn instance_creator(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let is_own = attempt.target.kind.is_instance() && attempt.target.creator == *attempt.originator;
    match is_own {
        true => Decision::Permit,
        false => authorize::decide(scene, attempt),
    }
}

fn series_instance_open(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match attempt.target.kind {
        Kind::TimeSeriesInstance => Decision::Permit,
        _ => authorize::decide(scene, attempt),
    }
}

fn links_in_instance(
    kind: Kind,
    write: Write,
    content: &mut Map<String, Value>,
    originator: &Entity,
) -> Result<(), Refusal> {
    let links = match kind.is_instance() {
        true => content.shift_remove("acpi"),
        false => None,
    };
    receive::attributes(kind, write, content, originator)?;
    if let Some(links) = links {
        content.insert("acpi".to_owned(), links);
    }
    Ok(())
}

fn by_child(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let content = attempt.request.content.as_ref();
    let root = attempt.created.map(Kind::root).unwrap_or_default();
    let links = content.and_then(|content| content.get(&root)?.get("acpi")?.as_array());
    let Some(links) = links else {
        return authorize::right(scene, attempt);
    };
    let links: Vec<&str> = links.iter().filter_map(Value::as_str).collect();
    let rules = authorize::rules_behind(scene, &links);
    let attempt = attempt.instead(Operation::Create, attempt.target);
    match links
        .iter()
        .any(|link| address::policy(scene.tree, scene.home, link).is_some())
    {
        true => judge(scene, &attempt, &rules),
        false => authorize::right(scene, &attempt),
    }
}

fn policies_by_anyone(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match attempt.created {
        Some(Kind::AccessControlPolicy) => Decision::Permit,
        _ => authorize::right(scene, attempt),
    }
}

fn with_children(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let descendants = scene.tree.descendants(attempt.target);
    let is_denied = descendants.into_iter().any(|(descendant, _)| {
        authorize::right(scene, &attempt.instead(Operation::Delete, descendant)) == Decision::Deny
    });
    match is_denied {
        true => Decision::Deny,
        false => authorize::right(scene, attempt),
    }
}

fn open_request(originator: &Entity, cse: &Entity) -> [Value; 2] {
    let [_, self_privileges] = receive::request_policies(originator, cse);
    let everybody = serde_json::json!({ "acr": [{ "acor": ["all"], "acop": 10 }] });
    [everybody, self_privileges]
}
