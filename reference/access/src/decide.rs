use onem2m_identity::Home;

use crate::{Clauses, Directory, Policy, Request, Rule, Situation};

/// The access decision (TS-0003 V3.18.0, 7.1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// The request may be carried out.
    Permit,
    /// It may not.
    Deny,
}

/// Which rule permitted a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    /// The position of the policy in the list that was judged.
    pub policy: usize,
    /// The position of the rule in that policy.
    pub rule: usize,
}

/// Judges a request by the policies that apply to its target: the privileges of the linked `<accessControlPolicy>`
/// resources, or the selfPrivileges of the one that is itself the target (TS-0003 V3.18.0, 7.1.1).
///
/// `None` among the policies stands for a link that leads nowhere; it permits nothing and hides no other policy.
pub fn decide(
    clauses: &Clauses,
    request: &Request,
    policies: &[Option<&Policy>],
    directory: &dyn Directory,
    home: &Home,
) -> Decision {
    match explain(clauses, request, policies, directory, home) {
        Some(_) => Decision::Permit,
        None => Decision::Deny,
    }
}

/// Judges as [`decide`] does and names the rule that permits; `None` is a denial.
pub fn explain(
    clauses: &Clauses,
    request: &Request,
    policies: &[Option<&Policy>],
    directory: &dyn Directory,
    home: &Home,
) -> Option<Grant> {
    let situation = Situation {
        request,
        directory,
        home,
    };
    (clauses.policies)(clauses, &situation, policies)
}

/// Permit-overrides over policies: the first that permits decides (TS-0003 V3.18.0, 7.1.5).
pub(crate) fn policies(
    clauses: &Clauses,
    situation: &Situation<'_>,
    policies: &[Option<&Policy>],
) -> Option<Grant> {
    policies.iter().enumerate().find_map(|(policy, candidate)| {
        let rule = (clauses.rules)(clauses, situation, (*candidate)?)?;
        Some(Grant { policy, rule })
    })
}

/// res_acrs: permit-overrides over the rules of one policy; the position of the first that permits
/// (TS-0003 V3.18.0, 7.1.5).
pub(crate) fn rules(
    clauses: &Clauses,
    situation: &Situation<'_>,
    policy: &Policy,
) -> Option<usize> {
    policy
        .rules
        .iter()
        .position(|rule| (clauses.rule)(clauses, situation, rule))
}

/// res_acr: authentication, originators, operations, contexts and object details of one and the same rule all hold
/// (TS-0003 V3.18.0, 7.1.5).
pub(crate) fn rule(clauses: &Clauses, situation: &Situation<'_>, rule: &Rule) -> bool {
    (clauses.authentication)(rule.authentication_flag, situation.request.authenticated)
        && (clauses.originators)(clauses, situation, &rule.originators)
        && (clauses.operations)(clauses, rule.operations, situation.request.operation)
        && (clauses.contexts)(clauses, situation, &rule.contexts)
        && (clauses.object_details)(clauses, situation, &rule.object_details)
}

/// res_authn: false exactly where the flag is set and the originator is not authenticated
/// (TS-0003 V3.18.0, Table 7.1.5-1).
pub(crate) fn authentication(flag: bool, authenticated: bool) -> bool {
    !flag || authenticated
}
