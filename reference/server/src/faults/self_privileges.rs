//! What governs an `<accessControlPolicy>` itself (TS-0003 V3.18.0, 7.1.1; TS-0001 V3.36.0, 9.6.2.0).

use onem2m_access::{Decision, Operation, Operations, Policy, Rule};

use super::Fault;
use crate::authorize::{self, Attempt, Governance, judge};
use crate::receive;
use crate::resource::{Kind, Policies};
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "PolicyJudgedByPrivileges",
        requirement: "TS-0001/9.6.2.0/2",
        summary: "a policy resource is judged by its privileges",
        apply: |clauses| clauses.own_rules = |policies| vec![&policies.privileges],
    },
    Fault {
        name: "PolicyJudgedByEither",
        requirement: "TS-0003/7.1.1/3",
        summary: "privileges or selfPrivileges suffice for a policy resource",
        apply: |clauses| clauses.own_rules = either,
    },
    Fault {
        name: "PolicyChangedByAnySelfPrivilege",
        requirement: "TS-0001/10.2.3.5/1",
        summary: "who has any operation in selfPrivileges may update the policy",
        apply: |clauses| clauses.decide = any_self_privilege,
    },
    Fault {
        name: "PolicyChangedByNewSelfPrivileges",
        requirement: "TS-0001/10.2.3.5/1",
        summary: "an update of selfPrivileges is judged by the value that it brings",
        apply: |clauses| clauses.decide = new_self_privileges,
    },
    Fault {
        name: "PartialRetrieveUnchecked",
        requirement: "TS-0001/10.1.3/1",
        summary: "a retrieval of some attributes takes a path without a decision",
        apply: |clauses| clauses.partial_right = |_, _| Decision::Permit,
    },
    Fault {
        name: "PolicyChildrenByItsPrivileges",
        requirement: "TS-0001/9.6.1.3.2/6",
        summary: "a child of a policy without policies of its own is judged by the privileges of its parent",
        apply: |clauses| clauses.governance = children_by_parent,
    },
    Fault {
        name: "CreateBelowPolicyByPrivileges",
        requirement: "TS-0001/9.6.2.0/2",
        summary: "a Create below a policy is judged by its privileges",
        apply: |clauses| {
            clauses.create_right = below_policy;
            clauses.subscription_right = below_policy;
        },
    },
    Fault {
        name: "SelfPrivilegesOpenResources",
        requirement: "TS-0001/9.6.1.3.2/4",
        summary: "selfPrivileges of a linked policy permit requests to the resource too",
        apply: |clauses| clauses.linked_rules = either,
    },
];

fn either(policies: &Policies) -> Vec<&Policy> {
    vec![&policies.privileges, &policies.self_privileges]
}

fn any_self_privilege(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match (attempt.operation, &attempt.target.policies) {
        (Operation::Update, Some(policies)) => {
            let widened = any_operation(&policies.self_privileges);
            judge(scene, attempt, &[Some(&widened)])
        }
        _ => authorize::decide(scene, attempt),
    }
}

/// The same rules with every operation.
pub(super) fn any_operation(policy: &Policy) -> Policy {
    let rules = policy.rules.iter().map(|rule| Rule {
        operations: Operations::ALL,
        ..rule.clone()
    });
    Policy {
        rules: rules.collect(),
    }
}

fn new_self_privileges(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let content = attempt.request.content.as_ref();
    let brought = content
        .and_then(|content| content.get("m2m:acp")?.get("pvs"))
        .and_then(|value| receive::policy(value).ok());
    match brought {
        Some(brought) if attempt.target.kind == Kind::AccessControlPolicy => {
            judge(scene, attempt, &[Some(&brought)])
        }
        _ => authorize::decide(scene, attempt),
    }
}

fn children_by_parent<'a>(scene: &Scene<'a>, attempt: &Attempt<'a>) -> Governance<'a> {
    let parent = scene
        .tree
        .parent(attempt.target)
        .and_then(|parent| parent.policies.as_ref());
    match (authorize::governance(scene, attempt), parent) {
        (Governance::Default, Some(policies)) => {
            Governance::Policies(vec![Some(&policies.privileges)])
        }
        (governance, _) => governance,
    }
}

fn below_policy(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match &attempt.target.policies {
        Some(policies) => judge(scene, attempt, &[Some(&policies.privileges)]),
        None => authorize::right(scene, attempt),
    }
}
