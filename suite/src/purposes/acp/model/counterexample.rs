//! A wrong decision in words: policies, request, what the model says and why, what the IUT said.

use super::case::{Case, Governed, Operation};
use super::class::Class;
use super::ground::{Ground, Says};
use crate::catalogue::behaviour::Source;
use onem2m_oracle::{self as oracle, Ruling};
use serde_json::Value;
use std::collections::BTreeSet;

/// The line of a class.
pub fn line(ground: &Ground, class: &Class) -> String {
    let (case, difference) = (&class.smallest.case, &class.smallest.difference);
    let cases = match class.cases {
        1 => "1 case".to_owned(),
        many => format!("{many} cases"),
    };
    let confirmed = match class.smallest.confirmed {
        true => "",
        false => ", not so on fresh resources",
    };
    format!(
        "{}{}; {}; model: {}; IUT: {} at {} ({cases}{confirmed})",
        governance(ground, case),
        groups(ground, case),
        request(ground, case),
        model(ground, case, difference.says),
        difference.finding.observed,
        difference.step,
    )
}

/// What governs the target.
fn governance(ground: &Ground, case: &Case) -> String {
    match &case.governed {
        Governed::Creator => "no policy, made by another".to_owned(),
        Governed::Own { privileges, .. } => {
            let own = texts(&case.policies(ground));
            let privileges = super::case::set_of_rules(privileges);
            format!("a policy with pvs {own} and pv {privileges}")
        }
        Governed::Linked { policies, .. } => {
            let texts = texts(&case.policies(ground));
            match policies.len() {
                1 => format!("a policy with pv {texts}"),
                many => format!("{many} policies, in the order of acpi, with pv {texts}"),
            }
        }
    }
}

/// Who is in the groups that the rules name.
fn groups(ground: &Ground, case: &Case) -> String {
    let entries: BTreeSet<&String> = case.rules().flat_map(|rule| &rule.originators).collect();
    let named = entries.into_iter().filter_map(|entry| {
        let membership = ground.membership(entry)?;
        let members = match membership.members.as_slice() {
            _ if membership.is_missing => "is not there".to_owned(),
            [] => "has no AE in it".to_owned(),
            members => format!("has the members {}", members.join(" and ")),
        };
        Some(format!("; group {entry} {members}"))
    });
    named.collect()
}

fn texts(policies: &[Value]) -> String {
    let texts: Vec<String> = policies
        .iter()
        .map(|policy| match policy {
            Value::Null => "(gone)".to_owned(),
            policy => policy.to_string(),
        })
        .collect();
    texts.join(", ")
}

fn request(ground: &Ground, case: &Case) -> String {
    let from = ground.from(&case.ask.subject);
    let operation = case.ask.operation.name();
    let what = match (&case.governed, case.ask.operation) {
        (_, Operation::Create) => format!(" of type {}", case.ask.child),
        (Governed::Own { .. }, _) => " of the policy itself".to_owned(),
        _ => String::new(),
    };
    let time = match case.has_windows() {
        true => format!(" at {}", ground.now),
        false => String::new(),
    };
    let depends_on_source = case.contexts().any(|context| {
        context.region.is_some() || !(context.ipv4.is_empty() && context.ipv6.is_empty())
    });
    let source = match ground.address(case.ask.source) {
        Some(address) if depends_on_source || case.ask.source != Source::First => {
            format!(" over {address}")
        }
        _ => String::new(),
    };
    format!("{operation}{what} by {from}{source}{time}")
}

/// The decision of the model, with the clause that brings it about.
fn model(ground: &Ground, case: &Case, says: Says) -> String {
    match (&case.governed, says) {
        (_, Says::Refuse) => "refuse, TS-0004 7.3.2.1: no AE is registered with this From".into(),
        (Governed::Creator, Says::Permit) => "permit, TS-0001 9.6.1.3.2: the creator".into(),
        (Governed::Creator, Says::Deny) => "deny, TS-0001 9.6.1.3.2: not the creator".into(),
        (_, Says::Permit) => "permit, TS-0003 7.1.5: a rule has every result TRUE".into(),
        (_, Says::Deny) => format!("deny, TS-0003 7.1.5: {}", reasons(ground, case)),
    }
}

/// Why no rule permits.
fn reasons(ground: &Ground, case: &Case) -> String {
    let (surroundings, request) = (ground.surroundings(), ground.request(case, 0));
    let reasons: Vec<String> = case
        .rules()
        .enumerate()
        .map(|(index, rule)| {
            let why = match oracle::rule(&surroundings, &rule.to_json(), &request) {
                Ruling::Permits => "permits".to_owned(),
                Ruling::Meaningless => "has no defined meaning (7.1.4)".to_owned(),
                Ruling::Misses(parts) => {
                    let names: Vec<&str> = parts.iter().map(|part| part.name()).collect();
                    format!("{} FALSE", names.join(" and "))
                }
            };
            format!("rule {} {why}", index + 1)
        })
        .collect();
    match reasons.is_empty() {
        true => "there is no rule".into(),
        false => reasons.join(", "),
    }
}
