use onem2m_access::{Decision, Operation, Policy};
use onem2m_identity::{Entity, Home};
use onem2m_primitive::Request;
use time::OffsetDateTime;

use crate::address;
use crate::elsewhere::{self, Groups};
use crate::groups;
use crate::receive::stands_for;
use crate::resource::{Kind, Policies, Resource};
use crate::scene::Scene;

/// An originator that wants to do something with a resource.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempt<'a> {
    pub(crate) originator: &'a Entity,
    pub(crate) operation: Operation,
    pub(crate) target: &'a Resource,
    /// What a Create makes.
    pub(crate) created: Option<Kind>,
    /// The request by which it tries.
    pub(crate) request: &'a Request,
}

/// What a target is governed by.
#[derive(Clone, Debug)]
pub(crate) enum Governance<'a> {
    /// These rules; `None` is a link that leads nowhere.
    Policies(Vec<Option<&'a Policy>>),
    /// The default policy.
    Default,
}

impl<'a> Attempt<'a> {
    /// The same originator doing something else to something else.
    pub(crate) fn instead(&self, operation: Operation, target: &'a Resource) -> Self {
        Self {
            operation,
            target,
            created: None,
            ..*self
        }
    }
}

/// The right to do something with the members of a `<group>` at once, by what governs its `<fanOutPoint>`
/// (TS-0004 V3.32.0, 7.4.14.3).
pub(crate) fn fan_out_right(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let governance = (scene.clauses.fan_out_governance)(scene, attempt);
    judge_by(scene, attempt, &governance)
}

/// A `<fanOutPoint>` is governed by what membersAccessControlPolicyIDs of its group names, and like the group itself where
/// that is not provided (TS-0001 V3.36.0, 9.6.14; TS-0004 V3.32.0, 7.4.14.3).
pub(crate) fn fan_out_governance<'a>(scene: &Scene<'a>, attempt: &Attempt<'a>) -> Governance<'a> {
    match attempt.target.texts("macp") {
        None => (scene.clauses.governance)(scene, attempt),
        Some(links) => Governance::Policies(rules_behind(scene, &links)),
    }
}

/// The right to do what is attempted, as any request needs it.
pub(crate) fn right(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    (scene.clauses.decide)(scene, attempt)
}

/// Permit or deny, by the rules that apply to the target or by the default policy (TS-0004 V3.32.0, 7.3.3.15).
pub(crate) fn decide(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let governance = (scene.clauses.governance)(scene, attempt);
    match (judge_by(scene, attempt, &governance), governance) {
        (Decision::Deny, _)
            if (scene.clauses.tokens.decide)(scene, attempt) == Decision::Permit =>
        {
            Decision::Permit
        }
        (Decision::Deny, Governance::Policies(_)) => {
            (scene.clauses.decide_elsewhere)(scene, attempt)
        }
        (decision, _) => decision,
    }
}

fn judge_by(scene: &Scene<'_>, attempt: &Attempt<'_>, governance: &Governance<'_>) -> Decision {
    match governance {
        Governance::Policies(policies) => judge(scene, attempt, policies),
        Governance::Default if (scene.clauses.default_policy)(scene, attempt) => Decision::Permit,
        Governance::Default => Decision::Deny,
    }
}

/// The access decision by the given rules of this CSE (TS-0003 V3.18.0, 7.1.5).
pub(crate) fn judge(
    scene: &Scene<'_>,
    attempt: &Attempt<'_>,
    policies: &[Option<&Policy>],
) -> Decision {
    judge_at(scene, attempt, policies, scene.home)
}

/// The access decision by rules that are written in the context of a CSE. Where an originator is is not known.
pub(crate) fn judge_at(
    scene: &Scene<'_>,
    attempt: &Attempt<'_>,
    policies: &[Option<&Policy>],
    home: &Home,
) -> Decision {
    let request = onem2m_access::Request {
        from: attempt.request.from.clone().unwrap_or_default(),
        originator: attempt.originator.clone(),
        roles: Vec::new(),
        operation: attempt.operation,
        time: (scene.clauses.request_time)(scene, attempt.request),
        address: Some(scene.arrival.peer.address.ip()),
        location: (scene.clauses.location)(scene, attempt),
        authenticated: (scene.clauses.authenticated)(scene, attempt),
        target_type: attempt.target.kind.number(),
        target_specialization: None,
        created_type: attempt.created.map(Kind::number),
        created_specialization: None,
    };
    let access = &scene.clauses.access;
    let groups = Groups {
        scene,
        originator: attempt.originator,
        home,
        here: &groups::Groups(*scene),
    };
    onem2m_access::decide(access, &request, policies, &groups, home)
}

/// A Retrieve whose filterUsage is that of a discovery is Discover (TS-0003 V3.18.0, 7.1.3).
pub(crate) fn operation(request: &Request) -> Operation {
    match request.operation {
        onem2m_primitive::Operation::Create => Operation::Create,
        onem2m_primitive::Operation::Retrieve if is_discovery(request) => Operation::Discover,
        onem2m_primitive::Operation::Retrieve => Operation::Retrieve,
        onem2m_primitive::Operation::Update => Operation::Update,
        onem2m_primitive::Operation::Delete => Operation::Delete,
        onem2m_primitive::Operation::Notify => Operation::Notify,
    }
}

/// Whether filterUsage asks for a discovery (m2m:filterUsage, TS-0004 V3.32.0, 6.3.4.2.31).
pub(crate) fn is_discovery(request: &Request) -> bool {
    request.filter.filter_usage == Some(1)
}

/// The moment of receipt by the clock of the Hosting CSE, whatever the request says (TS-0003 V3.18.0, 7.1.2).
pub(crate) fn request_time(scene: &Scene<'_>, _request: &Request) -> OffsetDateTime {
    scene.arrival.received
}

/// rq_authn: the ESPrim Object or the security association that carries the request is that of the originator. What is
/// outside of either is not trusted otherwise, and an association of a CSE authenticates none of those behind it
/// (TS-0003 V3.18.0, 7.1.2 and Table 7.1.2-3).
pub(crate) fn authenticated(scene: &Scene<'_>, attempt: &Attempt<'_>) -> bool {
    match &scene.arrival.protected {
        Some(protected) => protected.entity == *attempt.originator,
        None => stands_for(scene, attempt.originator),
    }
}

/// An `<accessControlPolicy>` is governed by its own selfPrivileges, a resource with accessControlPolicyIDs by the
/// policies these name, a resource without by the default policy (TS-0001 V3.36.0, 9.6.1.3.2).
pub(crate) fn governance<'a>(scene: &Scene<'a>, attempt: &Attempt<'a>) -> Governance<'a> {
    let governor = (scene.clauses.governor)(scene, attempt.target);
    if let Some(policies) = &governor.policies {
        let rules = (scene.clauses.own_rules)(policies);
        return Governance::Policies(rules.into_iter().map(Some).collect());
    }
    match governor.texts("acpi") {
        None => Governance::Default,
        Some(links) => Governance::Policies(rules_behind(scene, &links)),
    }
}

/// The privileges behind links to policies.
pub(crate) fn rules_behind<'a>(scene: &Scene<'a>, links: &[&str]) -> Vec<Option<&'a Policy>> {
    let policies = (scene.clauses.linked)(scene, links);
    policies
        .into_iter()
        .flat_map(|policies| match policies {
            None => vec![None],
            Some(policies) => (scene.clauses.linked_rules)(policies)
                .into_iter()
                .map(Some)
                .collect(),
        })
        .collect()
}

/// An instance is governed by what its container or time series is governed by (TS-0001 V3.36.0, 9.6.7 and 9.6.37).
pub(crate) fn governor<'a>(scene: &Scene<'a>, resource: &'a Resource) -> &'a Resource {
    if resource.kind.is_instance() {
        scene.tree.parent(resource).unwrap_or(resource)
    } else {
        resource
    }
}

/// An `<accessControlPolicy>` is judged by its selfPrivileges, never by its privileges (TS-0003 V3.18.0, 7.1.1).
pub(crate) fn own_rules(policies: &Policies) -> Vec<&Policy> {
    vec![&policies.self_privileges]
}

/// Any other resource is judged by the privileges of the policies that are linked to it (TS-0003 V3.18.0, 7.1.1).
pub(crate) fn linked_rules(policies: &Policies) -> Vec<&Policy> {
    vec![&policies.privileges]
}

/// The policies that links name, each in any form of identifier. One that names no `<accessControlPolicy>` stands for
/// none and closes rather than opens.
pub(crate) fn linked<'a>(scene: &Scene<'a>, links: &[&str]) -> Vec<Option<&'a Policies>> {
    links
        .iter()
        .map(|link| {
            address::policy(scene.tree, scene.home, link)?
                .policies
                .as_ref()
        })
        .collect()
}

/// The originator that created the resource has full access, everybody else none; neither the parent nor the creator
/// attribute plays a part (TS-0001 V3.36.0, 9.6.1.3.2).
pub(crate) fn default_policy(scene: &Scene<'_>, attempt: &Attempt<'_>) -> bool {
    (scene.clauses.governor)(scene, attempt.target).creator == *attempt.originator
}

/// A `<subscription>` needs Retrieve on the resource that is subscribed to (TS-0004 V3.32.0, 7.4.8.2.1).
pub(crate) fn subscription_right(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    right(scene, &attempt.instead(Operation::Retrieve, attempt.target))
}

/// accessControlPolicyIDs is guarded by Update in selfPrivileges of one of the policies that it references now; while it
/// has no value, by the default policy (TS-0001 V3.36.0, 9.6.1.3.2).
pub(crate) fn policy_links_right(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match attempt.target.texts("acpi") {
        None => right(scene, attempt),
        Some(links) => {
            let rules: Vec<_> = (scene.clauses.linked)(scene, &links)
                .into_iter()
                .map(|policies| policies.map(|policies| &policies.self_privileges))
                .collect();
            match judge(scene, attempt, &rules) {
                Decision::Permit => Decision::Permit,
                Decision::Deny => elsewhere::by_links(scene, attempt, &links, |policies| {
                    &policies.self_privileges
                }),
            }
        }
    }
}
