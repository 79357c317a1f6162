//! How rules and policies are combined (TS-0003 V3.18.0, 7.1.5).

use onem2m_access::{Clauses as Access, Decision, Grant, Operations, Policy, Rule, Situation};

use super::Fault;
use crate::authorize::{self, Attempt, Governance};
use crate::resource::Kind;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "AcpOff",
        requirement: "TS-0003/6.1.2.2.2/1",
        summary: "access control is switched off: every decision permits",
        apply: |clauses| {
            clauses.decide = |_, _| Decision::Permit;
            clauses.policy_links_right = |_, _| Decision::Permit;
            clauses.fan_out_right = |_, _| Decision::Permit;
            clauses.channel_right = |_, _| Decision::Permit;
            clauses.sent_by_member = |_, _, _| Decision::Permit;
        },
    },
    Fault {
        name: "RulesFirstOnly",
        requirement: "TS-0003/7.1.5/1",
        summary: "only the first rule of a policy is judged",
        apply: |clauses| clauses.access.rules = first_rule,
    },
    Fault {
        name: "RulesLastNamingOriginatorDecides",
        requirement: "TS-0003/7.1.5/1",
        summary: "a later rule for the same originator replaces the earlier ones",
        apply: |clauses| clauses.access.rules = last_naming_originator,
    },
    Fault {
        name: "RulesFirstNamingOriginatorDecides",
        requirement: "TS-0003/7.1.5/1",
        summary: "the first rule that names the originator decides alone",
        apply: |clauses| clauses.access.rules = first_naming_originator,
    },
    Fault {
        name: "RulesMerged",
        requirement: "TS-0003/7.1.5/2",
        summary: "the originators of all rules may do the operations of all rules",
        apply: |clauses| clauses.access.rules = merged_rules,
    },
    Fault {
        name: "PoliciesFirstOnly",
        requirement: "TS-0003/7.1.1/2",
        summary: "only the first of several linked policies is judged",
        apply: |clauses| clauses.access.policies = first_policy,
    },
    Fault {
        name: "PoliciesLastDecides",
        requirement: "TS-0003/7.1.5/1",
        summary: "the result of the last linked policy overwrites those before",
        apply: |clauses| clauses.access.policies = last_policy,
    },
    Fault {
        name: "PoliciesMerged",
        requirement: "TS-0003/7.1.5/2",
        summary: "the rules of all linked policies are merged into one",
        apply: |clauses| clauses.access.policies = merged_policies,
    },
    Fault {
        name: "DanglingLinkEndsDecision",
        requirement: "TS-0003/7.1.5/1",
        summary: "a link to a deleted policy ends the evaluation with a denial",
        apply: |clauses| clauses.access.policies = dangling_ends,
    },
    Fault {
        name: "EmptyPrivilegesPermit",
        requirement: "TS-0001/9.6.2.0/4",
        summary: "privileges without rules count as no restriction",
        apply: |clauses| clauses.access.rules = empty_permits,
    },
    Fault {
        name: "EmptyPrivilegesFallBackToDefault",
        requirement: "TS-0001/9.6.1.3.2/7",
        summary: "where all linked privileges are empty the default policy applies",
        apply: |clauses| clauses.governance = empty_is_default,
    },
    Fault {
        name: "CreatorAlwaysPermitted",
        requirement: "TS-0001/9.6.1.3.2/7",
        summary: "the creator of a resource keeps full access whatever its policies say",
        apply: |clauses| clauses.decide = creator_permitted,
    },
    Fault {
        name: "AncestorOwnerAlwaysPermitted",
        requirement: "TS-0001/9.6.1.3.2/6",
        summary: "an AE may do everything with whatever lies below its own resource",
        apply: |clauses| clauses.decide = owner_permitted,
    },
    Fault {
        name: "AdministratorAlwaysPermitted",
        requirement: "TS-0003/7.1.1/3",
        summary: "the configured administrator passes every policy by",
        apply: |clauses| clauses.decide = administrator_permitted,
    },
];

const SPECIFICATION: Access = Access::SPECIFICATION;

fn first_rule(clauses: &Access, situation: &Situation<'_>, policy: &Policy) -> Option<usize> {
    policy
        .rules
        .first()
        .filter(|rule| (clauses.rule)(clauses, situation, rule))
        .map(|_| 0)
}

fn names(clauses: &Access, situation: &Situation<'_>, rule: &Rule) -> bool {
    (clauses.originators)(clauses, situation, &rule.originators)
}

fn last_naming_originator(
    clauses: &Access,
    situation: &Situation<'_>,
    policy: &Policy,
) -> Option<usize> {
    let last = policy.rules.iter().enumerate().rfind(|(_, rule)| {
        let names = |entry| (clauses.identifier)(clauses, situation, entry);
        rule.originators.iter().any(names)
    });
    let Some((position, rule)) = last else {
        return (SPECIFICATION.rules)(clauses, situation, policy);
    };
    (clauses.rule)(clauses, situation, rule).then_some(position)
}

fn first_naming_originator(
    clauses: &Access,
    situation: &Situation<'_>,
    policy: &Policy,
) -> Option<usize> {
    let position = policy
        .rules
        .iter()
        .position(|rule| names(clauses, situation, rule))?;
    let rule = policy.rules.get(position)?;
    (clauses.rule)(clauses, situation, rule).then_some(position)
}

fn merged_rules(clauses: &Access, situation: &Situation<'_>, policy: &Policy) -> Option<usize> {
    let bits = policy
        .rules
        .iter()
        .fold(0, |bits, rule| bits | rule.operations.bits());
    let operations = Operations::from_bits(bits)?;
    policy.rules.iter().position(|rule| {
        let merged = Rule {
            operations,
            ..rule.clone()
        };
        (clauses.rule)(clauses, situation, &merged)
    })
}

fn first_policy(
    clauses: &Access,
    situation: &Situation<'_>,
    policies: &[Option<&Policy>],
) -> Option<Grant> {
    (SPECIFICATION.policies)(clauses, situation, policies.get(..1).unwrap_or_default())
}

fn last_policy(
    clauses: &Access,
    situation: &Situation<'_>,
    policies: &[Option<&Policy>],
) -> Option<Grant> {
    let last = policies.len().saturating_sub(1);
    (SPECIFICATION.policies)(clauses, situation, policies.get(last..).unwrap_or_default())
}

fn merged_policies(
    clauses: &Access,
    situation: &Situation<'_>,
    policies: &[Option<&Policy>],
) -> Option<Grant> {
    let rules = policies
        .iter()
        .flatten()
        .flat_map(|policy| policy.rules.clone())
        .collect();
    let rule = merged_rules(clauses, situation, &Policy { rules })?;
    Some(Grant { policy: 0, rule })
}

fn dangling_ends(
    clauses: &Access,
    situation: &Situation<'_>,
    policies: &[Option<&Policy>],
) -> Option<Grant> {
    let sound: Vec<_> = policies
        .iter()
        .copied()
        .take_while(Option::is_some)
        .collect();
    (SPECIFICATION.policies)(clauses, situation, &sound)
}

fn empty_permits(clauses: &Access, situation: &Situation<'_>, policy: &Policy) -> Option<usize> {
    if policy.rules.is_empty() {
        return Some(0);
    }
    (SPECIFICATION.rules)(clauses, situation, policy)
}

fn empty_is_default<'a>(scene: &Scene<'a>, attempt: &Attempt<'a>) -> Governance<'a> {
    match authorize::governance(scene, attempt) {
        Governance::Policies(policies)
            if policies
                .iter()
                .flatten()
                .all(|policy| policy.rules.is_empty()) =>
        {
            Governance::Default
        }
        governance => governance,
    }
}

fn creator_permitted(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    if attempt.target.creator == *attempt.originator {
        return Decision::Permit;
    }
    authorize::decide(scene, attempt)
}

fn owner_permitted(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let mut current = Some(attempt.target);
    while let Some(resource) = current {
        if resource.kind == Kind::ApplicationEntity && resource.creator == *attempt.originator {
            return Decision::Permit;
        }
        current = scene.tree.parent(resource);
    }
    authorize::decide(scene, attempt)
}

fn administrator_permitted(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let is_administrator =
        attempt.request.from.as_deref() == Some(scene.configuration.admin.as_str());
    if is_administrator {
        return Decision::Permit;
    }
    authorize::decide(scene, attempt)
}
