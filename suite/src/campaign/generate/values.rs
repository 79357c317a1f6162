//! Values at boundaries, valid and not.

use super::dice::Dice;
use serde_json::{Value, json};

/// Lengths around those that implementations count in.
const LENGTHS: [usize; 24] = [
    0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 1000, 1023,
    1025,
];

/// How many elements lists have.
const COUNTS: [usize; 14] = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33];

/// A length.
pub fn length(dice: &mut Dice) -> usize {
    match dice.chance(50) {
        true => dice.one(&LENGTHS, 1),
        false => dice.below(70),
    }
}

/// How many elements a list has.
pub fn count(dice: &mut Dice) -> usize {
    match dice.chance(70) {
        true => dice.below(4),
        false => dice.one(&COUNTS, 1),
    }
}

/// A text of one kind of characters.
pub fn text(dice: &mut Dice) -> String {
    let length = length(dice);
    let alphabet: &[&str] = dice.one(
        &[
            &["a"][..],
            &["Z", "9", "-", "."],
            &["ä"],
            &["漢", "字"],
            &["😀"],
            &["\u{202e}", "x"],
            &["\u{0}"],
            &["\n", "\t", " "],
            &["\"", "\\", "/"],
            &["%", "2", "F"],
            &["'", ";", "-", "<"],
        ],
        &["a"],
    );
    (0..length)
        .map(|position| {
            let turn = position % alphabet.len().max(1);
            alphabet.get(turn).copied().unwrap_or("a")
        })
        .collect()
}

/// Whether a text is one that a label may be: one word of a list of xs:token (m2m:labels, TS-0004 V3.32.0, Table 6.3.3-1).
pub fn is_token(text: &str) -> bool {
    let is_part = |letter: char| !letter.is_whitespace() && !letter.is_control();
    !text.is_empty() && text.chars().all(is_part)
}

/// A text that a label may be.
fn token(dice: &mut Dice) -> String {
    let drawn = text(dice);
    match is_token(&drawn) {
        true => drawn,
        false => "a".to_owned(),
    }
}

/// A name that a resource may have (m2m:resourceName, TS-0004 V3.32.0, Table 6.3.3-1).
pub fn name(dice: &mut Dice) -> String {
    let length = length(dice).clamp(1, 129);
    let letters = ["a", "Z", "0", "-", ".", "_", "~"];
    (0..length)
        .map(|_| dice.one(&letters, "a"))
        .collect::<String>()
}

/// Labels with the canary of a slot among others, seldom with some that none can be.
pub fn labels(dice: &mut Dice, slot: &str) -> Value {
    let number = count(dice);
    let is_odd = dice.chance(10);
    let mut labels: Vec<String> = (0..number)
        .map(|position| match (number > 4, is_odd) {
            (true, _) => format!("label{position}"),
            (false, true) => text(dice),
            (false, false) => token(dice),
        })
        .collect();
    labels.dedup();
    let position = dice.below(labels.len() + 1);
    labels.insert(position, format!("{{{slot}:canary}}"));
    json!(labels)
}

/// A value of any type of JSON.
pub fn anything(dice: &mut Dice) -> Value {
    match dice.below(12) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(dice.one(&[0_i64, 1, -1, 2, 63, 64, 255, 256, 65535, 65536], 0)),
        3 => json!(i64::MAX),
        4 => json!(u64::MAX),
        5 => json!(i64::MIN),
        6 => json!(1.5e300),
        7 => json!([]),
        8 => json!({}),
        9 => nested(dice),
        10 => json!(vec![text(dice); dice.one(&COUNTS, 1)]),
        _ => json!(text(dice)),
    }
}

/// A value in a value in a value.
pub fn nested(dice: &mut Dice) -> Value {
    let depth = dice.one(&[1, 2, 3, 8, 16, 31, 32, 33, 63, 64, 65, 100, 120], 3);
    let is_list = dice.chance(50);
    (0..depth).fold(json!("x"), |inner, _| match is_list {
        true => json!([inner]),
        false => json!({ "a": inner }),
    })
}
