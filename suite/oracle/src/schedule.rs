use serde_json::Value;

use crate::decision::Known;
use crate::readings::Readings;

/// Name, first and last value of the seven fields (TS-0004, Table 7.4.9.1-4).
const FIELDS: [(&str, u16, u16); 7] = [
    ("second", 0, 59),
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of the month", 1, 31),
    ("month", 1, 12),
    ("day of the week", 0, 6),
    ("year", 2000, 9999),
];

/// Whether one of the entries covers a time, written as `2025-11-20T13:27:30Z`.
pub fn covers(entries: &Value, time: &str, readings: &Readings) -> Known {
    let values = fields_of(time)?;
    let mut covered = false;
    for entry in entries.as_array().filter(|entries| !entries.is_empty())? {
        covered |= entry_covers(entry.as_str()?, &values, readings)?;
    }
    Some(covered)
}

fn entry_covers(entry: &str, values: &[u16; 7], readings: &Readings) -> Known {
    let fields: Vec<&str> = entry.split(' ').collect();
    if fields.len() != FIELDS.len() {
        return None;
    }
    let mut missed = Vec::new();
    for ((text, value), (name, first, last)) in fields.iter().zip(values).zip(FIELDS) {
        let parts = expand(text, first, last)?;
        if !parts.into_iter().flatten().any(|listed| listed == *value) {
            missed.push(name);
        }
    }
    // Classic cron: the day is right if one of two restricted fields is.
    let is_restricted = |index: usize| fields.get(index).is_some_and(|text| *text != "*");
    let one_day_missed = matches!(missed.as_slice(), [only] if only.starts_with("day"));
    let excused = readings.classic_days && is_restricted(3) && is_restricted(5) && one_day_missed;
    Some(missed.is_empty() || excused)
}

type Values = std::iter::StepBy<std::ops::RangeInclusive<u16>>;

/// All the values that a field lists, element by element.
fn expand(text: &str, first: u16, last: u16) -> Option<Vec<Values>> {
    if text == "*" || text.starts_with("*/") {
        let text = text.replacen('*', &format!("{first}-{last}"), 1);
        return Some(vec![expand_element(&text, first, last)?]);
    }
    text.split(',')
        .map(|element| expand_element(element, first, last))
        .collect()
}

fn expand_element(text: &str, first: u16, last: u16) -> Option<Values> {
    let (span, step) = text
        .split_once('/')
        .map_or((text, None), |(span, step)| (span, Some(step)));
    let (from, to) = match span.split_once('-') {
        Some((from, to)) => (number(from)?, number(to)?),
        // A step belongs to a range; behind a single number it has no meaning.
        None if step.is_some() => return None,
        None => (number(span)?, number(span)?),
    };
    let step = step.map_or(Some(1), number).filter(|step| *step != 0)?;
    let is_within = first <= from && from <= to && to <= last;
    is_within.then(|| (from..=to).step_by(step.into()))
}

fn number(text: &str) -> Option<u16> {
    if text.is_empty() || text.len() > 4 {
        return None;
    }
    text.chars().try_fold(0_u16, |sum, digit| {
        Some(sum * 10 + u16::try_from(digit.to_digit(10)?).ok()?)
    })
}

/// The values of a time in the order of the fields.
fn fields_of(time: &str) -> Option<[u16; 7]> {
    let part = |from: usize, to: usize| number(time.get(from..to)?);
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    Some([
        part(17, 19)?,
        part(14, 16)?,
        part(11, 13)?,
        day,
        month,
        day_of_week(year, month, day)?,
        year,
    ])
}

/// Counts the days since 1 January of the year 1, which was a Monday in the Gregorian calendar.
fn day_of_week(year: u16, month: u16, day: u16) -> Option<u16> {
    let is_leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    let february = if is_leap { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let past = u32::from(year).checked_sub(1)?;
    let days_before = past * 365 + past / 4 - past / 100 + past / 400;
    let months_before = usize::from(month).checked_sub(1)?;
    let in_year: u32 = lengths.iter().take(months_before).sum::<u32>() + u32::from(day);
    u16::try_from((days_before + in_year) % 7).ok()
}
