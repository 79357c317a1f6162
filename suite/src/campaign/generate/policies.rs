//! Policies: rules for the AEs of the tester between rules for others, and the administrator's somewhere among them.

use super::dice::Dice;
use crate::campaign::model::{ENTITIES, Model};
use serde_json::{Map, Value, json};
use std::net::Ipv4Addr;
use time::Duration;

/// Everything for the administrator: without it nobody could look at what a sequence left.
fn administration() -> Value {
    json!({"acor": ["{ADM}"], "acop": 63})
}

/// A policy that lets the AEs and the administrator do everything.
pub fn guard() -> Map<String, Value> {
    let everybody = json!({"acor": ["{ADM}", "{AE1}", "{AE2}", "{AE22}"], "acop": 63});
    members(&[
        ("pv", json!({"acr": [everybody]})),
        ("pvs", json!({"acr": [administration()]})),
    ])
}

/// Privileges and selfPrivileges.
pub fn policy(dice: &mut Dice, model: &Model) -> Map<String, Value> {
    members(&[("pv", rules(dice, model)), ("pvs", rules(dice, model))])
}

/// A set of rules.
pub fn rules(dice: &mut Dice, model: &Model) -> Value {
    let number = match dice.chance(75) {
        true => dice.below(4),
        false => dice.one(&[5, 7, 8, 9, 15, 16, 17, 33], 5),
    };
    let mut rules: Vec<Value> = (0..number)
        .map(|position| match number > 4 && position + 1 < number {
            true => json!({"acor": [stranger(dice)], "acop": dice.below(63) + 1}),
            false => rule(dice, model),
        })
        .collect();
    let position = dice.below(rules.len() + 1);
    rules.insert(position, administration());
    json!({ "acr": rules })
}

fn rule(dice: &mut Dice, model: &Model) -> Value {
    let number = match dice.chance(65) {
        true => dice.below(3) + 1,
        false => dice.one(&[7, 8, 9, 16, 17, 33], 7),
    };
    let mut entries: Vec<String> = (0..number.saturating_sub(1))
        .map(|_| match dice.chance(60) {
            true => stranger(dice),
            false => entry(dice),
        })
        .collect();
    let position = dice.below(entries.len() + 1);
    entries.insert(position, entry(dice));
    let has_details = dice.chance(15) && model.site.claims("PICS_ACOD");
    // Details are about what is created.
    let operations = operations(dice) | usize::from(has_details);
    let mut rule = members(&[("acor", json!(entries)), ("acop", json!(operations))]);
    if dice.chance(25)
        && let Some(contexts) = contexts(dice, model)
    {
        rule.insert("acco".into(), contexts);
    }
    if has_details {
        let children = [1, 3, 4, 9, 23];
        let mut chosen: Vec<i32> = children.into_iter().filter(|_| dice.chance(50)).collect();
        if chosen.is_empty() {
            chosen.push(dice.one(&children, 3));
        }
        rule.insert("acod".into(), json!([{ "chty": chosen }]));
    }
    Value::Object(rule)
}

/// Bits of operations: single ones, pairs, all but one, any.
fn operations(dice: &mut Dice) -> usize {
    let bit = |dice: &mut Dice| 1 << dice.below(6);
    match dice.below(6) {
        0 => 63,
        1 => bit(dice),
        2 => bit(dice) | bit(dice),
        3 => 63 - bit(dice),
        4 => 34,
        _ => dice.below(63) + 1,
    }
}

/// An entry that may mean an AE of the tester.
fn entry(dice: &mut Dice) -> String {
    let entity = dice.one(&ENTITIES, "AE1");
    match dice.below(20) {
        0..=10 => format!("{{{entity}}}"),
        11 | 12 => format!("{{{entity}:sp}}"),
        13 => format!("{{{entity}:abs}}"),
        14 => format!("{{{entity}}}*"),
        15 => format!("{{{entity}:sp}}*"),
        16 => "{AE2}*".to_owned(),
        17 => "*A2".to_owned(),
        18 => format!("C*{}", entity.trim_start_matches("AE")),
        _ => "all".to_owned(),
    }
}

/// An entry that means nobody who takes part.
fn stranger(dice: &mut Dice) -> String {
    let number = dice.below(1000);
    match dice.below(5) {
        0 => format!("Cstranger{number}"),
        1 => format!("/cse-of-others-{number}/Cx"),
        2 => format!("//sp{number}.example/cse/Cx"),
        3 => format!("{{AE1}}{number}"),
        _ => format!("S{number}*"),
    }
}

fn contexts(dice: &mut Dice, model: &Model) -> Option<Value> {
    let has_windows = model.site.claims("PICS_ACCO_ACTW") && model.now.is_some();
    let has_addresses = model.site.claims("PICS_ACCO_ACIP");
    match (has_windows, has_addresses) {
        (true, true) if dice.chance(50) => window(dice, model),
        (true, false) => window(dice, model),
        (_, true) => network(dice, model),
        _ => None,
    }
}

/// A network around the source of the tester, or beside it, with a prefix of any length.
fn network(dice: &mut Dice, model: &Model) -> Option<Value> {
    let source: Ipv4Addr = model.site.sources.first()?.parse().ok()?;
    let length = u32::try_from(dice.below(33)).unwrap_or_default();
    let mut number = u32::from(source);
    if dice.chance(50) && length > 0 {
        // The last bit of the prefix, or any of them.
        let bit = match dice.chance(60) {
            true => 32 - length,
            false => u32::try_from(dice.below(32)).unwrap_or_default(),
        };
        number ^= 1 << bit.min(31);
    }
    let hosts = 1_u64 << (32 - length);
    let network = number & !u32::try_from(hosts - 1).unwrap_or(u32::MAX);
    let written = format!("{}/{length}", Ipv4Addr::from(network));
    Some(json!([{ "acip": { "ipv4": [written] } }]))
}

/// A window around the present, or beside it: lists, ranges and steps of hours.
fn window(dice: &mut Dice, model: &Model) -> Option<Value> {
    let now = model.now?;
    let hour = |offset: i64| (now + Duration::hours(offset)).hour();
    let hours = match dice.below(8) {
        0 => hour(0).to_string(),
        1 => hour(12).to_string(),
        2 => {
            let number = dice.one(&[2, 3, 5, 7, 9, 11], 3);
            let mut listed: Vec<String> =
                (1..number).map(|offset| hour(offset).to_string()).collect();
            if dice.chance(70) {
                let position = match dice.chance(50) {
                    true => listed.len(),
                    false => dice.below(listed.len() + 1),
                };
                listed.insert(position, hour(0).to_string());
            }
            listed.join(",")
        }
        3 => {
            let first = dice.below(24);
            let last = first + dice.below(24 - first);
            format!("{first}-{last}")
        }
        4 | 6 | 7 => {
            let own = now.hour().max(2);
            format!("*/{}", dice.one(&[2, 3, 5, 7, 11, own, own, own - 1], 2))
        }
        _ => "*".to_owned(),
    };
    let day = match dice.chance(70) {
        true => "*".to_owned(),
        false => (0..7)
            .filter(|_| dice.chance(50))
            .map(|day: u8| day.to_string())
            .collect::<Vec<_>>()
            .join(","),
    };
    let day = match day.is_empty() {
        true => "*".to_owned(),
        false => day,
    };
    Some(json!([{ "actw": [format!("* * {hours} * * {day} *")] }]))
}

fn members(members: &[(&str, Value)]) -> Map<String, Value> {
    members
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}
