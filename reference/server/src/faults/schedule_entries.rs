//! Which texts are schedule entries (TS-0004 V3.32.0, 7.4.9.1).

use onem2m_access::Policy;
use serde_json::Value;

use super::{Fault, rewrite};
use crate::receive;
use crate::refusal::Refusal;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "ScheduleOfSixFieldsExpected",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "an entry has six fields, and one with a year is refused",
        apply: |clauses| clauses.policy = six_fields,
    },
    Fault {
        name: "ScheduleMissingFieldsAreAny",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "fields that are missing at the end count as asterisks",
        apply: |clauses| clauses.policy = |policy| with_fields(policy, filled_up),
    },
    Fault {
        name: "ScheduleValuesOutOfRangeAreAny",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "a number outside its field is dropped, which leaves an asterisk",
        apply: |clauses| {
            clauses.policy = |policy| with_fields(policy, |fields| each(fields, out_of_range))
        },
    },
    Fault {
        name: "ScheduleUnreadableFieldsAreAny",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "a field that cannot be read is skipped, which leaves an asterisk",
        apply: |clauses| {
            clauses.policy =
                |policy| with_fields(policy, |fields| each(&filled_up(fields), unreadable))
        },
    },
    Fault {
        name: "ScheduleIntervalZeroIsAny",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "an interval of 0 is taken and read as 1",
        apply: |clauses| {
            clauses.policy = |policy| with_fields(policy, |fields| each(fields, interval_of_zero))
        },
    },
];

/// The values of each field.
const VALUES: [(u32, u32); 7] = [
    (0, 59),
    (0, 59),
    (0, 23),
    (1, 31),
    (1, 12),
    (0, 6),
    (2000, 9999),
];

fn six_fields(policy: &Value) -> Result<Policy, Refusal> {
    let read = receive::policy(policy)?;
    let has_windows = read
        .rules
        .iter()
        .flat_map(|rule| &rule.contexts)
        .any(|context| !context.windows.is_empty());
    match has_windows {
        true => Err(Refusal::bad_request("actw: expected six fields, got seven")),
        false => Ok(read),
    }
}

fn with_fields(
    policy: &Value,
    change: impl Fn(&[String]) -> Vec<String>,
) -> Result<Policy, Refusal> {
    let rewritten = rewrite::windows(policy, |entry| {
        let fields: Vec<String> = entry.split_whitespace().map(str::to_owned).collect();
        change(&fields).join(" ")
    });
    receive::policy(&rewritten)
}

fn filled_up(fields: &[String]) -> Vec<String> {
    let missing = VALUES.len().saturating_sub(fields.len());
    let filling = std::iter::repeat_n("*".to_owned(), missing);
    fields.iter().cloned().chain(filling).collect()
}

fn each(fields: &[String], is_dropped: fn(&str, (u32, u32)) -> bool) -> Vec<String> {
    fields
        .iter()
        .zip(VALUES)
        .map(|(field, values)| {
            if is_dropped(field, values) {
                "*".to_owned()
            } else {
                field.clone()
            }
        })
        .collect()
}

fn out_of_range(field: &str, (lowest, highest): (u32, u32)) -> bool {
    field
        .parse()
        .is_ok_and(|number: u32| !(lowest..=highest).contains(&number))
}

fn unreadable(field: &str, _: (u32, u32)) -> bool {
    field.contains(|character: char| {
        !character.is_ascii_digit() && !matches!(character, '*' | ',' | '-' | '/')
    })
}

fn interval_of_zero(field: &str, _: (u32, u32)) -> bool {
    field.ends_with("/0")
}
