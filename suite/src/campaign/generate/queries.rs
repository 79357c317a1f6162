//! Retrieves in all their ways: direct, through the parent, through a discovery, through a group.

use super::dice::Dice;
use super::values;
use crate::campaign::step::{Step, Worth};

/// Gives a Retrieve parameters.
pub fn query(dice: &mut Dice, step: &mut Step, label: &str) {
    match dice.below(12) {
        0..=3 => {}
        4 => add(step, "rcn", "1"),
        5..=7 => {
            let content = dice.one(&["4", "5", "6", "8"], "4");
            add(step, "rcn", content);
            narrow(dice, step);
        }
        8..=10 => discovery(dice, step, label),
        _ => {
            let names = dice.one(&["lbl", "acpi", "ct", "pv", "ri"], "lbl");
            add(step, "atrl", names);
            step.worth = Worth::Open;
        }
    }
}

/// Makes it a discovery.
pub fn discovery(dice: &mut Dice, step: &mut Step, label: &str) {
    add(step, "fu", "1");
    match dice.below(6) {
        0 | 1 => {}
        2 => add(step, "ty", dice.one(&["1", "2", "3", "4", "9"], "3")),
        3 => add(step, "lbl", label),
        4 => add(step, "drt", dice.one(&["1", "2"], "1")),
        _ => narrow(dice, step),
    }
}

fn narrow(dice: &mut Dice, step: &mut Step) {
    if dice.chance(40) {
        let number = dice.one(&[0, 1, 2, 3, 5, 7, 8, 9, 16, 17, 100], 1);
        add(step, "lim", &number.to_string());
        if number == 0 {
            step.worth = Worth::Open;
        }
    }
    if dice.chance(30) {
        let number = dice.one(&[1, 2, 3, 5, 7], 1);
        add(step, "lvl", &number.to_string());
    }
    if dice.chance(20) {
        let number = dice.one(&[1, 2, 3, 9, 100], 1);
        add(step, "ofst", &number.to_string());
    }
}

/// Parameters whose values nobody expects.
pub fn odd(dice: &mut Dice, step: &mut Step) {
    let names = [
        "rcn", "lim", "lvl", "ofst", "fu", "ty", "lbl", "crb", "cra", "ms", "us", "sts", "stb",
        "exb", "exa", "sza", "szb", "cty", "fo", "drt", "rt", "rp", "ec", "da", "zz",
    ];
    let name = dice.one(&names, "lim");
    let value = match dice.below(8) {
        0 => String::new(),
        1 => "-1".to_owned(),
        2 => "0".to_owned(),
        3 => dice
            .one(
                &[
                    "4294967295",
                    "4294967296",
                    "18446744073709551616",
                    "99999999999999999999999",
                ],
                "4294967296",
            )
            .to_owned(),
        4 => "1+2+3".to_owned(),
        5 => "20010101T000000".to_owned(),
        6 => values::text(dice).chars().take(300).collect(),
        _ => "true".to_owned(),
    };
    let times = match dice.chance(30) {
        true => dice.one(&[2, 3, 8, 9, 17], 2),
        false => 1,
    };
    for _ in 0..times {
        add(step, name, &value);
    }
    step.worth = Worth::Open;
}

/// The same value once more, as lists are written that have several (TS-0009 V3.9.1, 6.2.2.2).
pub fn repeated(dice: &mut Dice, step: &mut Step, label: &str) {
    add(step, "fu", "1");
    for _ in 0..dice.one(&[2, 3, 4, 7, 8], 2) {
        match dice.chance(50) {
            true => add(step, "ty", "3"),
            false => add(step, "lbl", label),
        }
    }
    step.worth = Worth::Open;
}

fn add(step: &mut Step, name: &str, value: &str) {
    step.parameters.push((name.to_owned(), value.to_owned()));
}
