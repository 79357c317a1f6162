//! Windows of `accessControlWindow` (TS-0004 V3.32.0, 7.4.9.1), built on the IUT's own clock.
//!
//! A window that names the current hour would turn if the hour ended between two steps: such a
//! window asks to wait for the boundary first.

use std::time::Duration;
use time::{Month, OffsetDateTime};

/// How close a boundary of a named field may be.
const MARGIN: Duration = Duration::from_secs(20);

/// A window, or the wait after which it can be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// Seven fields.
    Fields(String),
    /// A boundary is too close; try again after this time.
    TooClose(Duration),
}

/// Builds a window from its template. `start` is when the scenario began, `now` the present.
pub fn build(template: &str, start: OffsetDateTime, now: OffsetDateTime) -> Result<Window, String> {
    if let Some(name) = template.strip_prefix('@') {
        return named(name, start, now);
    }
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, tail)) = rest.split_once('{') {
        let (expression, after) = tail
            .split_once('}')
            .ok_or_else(|| format!("expected a closing brace in window {template:?}"))?;
        filled.push_str(before);
        let (field, offset) = field_and_offset(expression)?;
        if offset == Offset::Minutes(0) && remaining(field, now) < MARGIN {
            return Ok(Window::TooClose(
                remaining(field, now) + Duration::from_secs(1),
            ));
        }
        filled.push_str(&field.with(offset, now));
        rest = after;
    }
    filled.push_str(rest);
    Ok(Window::Fields(filled))
}

fn named(name: &str, start: OffsetDateTime, now: OffsetDateTime) -> Result<Window, String> {
    let fields = match name {
        "open-until-6" => format!("{} * * * * * *", seconds(start, 0..=6)),
        "open-from-6" => format!("{} * * * * * *", seconds(start, 6..=16)),
        "range-below" => return Ok(ended_with_last_minute(now)),
        "on-multiple" => {
            return Ok(stepped(now, |value| {
                (value >= 2).then(|| format!("*/{value}"))
            }));
        }
        "between-multiples" => {
            return Ok(stepped(now, |value| {
                (value >= 2).then(|| format!("*/{}", value + 1))
            }));
        }
        "step-from-lower-bound" => {
            return Ok(stepped(now, |value| {
                (value >= 2).then(|| format!("1-23/{value}"))
            }));
        }
        other => return Err(format!("unknown window @{other}")),
    };
    Ok(Window::Fields(fields))
}

/// A range of minutes whose last is the one before the present: what stays open a little too long is
/// open still. The first minute of an hour has none before it.
fn ended_with_last_minute(now: OffsetDateTime) -> Window {
    let hour = remaining(Field::Hour, now);
    match now.minute().checked_sub(1) {
        Some(last) if hour >= MARGIN => Window::Fields(format!("* 0-{last} * * * * *")),
        Some(_) => Window::TooClose(hour + Duration::from_secs(61)),
        None => Window::TooClose(remaining(Field::Minute, now) + Duration::from_secs(1)),
    }
}

/// A pattern on the hour, or on the minute when the hour does not allow it. Steps and bounds that
/// fit an hour fit a minute too.
fn stepped(now: OffsetDateTime, pattern: impl Fn(u8) -> Option<String>) -> Window {
    let hour = pattern(now.hour()).filter(|_| remaining(Field::Hour, now) >= MARGIN);
    if let Some(hour) = hour {
        return Window::Fields(format!("* * {hour} * * * *"));
    }
    let minute = pattern(now.minute()).filter(|_| remaining(Field::Minute, now) >= MARGIN);
    match minute {
        Some(minute) => Window::Fields(format!("* {} * * * * *", minute.replace("1-23/", "1-59/"))),
        None => Window::TooClose(remaining(Field::Minute, now) + Duration::from_secs(1)),
    }
}

/// A list of the seconds of the minute that lie so many seconds after an instant.
fn seconds(start: OffsetDateTime, after: std::ops::RangeInclusive<u8>) -> String {
    let second = |after: u8| (start.second() + after) % 60;
    let list: Vec<String> = after.map(|after| second(after).to_string()).collect();
    list.join(",")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Second,
    Minute,
    Hour,
    DayOfMonth,
    Month,
    DayOfWeek,
    Year,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offset {
    Minutes(i32),
    Around,
}

fn field_and_offset(expression: &str) -> Result<(Field, Offset), String> {
    let split = expression.find(['+', '-', ':']).unwrap_or(expression.len());
    let (name, offset) = expression.split_at(split);
    let field = match name {
        "SS" => Field::Second,
        "MM" => Field::Minute,
        "HH" => Field::Hour,
        "DOM" => Field::DayOfMonth,
        "MON" => Field::Month,
        "DOW" => Field::DayOfWeek,
        "YYYY" => Field::Year,
        other => return Err(format!("unknown field {other:?} of a window")),
    };
    let offset = match offset {
        "" => Offset::Minutes(0),
        ":around" => Offset::Around,
        number => Offset::Minutes(
            number
                .parse()
                .map_err(|_| format!("expected an offset, got {number:?}"))?,
        ),
    };
    Ok((field, offset))
}

impl Field {
    fn with(self, offset: Offset, now: OffsetDateTime) -> String {
        let (value, first, last) = self.value_and_range(now);
        match offset {
            Offset::Around => {
                format!("{}-{}", (value - 5).max(first), (value + 5).min(last))
            }
            Offset::Minutes(offset) => {
                let size = last - first + 1;
                ((value - first + offset).rem_euclid(size) + first).to_string()
            }
        }
    }

    /// Days of the month wrap at 28, which every month has.
    fn value_and_range(self, now: OffsetDateTime) -> (i32, i32, i32) {
        match self {
            Self::Second => (now.second().into(), 0, 59),
            Self::Minute => (now.minute().into(), 0, 59),
            Self::Hour => (now.hour().into(), 0, 23),
            Self::DayOfMonth => (now.day().into(), 1, i32::from(now.day()).max(28)),
            Self::Month => (u8::from(now.month()).into(), 1, 12),
            Self::DayOfWeek => (now.weekday().number_days_from_sunday().into(), 0, 6),
            Self::Year => (now.year(), 2000, 9999),
        }
    }
}

/// The time until a field changes.
fn remaining(field: Field, now: OffsetDateTime) -> Duration {
    let in_minute = u64::from(60 - now.second().min(59));
    let in_hour = in_minute + 60 * u64::from(59 - now.minute());
    let in_day = in_hour + 3600 * u64::from(23 - now.hour());
    let last_of_month = now.month().length(now.year());
    let seconds = match field {
        Field::Second => 1,
        Field::Minute => in_minute,
        Field::Hour => in_hour,
        Field::DayOfMonth | Field::DayOfWeek => in_day,
        Field::Month => in_day + 86_400 * u64::from(last_of_month - now.day()),
        Field::Year if now.month() == Month::December => {
            in_day + 86_400 * u64::from(last_of_month - now.day())
        }
        Field::Year => u64::MAX / 2,
    };
    Duration::from_secs(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const THURSDAY: OffsetDateTime = datetime!(2025-11-20 13:27:30 UTC);

    fn fields(template: &str, now: OffsetDateTime) -> String {
        match build(template, now, now).unwrap() {
            Window::Fields(fields) => fields,
            Window::TooClose(wait) => panic!("too close, wait {wait:?}"),
        }
    }

    #[test]
    fn fields_wrap_inside_their_range() {
        assert_eq!(
            fields("* {MM+30} {HH+12} * * * *", THURSDAY),
            "* 57 1 * * * *"
        );
        assert_eq!(
            fields("* * * {DOM+9} {MON+5} {DOW+6} {YYYY-1}", THURSDAY),
            "* * * 1 4 3 2024"
        );
        assert_eq!(
            fields("* {MM:around} * * * * *", THURSDAY),
            "* 22-32 * * * * *"
        );
    }

    #[test]
    fn a_named_hour_waits_for_a_close_boundary() {
        let late = datetime!(2025-11-20 13:59:50 UTC);
        let window = build("* * {HH} * * * *", late, late).unwrap();
        assert_eq!(window, Window::TooClose(Duration::from_secs(11)));
        assert_eq!(fields("* * {HH+12} * * * *", late), "* * 1 * * * *");
    }

    #[test]
    fn steps_fit_the_present() {
        assert_eq!(fields("@on-multiple", THURSDAY), "* * */13 * * * *");
        assert_eq!(fields("@between-multiples", THURSDAY), "* * */14 * * * *");
        assert_eq!(
            fields("@step-from-lower-bound", THURSDAY),
            "* * 1-23/13 * * * *"
        );
        let midnight = datetime!(2025-11-20 00:27:30 UTC);
        assert_eq!(fields("@on-multiple", midnight), "* */27 * * * * *");
        assert_eq!(
            fields("@step-from-lower-bound", midnight),
            "* 1-59/27 * * * * *"
        );
    }

    #[test]
    fn a_range_below_ends_with_the_minute_before() {
        assert_eq!(fields("@range-below", THURSDAY), "* 0-26 * * * * *");
        let full = datetime!(2025-11-20 13:00:30 UTC);
        let wait = Window::TooClose(Duration::from_secs(31));
        assert_eq!(build("@range-below", full, full), Ok(wait));
        let last = datetime!(2025-11-20 13:59:50 UTC);
        let wait = Window::TooClose(Duration::from_secs(71));
        assert_eq!(build("@range-below", last, last), Ok(wait));
    }

    #[test]
    fn seconds_wrap_at_the_minute() {
        let late = datetime!(2025-11-20 13:27:57 UTC);
        assert_eq!(
            fields("@open-until-6", late),
            "57,58,59,0,1,2,3 * * * * * *"
        );
    }
}
