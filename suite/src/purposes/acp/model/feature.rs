//! What is remarkable of a case: everything that the plainest rule and request do not have.

use super::case::{Case, Context, Governed, Operation, Rule, Subject};
use super::ground::Ground;
use super::strategy::UNKNOWN;
use super::window;
use crate::catalogue::behaviour::Source;
use onem2m_oracle::{self as oracle, Part, Ruling};
use std::collections::BTreeSet;

/// Features by name; a part of a rule that does not hold is one, and each further one says how it does not.
pub type Features = BTreeSet<String>;

/// The features of a case.
pub fn features(ground: &Ground, case: &Case) -> Features {
    let mut features = Features::new();
    let mut add = |feature: &str| {
        features.insert(feature.to_owned());
    };
    match &case.governed {
        Governed::Creator => add("no policy"),
        Governed::Own { rules, .. } => {
            add("selfPrivileges");
            // The rule of the administrator stands there too, and never permits.
            add(Part::Originators.name());
            if !rules.is_empty() {
                add("several rules");
            }
        }
        Governed::Linked { policies, reversed } => {
            if policies.len() > 1 {
                add("several policies");
            }
            if policies.contains(&None) {
                add("a link that leads nowhere");
            }
            if policies.iter().flatten().any(Vec::is_empty) {
                add("a policy without rules");
            }
            if *reversed {
                add("links in another order");
            }
            if policies.iter().flatten().any(|rules| rules.len() > 1) {
                add("several rules");
            }
        }
    }
    if case.ask.operation != Operation::Retrieve {
        add(case.ask.operation.name());
    }
    match (&case.ask.subject, ground.entity(&case.ask.subject)) {
        (Subject::Strange(_), _) => add("From is nobody's"),
        (_, Some(entity)) if entity.stem.starts_with('S') => add("a stem of the service provider"),
        _ => {}
    }
    match case.ask.source {
        Source::First => {}
        Source::Second => add("another source"),
        Source::Ipv6 => add("an IPv6 source"),
    }
    for rule in case.rules() {
        of_rule(ground, case, rule, &mut add);
    }
    features
}

fn of_rule(ground: &Ground, case: &Case, rule: &Rule, add: &mut dyn FnMut(&str)) {
    match oracle::rule(
        &ground.surroundings(),
        &rule.to_json(),
        &ground.request(case, 0),
    ) {
        Ruling::Permits => {}
        Ruling::Misses(parts) => parts.iter().for_each(|part| add(part.name())),
        Ruling::Meaningless => add("no defined meaning"),
    }
    if rule.originators.len() > 1 {
        add("acor: several");
    }
    if rule.originators.len() > 8 {
        add("acor: many");
    }
    for entry in &rule.originators {
        of_entry(ground, case, entry, add);
    }
    if rule.operations.count_ones() < 5 || rule.operations > 63 {
        add("acop: few");
    }
    match rule.flag {
        Some(true) => add("acaf"),
        Some(false) => add("acaf: false"),
        None => {}
    }
    if !rule.details.is_empty() {
        add("acod");
    }
    if rule.details.iter().any(|detail| detail.target.is_some()) {
        add("acod: ty");
    }
    if rule
        .details
        .iter()
        .any(|detail| detail.specialization.is_some())
    {
        add("acod: spty");
    }
    if rule
        .details
        .iter()
        .any(|detail| detail.children.contains(&UNKNOWN))
    {
        add("acod: a type that is not known");
    }
    if rule.contexts.len() > 1 {
        add("acco: several");
    }
    for context in &rule.contexts {
        add("acco");
        of_context(context, add);
    }
}

fn of_entry(ground: &Ground, case: &Case, entry: &str, add: &mut dyn FnMut(&str)) {
    let is_plain = ground.entities.iter().any(|entity| entity.stem == *entry);
    if is_plain {
        return;
    }
    if let Some(membership) = ground.membership(entry) {
        add("acor: group");
        match membership.members.len() {
            _ if membership.is_missing => add("acor: group that is not there"),
            0 => add("acor: group without an entity"),
            1 => {}
            _ => add("acor: group of several"),
        }
        if membership.ids.first().is_none_or(|first| first != entry) {
            add("acor: group by another form");
        }
        return;
    }
    let path = entry.rsplit_once('/').map_or("", |(path, _)| path);
    let last = entry.rsplit('/').next().unwrap_or(entry);
    match entry.matches('/').count() {
        _ if entry == "all" => return add("acor: all"),
        2 if entry.starts_with("//") => add("acor: domain"),
        0 => {}
        _ => add("acor: with a path"),
    }
    let own = ground.from(&case.ask.subject);
    if entry.contains('*') {
        add("acor: wildcard");
        if path.contains('*') {
            add("acor: wildcard in the path");
        }
        if last.find('*').is_some_and(|at| at + 1 < last.len()) {
            add("acor: wildcard not at the end");
        }
        if entry.matches('*').count() > 1 {
            add("acor: several wildcards");
        }
    } else if last.contains(['?', '[', ']', '.', '+', '^', '$', '%', ',', '_']) {
        add("acor: another pattern");
    } else if last.eq_ignore_ascii_case(own) && last != own {
        add("acor: another case");
    } else if last != own && entry != "all" && !entry.starts_with("//") {
        add("acor: another stem");
    }
}

fn of_context(context: &Context, add: &mut dyn FnMut(&str)) {
    if !context.windows.is_empty() {
        add("actw");
    }
    if context.windows.len() > 1 {
        add("actw: several");
    }
    for entry in &context.windows {
        let is_plain = |entry: &str| entry == window::ALWAYS || entry.starts_with("* * * * * * ");
        if is_plain(entry) && !entry.contains([',', '-', '/']) {
            continue;
        }
        const FIELDS: [&str; 7] = [
            "second", "minute", "hour", "day", "month", "weekday", "year",
        ];
        for (name, field) in FIELDS.iter().zip(entry.split(' ')) {
            if field != "*" && *name != "year" {
                add(&format!("actw: {name}"));
            }
        }
        for (sign, form) in [(',', "list"), ('-', "range"), ('/', "interval")] {
            if entry.contains(sign) {
                add(&format!("actw: {form}"));
            }
        }
    }
    let mut networks = context.ipv4.iter().chain(&context.ipv6);
    if context.ipv4.len() + context.ipv6.len() > 0 {
        add("acip");
    }
    if networks.any(|network| network.contains('/')) {
        add("acip: prefix");
    }
    if context.region.is_some() {
        add("aclr");
    }
}
