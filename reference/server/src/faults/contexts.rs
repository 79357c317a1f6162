//! How the contexts of a rule restrict it (TS-0003 V3.18.0, 7.1.3 and 7.1.5).

use onem2m_access::{Clauses as Access, Context, Policy, Rule, Situation};
use serde_json::{Value, json};

use super::{Fault, rewrite};
use crate::authorize::{self, Attempt};
use crate::clauses::Clauses;
use crate::receive;
use crate::refusal::Refusal;
use crate::resource::Kind;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "ContextMembersAlternatives",
        requirement: "TS-0003/7.1.5/5",
        summary: "of the members of a context one suffices",
        apply: |clauses| clauses.access.context = any_member,
    },
    Fault {
        name: "ContextAddressReplacesWindow",
        requirement: "TS-0003/7.1.5/5",
        summary: "the window is evaluated only where the context names no address",
        apply: |clauses| clauses.access.context = address_first,
    },
    Fault {
        name: "ContextAbsentMemberFails",
        requirement: "TS-0003/7.1.5/5",
        summary: "a context without a window is never fulfilled",
        apply: |clauses| clauses.access.context = absent_fails,
    },
    Fault {
        name: "ContextsAllRequired",
        requirement: "TS-0003/7.1.5/5",
        summary: "all contexts of a rule have to be fulfilled at once",
        apply: |clauses| clauses.access.contexts = all_contexts,
    },
    Fault {
        name: "ContextHalvesCombined",
        requirement: "TS-0003/7.1.5/5",
        summary: "the time of one context and the address of another fulfil a rule together",
        apply: |clauses| clauses.access.contexts = halves,
    },
    Fault {
        name: "ContextsSharedByRules",
        requirement: "TS-0003/7.1.5/2",
        summary: "a context that is fulfilled in one rule counts for all rules of the policy",
        apply: |clauses| clauses.access.rules = shared,
    },
    Fault {
        name: "ContextVetoesOtherRules",
        requirement: "TS-0003/7.1.5/1",
        summary: "an unfulfilled context ends the evaluation of its policy",
        apply: |clauses| clauses.access.rules = veto,
    },
    Fault {
        name: "AcpIgnoresAddress",
        requirement: "TS-0003/7.1.5/5",
        summary: "accessControlIpAddresses is stored and never evaluated",
        apply: |clauses| clauses.access.addresses = |_, _, _| true,
    },
    Fault {
        name: "SelfPrivilegesWithoutContexts",
        requirement: "TS-0003/7.1.1/3",
        summary: "contexts in selfPrivileges are not evaluated",
        apply: |clauses| clauses.decide = without_contexts,
    },
    Fault {
        name: "UnsupportedContextDropped",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "a location region is dropped, which leaves the rule unconditional",
        apply: |clauses| {
            clauses.policy = |policy| {
                receive::policy(&rewrite::contexts(policy, |context| {
                    drop_member(context, "aclr")
                }))
            }
        },
    },
    Fault {
        name: "UnknownRestrictionDropped",
        requirement: "TS-0004/6.3.5.27/1",
        summary: "unknown members of rules and contexts are dropped",
        apply: |clauses| clauses.policy = known_members,
    },
    Fault {
        name: "MissingRuleMembersDefaulted",
        requirement: "TS-0004/6.3.5.27/1",
        summary: "a rule without originators is for everybody, one without operations for all of them",
        apply: |clauses| clauses.policy = defaulted,
    },
];

const SPECIFICATION: Access = Access::SPECIFICATION;

fn time_holds(clauses: &Access, situation: &Situation<'_>, context: &Context) -> bool {
    (clauses.windows)(clauses, &context.windows, situation.request.time)
}

fn address_holds(clauses: &Access, situation: &Situation<'_>, context: &Context) -> bool {
    context
        .addresses
        .as_ref()
        .is_none_or(|addresses| (clauses.addresses)(clauses, addresses, situation.request.address))
}

fn any_member(clauses: &Access, situation: &Situation<'_>, context: &Context) -> bool {
    if context.windows.is_empty() || context.addresses.is_none() {
        return (SPECIFICATION.context)(clauses, situation, context);
    }
    time_holds(clauses, situation, context) || address_holds(clauses, situation, context)
}

fn address_first(clauses: &Access, situation: &Situation<'_>, context: &Context) -> bool {
    match context.addresses {
        Some(_) => address_holds(clauses, situation, context),
        None => (SPECIFICATION.context)(clauses, situation, context),
    }
}

fn absent_fails(clauses: &Access, situation: &Situation<'_>, context: &Context) -> bool {
    !context.windows.is_empty() && (SPECIFICATION.context)(clauses, situation, context)
}

fn all_contexts(clauses: &Access, situation: &Situation<'_>, contexts: &[Context]) -> bool {
    contexts
        .iter()
        .all(|context| (clauses.context)(clauses, situation, context))
}

fn halves(clauses: &Access, situation: &Situation<'_>, contexts: &[Context]) -> bool {
    contexts.is_empty()
        || (contexts
            .iter()
            .any(|context| time_holds(clauses, situation, context))
            && contexts
                .iter()
                .any(|context| address_holds(clauses, situation, context)))
}

fn shared(clauses: &Access, situation: &Situation<'_>, policy: &Policy) -> Option<usize> {
    let is_fulfilled = policy.rules.iter().any(|rule| {
        !rule.contexts.is_empty() && (clauses.contexts)(clauses, situation, &rule.contexts)
    });
    policy.rules.iter().position(|rule| {
        let contexts = if is_fulfilled {
            Vec::new()
        } else {
            rule.contexts.clone()
        };
        let rule = Rule {
            contexts,
            ..rule.clone()
        };
        (clauses.rule)(clauses, situation, &rule)
    })
}

fn veto(clauses: &Access, situation: &Situation<'_>, policy: &Policy) -> Option<usize> {
    let names = |rule: &&Rule| (clauses.originators)(clauses, situation, &rule.originators);
    let is_vetoed = policy
        .rules
        .iter()
        .filter(names)
        .any(|rule| !(clauses.contexts)(clauses, situation, &rule.contexts));
    match is_vetoed {
        true => None,
        false => (SPECIFICATION.rules)(clauses, situation, policy),
    }
}

fn without_contexts(scene: &Scene<'_>, attempt: &Attempt<'_>) -> onem2m_access::Decision {
    if attempt.target.kind != Kind::AccessControlPolicy {
        return authorize::decide(scene, attempt);
    }
    let mut clauses: Clauses = *scene.clauses;
    clauses.access.contexts = |_, _, _| true;
    let scene = Scene {
        clauses: &clauses,
        ..*scene
    };
    authorize::decide(&scene, attempt)
}

fn drop_member(members: &mut serde_json::Map<String, Value>, name: &str) {
    members.shift_remove(name);
}

fn known_members(policy: &Value) -> Result<Policy, Refusal> {
    let known = rewrite::rules(policy, |rule| {
        rule.retain(|name, _| matches!(name.as_str(), "acor" | "acop" | "acco" | "acaf" | "acod"));
    });
    let known = rewrite::contexts(&known, |context| {
        context.retain(|name, _| matches!(name.as_str(), "actw" | "acip" | "aclr"));
    });
    receive::policy(&known)
}

fn defaulted(policy: &Value) -> Result<Policy, Refusal> {
    let completed = rewrite::rules(policy, |rule| {
        rule.entry("acor").or_insert_with(|| json!(["all"]));
        rule.entry("acop").or_insert_with(|| json!(63));
    });
    receive::policy(&completed)
}
