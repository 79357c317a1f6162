//! Simpler cases than a given one, the simplest first.

use super::address;
use super::case::{Case, Context, Governed, Operation, Rule, Subject};
use super::ground::Ground;
use super::strategy::UNKNOWN;
use super::window;
use super::{membership, origin};

/// `<subscription>`, which no case creates.
const OTHER_CHILD: u32 = 23;

/// The cases that are one step simpler.
pub fn reductions(ground: &Ground, case: &Case) -> Vec<Case> {
    let mut simpler = Vec::new();
    simpler.extend(of_governance(case));
    simpler.extend(of_ask(ground, case));
    simpler.extend(of_rules(case, &|rule| parts(ground, case, rule)));
    simpler.extend(of_rules(case, &|rule| details_of_parts(ground, case, rule)));
    simpler.retain(|candidate| candidate != case);
    simpler
}

fn governed(case: &Case, governed: Governed) -> Case {
    Case {
        governed,
        ask: case.ask.clone(),
    }
}

/// Fewer policies, fewer rules.
fn of_governance(case: &Case) -> Vec<Case> {
    let linked = |policies: Vec<Option<Vec<Rule>>>, reversed: bool| {
        let reversed = reversed && policies.len() > 1;
        governed(case, Governed::Linked { policies, reversed })
    };
    match &case.governed {
        Governed::Creator => Vec::new(),
        Governed::Own { rules, privileges } => {
            let own = |rules: Vec<Rule>, privileges: Vec<Rule>| {
                governed(case, Governed::Own { rules, privileges })
            };
            let mut simpler = vec![
                linked(vec![Some(rules.clone())], false),
                own(Vec::new(), privileges.clone()),
                own(rules.clone(), Vec::new()),
            ];
            simpler.extend(without_each(rules).map(|rules| own(rules, privileges.clone())));
            simpler
        }
        Governed::Linked { policies, reversed } => {
            let mut simpler = Vec::new();
            if policies.len() > 1 {
                let all = policies.iter().flatten().flatten().cloned().collect();
                simpler.push(linked(vec![Some(all)], false));
                for policy in policies.iter().flatten() {
                    simpler.push(linked(vec![Some(policy.clone())], false));
                }
                for policies in without_each(policies) {
                    // A target whose every link leads nowhere is another matter.
                    if policies.iter().any(Option::is_some) {
                        simpler.push(linked(policies, *reversed));
                    }
                }
            }
            for rule in policies.iter().flatten().flatten() {
                simpler.push(linked(vec![Some(vec![rule.clone()])], false));
            }
            for (index, policy) in policies.iter().enumerate() {
                let Some(rules) = policy else { continue };
                let emptied = (!rules.is_empty()).then(Vec::new);
                for rules in emptied.into_iter().chain(without_each(rules)) {
                    let mut policies = policies.clone();
                    if let Some(place) = policies.get_mut(index) {
                        *place = Some(rules);
                    }
                    simpler.push(linked(policies, *reversed));
                }
            }
            if *reversed {
                simpler.push(linked(policies.clone(), false));
            }
            simpler
        }
    }
}

/// A plainer request, by the first entity.
fn of_ask(ground: &Ground, case: &Case) -> Vec<Case> {
    let mut simpler = Vec::new();
    if case.ask.operation != Operation::Retrieve {
        let mut retrieving = case.clone();
        retrieving.ask.operation = Operation::Retrieve;
        // The right that was meant goes along.
        let mut with_right = retrieving.clone();
        let swap = |sum: u32| {
            let (this, that) = (case.ask.operation.bit(), Operation::Retrieve.bit());
            let kept = sum & !(this | that);
            let moved = |from: u32, to: u32| if sum & from == 0 { 0 } else { to };
            kept | moved(this, that) | moved(that, this)
        };
        with_right.for_each_rule(|rule| rule.operations = swap(rule.operations));
        simpler.extend([retrieving, with_right]);
    }
    if case.ask.child != 4 {
        let mut instance = case.clone();
        instance.ask.child = 4;
        simpler.push(instance);
    }
    if let (Subject::Entity(index), Some(first)) = (&case.ask.subject, ground.entities.first())
        && let Some(entity) = ground.entities.get(*index).filter(|_| *index > 0)
    {
        let mut renamed = case.clone();
        renamed.ask.subject = Subject::Entity(0);
        renamed.for_each_rule(|rule| {
            for text in &mut rule.originators {
                *text = membership::exchanged(ground, text, &entity.stem, &first.stem)
                    .unwrap_or_else(|| exchanged(text, &entity.stem, &first.stem));
            }
        });
        simpler.push(renamed);
    }
    simpler.extend(origin::from_the_first(ground, case));
    simpler
}

/// A text with two names in each other's place; of a name that begins with the other, the longer is meant.
fn exchanged(text: &str, one: &str, other: &str) -> String {
    let (long, short) = match one.len() >= other.len() {
        true => (one, other),
        false => (other, one),
    };
    let parts: Vec<String> = text
        .split(long)
        .map(|part| part.replace(short, long))
        .collect();
    parts.join(short)
}

/// Whole parts of a rule taken away, or put in their plainest form.
fn parts(ground: &Ground, case: &Case, rule: &Rule) -> Vec<Rule> {
    let own = ground.from(&case.ask.subject).to_owned();
    let other = ground
        .entities
        .iter()
        .map(|entity| entity.stem.clone())
        .find(|stem| *stem != own)
        .unwrap_or_default();
    let mut simpler = Vec::new();
    let mut with = |change: &dyn Fn(&mut Rule)| {
        let mut changed = rule.clone();
        change(&mut changed);
        simpler.push(changed);
    };
    let plain = |originator: &str| Rule {
        originators: vec![originator.to_owned()],
        operations: 63,
        contexts: Vec::new(),
        flag: None,
        details: Vec::new(),
    };
    if *rule != plain(&own) && *rule != plain(&other) {
        with(&|rule| *rule = plain(&own));
        with(&|rule| *rule = plain(&other));
    }
    with(&|rule| rule.flag = None);
    with(&|rule| rule.contexts = Vec::new());
    with(&|rule| rule.details = Vec::new());
    let is_plain = |entries: &[String]| matches!(entries, [only] if *only == own || *only == other);
    with(&|rule| {
        if rule.originators != [other.as_str()] || !is_plain(&rule.originators) {
            rule.originators = vec![own.clone()];
        }
    });
    with(&|rule| {
        if !is_plain(&rule.originators) {
            rule.originators = vec![other.clone()];
        }
    });
    let bit = case.ask.operation.bit();
    with(&|rule| {
        if rule.operations != 63 & !bit {
            rule.operations = 63;
        }
    });
    with(&|rule| {
        if rule.operations != 63 {
            rule.operations = 63 & !bit;
        }
    });
    simpler
}

/// Smaller values in what is left.
fn details_of_parts(ground: &Ground, case: &Case, rule: &Rule) -> Vec<Rule> {
    let mut simpler = Vec::new();
    let own = ground.from(&case.ask.subject);
    let entries = |originators: Vec<String>| Rule {
        originators,
        ..rule.clone()
    };
    simpler.extend(halves(&rule.originators).map(entries));
    if rule.originators.len() <= 8 {
        let fewer = without_each(&rule.originators).filter(|left| !left.is_empty());
        simpler.extend(fewer.map(entries));
    }
    for (index, text) in rule.originators.iter().enumerate() {
        let group = membership::plainer(ground, text);
        for plainer in group.into_iter().chain(plainer_entries(text, own)) {
            let mut originators = rule.originators.clone();
            if let Some(place) = originators.get_mut(index) {
                *place = plainer;
            }
            simpler.push(entries(originators));
        }
    }
    if rule.operations != 63 && rule.operations != 63 & !case.ask.operation.bit() {
        for bit in (0..8).map(|place| 1 << place) {
            if rule.operations & bit != 0 && rule.operations != bit {
                simpler.push(Rule {
                    operations: rule.operations & !bit,
                    ..rule.clone()
                });
            }
        }
    }
    let contexts = |contexts: Vec<Context>| Rule {
        contexts,
        ..rule.clone()
    };
    simpler.extend(
        without_each(&rule.contexts)
            .filter(|left| !left.is_empty())
            .map(contexts),
    );
    for (index, context) in rule.contexts.iter().enumerate() {
        for plainer in plainer_contexts(ground, case, context) {
            let mut changed = rule.contexts.clone();
            if let Some(place) = changed.get_mut(index) {
                *place = plainer;
            }
            simpler.push(contexts(changed));
        }
    }
    let details = |details| Rule {
        details,
        ..rule.clone()
    };
    simpler.extend(
        without_each(&rule.details)
            .filter(|left| !left.is_empty())
            .map(details),
    );
    for (index, detail) in rule.details.iter().enumerate() {
        let without_target = super::case::Detail {
            target: None,
            ..detail.clone()
        };
        let fewer = without_each(&detail.children).filter(|left| !left.is_empty());
        let fewer = fewer.map(|children| super::case::Detail {
            children,
            ..detail.clone()
        });
        let plain = super::case::Detail {
            target: None,
            specialization: None,
            children: vec![OTHER_CHILD],
        };
        let is_special = detail.specialization.is_some() || detail.children.contains(&UNKNOWN);
        let plain = is_special.then_some(plain).into_iter();
        for plainer in plain.chain([without_target]).chain(fewer) {
            let mut changed = rule.details.clone();
            if let Some(place) = changed.get_mut(index) {
                *place = plainer;
            }
            simpler.push(details(changed));
        }
    }
    simpler
}

/// An entry with fewer wildcards and a shorter path.
fn plainer_entries(text: &str, own: &str) -> Vec<String> {
    let mut plainer = Vec::new();
    let stars = text.matches('*').count();
    let shorter = own.get(..own.len().saturating_sub(1)).unwrap_or_default();
    let trailing = format!("{shorter}*");
    if stars > 0 && text != trailing {
        plainer.push(trailing);
        if let Some((_, last)) = text.rsplit_once('/') {
            plainer.push(last.to_owned());
        }
        if stars > 1 {
            plainer.extend(text.match_indices('*').map(|(at, _)| {
                let (head, tail) = text.split_at_checked(at).unwrap_or_default();
                format!("{head}{}", tail.get(1..).unwrap_or_default())
            }));
        }
    }
    plainer.retain(|entry| !entry.is_empty());
    plainer
}

/// A context with fewer and plainer conditions.
fn plainer_contexts(ground: &Ground, case: &Case, context: &Context) -> Vec<Context> {
    let mut simpler = Vec::new();
    let never = window::never(ground.now);
    let has_addresses = !context.ipv4.is_empty() || !context.ipv6.is_empty();
    let windows = |windows: Vec<String>| Context {
        windows,
        ..context.clone()
    };
    let addresses = |from: &Context| Context {
        ipv4: from.ipv4.clone(),
        ipv6: from.ipv6.clone(),
        ..context.clone()
    };
    if !context.windows.is_empty() && (has_addresses || context.region.is_some()) {
        simpler.push(windows(Vec::new()));
    }
    if has_addresses && (!context.windows.is_empty() || context.region.is_some()) {
        simpler.push(addresses(&Context::default()));
    }
    if context.region.is_some() && (!context.windows.is_empty() || has_addresses) {
        simpler.push(Context {
            region: None,
            ..context.clone()
        });
    }
    if !context.windows.is_empty()
        && context.windows != [never.as_str()]
        && context.windows != [window::ALWAYS]
    {
        simpler.push(windows(vec![never.clone()]));
        simpler.push(windows(vec![window::ALWAYS.into()]));
        simpler.extend(
            without_each(&context.windows)
                .filter(|left| !left.is_empty())
                .map(windows),
        );
        for (index, entry) in context.windows.iter().enumerate() {
            for plainer in plainer_windows(entry, &never) {
                let mut changed = context.windows.clone();
                if let Some(place) = changed.get_mut(index) {
                    *place = plainer;
                }
                simpler.push(windows(changed));
            }
        }
    }
    if let (true, Some(source)) = (has_addresses, ground.address(case.ask.source)) {
        let (here, elsewhere) = (address::here(source), address::elsewhere(source));
        let is = |plain: &Context| plain.ipv4 == context.ipv4 && plain.ipv6 == context.ipv6;
        if !is(&here) && !is(&elsewhere) {
            simpler.push(addresses(&elsewhere));
            simpler.push(addresses(&here));
            let is_some =
                |left: &Vec<String>, other: &[String]| !left.is_empty() || !other.is_empty();
            for ipv4 in without_each(&context.ipv4).filter(|left| is_some(left, &context.ipv6)) {
                simpler.push(Context {
                    ipv4,
                    ..context.clone()
                });
            }
            for ipv6 in without_each(&context.ipv6).filter(|left| is_some(left, &context.ipv4)) {
                simpler.push(Context {
                    ipv6,
                    ..context.clone()
                });
            }
        }
    }
    simpler
}

/// A window with fewer named fields, and shorter ones.
fn plainer_windows(entry: &str, never: &str) -> Vec<String> {
    let fields: Vec<&str> = entry.split(' ').collect();
    let mut plainer = vec![never.to_owned(), window::ALWAYS.to_owned()];
    for (index, field) in fields.iter().enumerate() {
        let mut with = |text: &str| {
            let mut changed = fields.clone();
            if let Some(place) = changed.get_mut(index) {
                *place = text;
            }
            plainer.push(changed.join(" "));
        };
        if *field == "*" {
            continue;
        }
        with("*");
        let elements: Vec<&str> = field.split(',').collect();
        if elements.len() > 1 {
            elements.iter().for_each(|element| with(element));
        }
        if let Some((span, _)) = field.rsplit_once('/') {
            with(span);
        }
    }
    plainer.retain(|plain| plain != entry);
    plainer
}

/// The case with each rule replaced by each of its simpler forms.
fn of_rules(case: &Case, simpler: &dyn Fn(&Rule) -> Vec<Rule>) -> Vec<Case> {
    let mut cases = Vec::new();
    for (index, rule) in case.rules().enumerate() {
        for plainer in simpler(rule).into_iter().filter(|plainer| plainer != rule) {
            let mut changed = case.clone();
            let mut number = 0;
            changed.for_each_rule(|place| {
                if number == index {
                    *place = plainer.clone();
                }
                number += 1;
            });
            cases.push(changed);
        }
    }
    cases
}

/// The list without each of its items in turn.
fn without_each<T: Clone>(list: &[T]) -> impl Iterator<Item = Vec<T>> + '_ {
    (0..list.len()).map(|left_out| {
        let kept = list
            .iter()
            .enumerate()
            .filter(|(index, _)| *index != left_out);
        kept.map(|(_, item)| item.clone()).collect()
    })
}

/// Longer lists without each of their halves, quarters and eighths, and without each of the last few.
fn halves<T: Clone>(list: &[T]) -> impl Iterator<Item = Vec<T>> + '_ {
    let sizes = [list.len() / 2, list.len() / 4, list.len() / 8, 1];
    let sizes = sizes.into_iter().filter(|size| *size > 0 && list.len() > 8);
    sizes.flat_map(move |size| {
        (0..list.len())
            .step_by(size.max(list.len() / 8).max(1))
            .map(move |from| {
                let cut = from..from + size;
                let kept = list
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| !cut.contains(index));
                kept.map(|(_, item)| item.clone()).collect()
            })
    })
}
