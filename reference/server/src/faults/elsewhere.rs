//! Policies and groups that other CSEs host (TS-0003 V3.18.0, 7.1.5; TS-0001 V3.36.0, 7.2 and 9.6.2.1).

use onem2m_access::Decision;

use super::Fault;
use crate::authorize;
use crate::elsewhere;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "RemotePolicyUnreadGrants",
        requirement: "TS-0003/7.1.5/1",
        summary: "a policy of another CSE that cannot be read permits",
        apply: |clauses| clauses.unread_policy = || true,
    },
    Fault {
        name: "RemotePolicyIgnored",
        requirement: "TS-0004/7.3.3.15/1",
        summary: "policies of other CSEs are never asked for and grant nothing",
        apply: |clauses| clauses.decide_elsewhere = |_, _| Decision::Deny,
    },
    Fault {
        name: "RemotePolicyInOwnContext",
        requirement: "TS-0001/7.2/1",
        summary: "relative identifiers in a policy or group of another CSE are read as those of the own CSE",
        apply: |clauses| clauses.context_of = |scene, _| scene.home.clone(),
    },
    Fault {
        name: "RemotePolicyAskedAsOriginator",
        requirement: "TS-0001/7.2/2",
        summary: "policies of other CSEs are retrieved under the From of the request that they decide",
        apply: |clauses| {
            clauses.asking_from = |_, request| request.from.clone().unwrap_or_default()
        },
    },
    Fault {
        name: "RemotePolicyAskedInAbsoluteForm",
        requirement: "TS-0001/7.2/2",
        summary: "the CSE names itself by its absolute CSE-ID within its own domain",
        apply: |clauses| clauses.asking_from = |home, _| format!("{}{}", home.sp, home.cse),
    },
    Fault {
        name: "RemotePolicyRefusalTold",
        requirement: "TS-0003/7.1.5/1",
        summary: "what a refusal of another CSE carries is taken for the policy",
        apply: |clauses| clauses.is_told = |_| true,
    },
    Fault {
        name: "RemotePolicyOfAnyType",
        requirement: "TS-0004/6.3.5.27/1",
        summary: "privileges of a resource of another type are taken for a policy",
        apply: |clauses| clauses.policy_told = |content| content.as_object()?.values().next(),
    },
    Fault {
        name: "RemotePolicyByItsSelfPrivileges",
        requirement: "TS-0004/7.3.3.15/1",
        summary: "a policy of another CSE is judged by its selfPrivileges",
        apply: |clauses| {
            clauses.decide_elsewhere = |scene, attempt| {
                let links = attempt.target.texts("acpi").unwrap_or_default();
                elsewhere::by_links(scene, attempt, &links, |policies| &policies.self_privileges)
            }
        },
    },
    Fault {
        name: "RemotePolicyFirstOnly",
        requirement: "TS-0003/7.1.5/1",
        summary: "of several policies of other CSEs only the first is judged",
        apply: |clauses| {
            clauses.decide_elsewhere = |scene, attempt| {
                let links = authorize::governor(scene, attempt.target)
                    .texts("acpi")
                    .unwrap_or_default();
                let far = |link: &&&str| crate::forward::elsewhere(scene, link).is_some();
                let first: Vec<&str> = links.iter().find(far).copied().into_iter().collect();
                elsewhere::by_links(scene, attempt, &first, |policies| &policies.privileges)
            }
        },
    },
    Fault {
        name: "RemoteGroupUnreadGrants",
        requirement: "TS-0001/9.6.2.1/2",
        summary: "a group of another CSE that cannot be read stands for everybody",
        apply: |clauses| clauses.unread_group = |_, originator| vec![originator.clone()],
    },
];
