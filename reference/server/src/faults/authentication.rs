//! How accessControlAuthenticationFlag is evaluated (TS-0003 V3.18.0, 7.1.2, 7.1.3 and Table 7.1.5-1).

use onem2m_access::{Clauses as Access, Decision, Policy, Rule, Situation};
use serde_json::Value;

use super::{Fault, rewrite};
use crate::authorize::{self, Attempt};
use crate::clauses::Clauses;
use crate::receive;
use crate::refusal::Refusal;
use crate::resource::Kind;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "AcpIgnoresAuthenticationFlag",
        requirement: "TS-0003/7.1.5/3",
        summary: "accessControlAuthenticationFlag is stored and never evaluated",
        apply: |clauses| clauses.access.authentication = |_, _| true,
    },
    Fault {
        name: "RegistreesAuthenticated",
        requirement: "TS-0003/7.1.2/6",
        summary: "every registered AE counts as authenticated, by whatever connection it sends",
        apply: |clauses| clauses.authenticated = |_, _| true,
    },
    Fault {
        name: "AuthenticationFlagByPresence",
        requirement: "TS-0001/9.6.2.5/1",
        summary: "accessControlAuthenticationFlag restricts by its presence, whatever its value",
        apply: |clauses| clauses.policy = by_presence,
    },
    Fault {
        name: "AuthenticationFlagOfOtherRules",
        requirement: "TS-0003/7.1.5/2",
        summary: "the accessControlAuthenticationFlag of one rule holds for all rules of its policy",
        apply: |clauses| clauses.access.rules = of_other_rules,
    },
    Fault {
        name: "AuthenticationFlagNotInSelfPrivileges",
        requirement: "TS-0003/7.1.3/11",
        summary: "accessControlAuthenticationFlag in selfPrivileges is not evaluated",
        apply: |clauses| clauses.decide = not_in_self_privileges,
    },
    Fault {
        name: "AuthenticationFlagCoerced",
        requirement: "TS-0004/6.3.5.27/1",
        summary: "an accessControlAuthenticationFlag that is no boolean is taken for false",
        apply: |clauses| clauses.policy = coerced,
    },
];

fn by_presence(policy: &Value) -> Result<Policy, Refusal> {
    let rewritten = rewrite::rules(policy, |rule| {
        if let Some(Value::Bool(flag)) = rule.get_mut("acaf") {
            *flag = true;
        }
    });
    receive::policy(&rewritten)
}

fn of_other_rules(clauses: &Access, situation: &Situation<'_>, policy: &Policy) -> Option<usize> {
    let flag = policy.rules.iter().any(|rule| rule.authentication_flag);
    policy.rules.iter().position(|rule| {
        let rule = Rule {
            authentication_flag: flag,
            ..rule.clone()
        };
        (clauses.rule)(clauses, situation, &rule)
    })
}

fn not_in_self_privileges(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    if attempt.target.kind != Kind::AccessControlPolicy {
        return authorize::decide(scene, attempt);
    }
    let mut clauses: Clauses = *scene.clauses;
    clauses.access.authentication = |_, _| true;
    let scene = Scene {
        clauses: &clauses,
        ..*scene
    };
    authorize::decide(&scene, attempt)
}

fn coerced(policy: &Value) -> Result<Policy, Refusal> {
    let rewritten = rewrite::rules(policy, |rule| {
        if rule.get("acaf").is_some_and(|flag| !flag.is_boolean()) {
            rule.insert("acaf".to_owned(), Value::Bool(false));
        }
    });
    receive::policy(&rewritten)
}
