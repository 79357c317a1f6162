use time::{OffsetDateTime, UtcOffset};

use crate::Clauses;

/// The lowest and highest value of each field (TS-0004 V3.32.0, Table 7.4.9.1-4).
const BOUNDS: [(u16, u16); 7] = [
    (0, 59),
    (0, 59),
    (0, 23),
    (1, 31),
    (1, 12),
    (0, 6),
    (2000, 9999),
];
/// The most digits that a number of an entry needs.
const DIGITS: usize = 4;

/// An m2m:scheduleEntry: recurring moments, as seven fields that all have to hold (TS-0004 V3.32.0, 7.4.9.1).
///
/// The text does not say how day of month and day of week combine; as for every other field, both have to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Second, minute, hour, day of month, month, day of week, year.
    pub fields: [Field; 7],
}

/// One field of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// `*`: every valid value. In a year that is none, no window is open.
    Any {
        /// The lowest valid value of the field.
        lowest: u16,
        /// The highest valid value of the field.
        highest: u16,
    },
    /// `*/2`: every valid value that is a number of intervals above the lowest.
    AnyStepped {
        /// The lowest valid value of the field.
        lowest: u16,
        /// The highest valid value of the field.
        highest: u16,
        /// The interval, at least 1.
        interval: u16,
    },
    /// Elements parted by commas, of which one has to hold.
    List(Vec<Element>),
}

/// One element of a field. The first number of a range is not above the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// `5`.
    Number(u16),
    /// `1-5`.
    Range {
        /// The first value.
        first: u16,
        /// The last value.
        last: u16,
    },
    /// `1-59/2`: the first value of the range and every interval above it.
    Stepped {
        /// The first value.
        first: u16,
        /// The last value.
        last: u16,
        /// The interval, at least 1.
        interval: u16,
    },
}

/// A moment by the fields of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CivilTime {
    /// Second, minute, hour, day of month, month (January 1), day of week (Sunday 0), year.
    pub fields: [u16; 7],
}

impl Window {
    /// Reads seven fields parted by one blank each; `None` for anything else.
    ///
    /// A range that descends has no reading in the text and is refused with the rest.
    pub fn parse(text: &str) -> Option<Self> {
        let mut written = text.split(' ');
        let fields = BOUNDS.map(|bounds| written.next().and_then(|text| parse_field(text, bounds)));
        let [
            Some(second),
            Some(minute),
            Some(hour),
            Some(day),
            Some(month),
            Some(weekday),
            Some(year),
        ] = fields
        else {
            return None;
        };
        let fields = [second, minute, hour, day, month, weekday, year];
        written.next().is_none().then_some(Self { fields })
    }
}

/// res_time of TS-0003 V3.18.0, 7.1.5: one of the windows holds, or there is none.
pub(crate) fn windows(clauses: &Clauses, windows: &[Window], time: OffsetDateTime) -> bool {
    let moment = (clauses.civil_time)(time);
    windows.is_empty()
        || windows
            .iter()
            .any(|window| (clauses.window)(clauses, window, &moment))
}

/// The fields of a moment in UTC (TS-0004 V3.32.0, 7.4.9.1).
pub(crate) fn civil_time(time: OffsetDateTime) -> CivilTime {
    let time = time.to_offset(UtcOffset::UTC);
    CivilTime {
        fields: [
            time.second().into(),
            time.minute().into(),
            time.hour().into(),
            time.day().into(),
            u8::from(time.month()).into(),
            time.weekday().number_days_from_sunday().into(),
            // No window is open before the year 2000, so that years before 0 need no value of their own.
            u16::try_from(time.year()).unwrap_or(0),
        ],
    }
}

/// All seven fields hold.
pub(crate) fn window(clauses: &Clauses, window: &Window, moment: &CivilTime) -> bool {
    window
        .fields
        .iter()
        .zip(moment.fields)
        .all(|(field, value)| (clauses.field)(clauses, field, value))
}

/// The field is open for every valid value or for those on its steps, or one of its elements holds.
pub(crate) fn field(clauses: &Clauses, field: &Field, value: u16) -> bool {
    match field {
        Field::Any { lowest, highest } => (lowest..=highest).contains(&&value),
        Field::AnyStepped {
            lowest,
            highest,
            interval,
        } => value <= *highest && is_step(value, *lowest, *interval),
        Field::List(elements) => elements
            .iter()
            .any(|element| (clauses.element)(element, value)),
    }
}

/// The value is the number, lies in the range, or lies in the range on one of its steps.
pub(crate) fn element(element: &Element, value: u16) -> bool {
    match *element {
        Element::Number(number) => value == number,
        Element::Range { first, last } => (first..=last).contains(&value),
        Element::Stepped {
            first,
            last,
            interval,
        } => value <= last && is_step(value, first, interval),
    }
}

fn is_step(value: u16, first: u16, interval: u16) -> bool {
    value
        .checked_sub(first)
        .and_then(|above| above.checked_rem(interval))
        == Some(0)
}

fn parse_field(text: &str, bounds: (u16, u16)) -> Option<Field> {
    let (lowest, highest) = bounds;
    if text == "*" {
        return Some(Field::Any { lowest, highest });
    }
    if let Some(interval) = text.strip_prefix("*/") {
        let interval = parse_interval(interval)?;
        return Some(Field::AnyStepped {
            lowest,
            highest,
            interval,
        });
    }
    let elements = text
        .split(',')
        .map(|element| parse_element(element, bounds));
    elements.collect::<Option<_>>().map(Field::List)
}

fn parse_element(text: &str, bounds: (u16, u16)) -> Option<Element> {
    let value =
        |text: &str| parse_number(text).filter(|number| (bounds.0..=bounds.1).contains(number));
    let Some((first, rest)) = text.split_once('-') else {
        return value(text).map(Element::Number);
    };
    let (last, interval) = match rest.split_once('/') {
        None => (rest, None),
        Some((last, interval)) => (last, Some(parse_interval(interval)?)),
    };
    let (first, last) = (value(first)?, value(last)?);
    if first > last {
        return None;
    }
    Some(match interval {
        None => Element::Range { first, last },
        Some(interval) => Element::Stepped {
            first,
            last,
            interval,
        },
    })
}

fn parse_interval(text: &str) -> Option<u16> {
    parse_number(text).filter(|interval| *interval > 0)
}

fn parse_number(text: &str) -> Option<u16> {
    let is_number = text.len() <= DIGITS && text.bytes().all(|octet| octet.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::{Window, windows};
    use crate::Clauses;

    /// 2025-11-20 is a Thursday.
    fn is_open(entry: &str) -> bool {
        let entry = Window::parse(entry).unwrap();
        windows(
            &Clauses::SPECIFICATION,
            &[entry],
            datetime!(2025-11-20 13:27:30 UTC),
        )
    }

    #[test]
    fn worked_examples_of_each_form_hold() {
        for entry in [
            "* * * * * * *",
            "30 27 13 20 11 4 2025",
            "* * 13 * * * *",
            "* 22-32 13 * * * *",
            "* 1-59/2 * * * * *",
            "*/30 * * * * * *",
            "* * 1,13,20 * * * *",
            "* * 0-3,12-14 * * * *",
            "* * * * * */2 *",
            "* * * * */10 * *",
            "* * 08-013/5 * * * *",
        ] {
            assert!(is_open(entry), "{entry}");
        }
    }

    #[test]
    fn one_field_that_does_not_hold_closes_the_window() {
        for entry in [
            "31 * * * * * *",
            "* 26 * * * * *",
            "* * 14 * * * *",
            "* * * 21 * * *",
            "* * * * 12 * *",
            "* * * * * 3 *",
            "* * * * * * 2024",
            "* * * 20 * 5 *",
            "* * * 19 * 4 *",
            "* 37-41 13 * * * *",
            "* */2 * * * * *",
            "* 0-58/2 * * * * *",
            "* 28-59/1 * * * * *",
        ] {
            assert!(!is_open(entry), "{entry}");
        }
    }

    #[test]
    fn step_counts_from_the_lowest_value_of_the_field_or_range() {
        assert!(is_open("* * * * */5 * *"), "1, 6, 11");
        assert!(!is_open("* * * */5 * * *"), "1, 6, 11, 16, 21");
        assert!(is_open("* 27-30/100 * * * * *"));
    }

    #[test]
    fn time_is_compared_in_utc() {
        let entry = [Window::parse("* * 13 20 * * *").unwrap()];
        assert!(windows(
            &Clauses::SPECIFICATION,
            &entry,
            datetime!(2025-11-21 00:27:30 +11)
        ));
        assert!(!windows(
            &Clauses::SPECIFICATION,
            &entry,
            datetime!(2025-11-20 13:27:30 +2)
        ));
    }

    #[test]
    fn no_window_is_open_in_a_year_that_is_no_valid_value() {
        for entry in ["* * * * * * *", "* * * * * * */1"] {
            let entry = [Window::parse(entry).unwrap()];
            assert!(!windows(
                &Clauses::SPECIFICATION,
                &entry,
                datetime!(1999-12-31 23:59:59 UTC)
            ));
            assert!(windows(
                &Clauses::SPECIFICATION,
                &entry,
                datetime!(2000-01-01 00:00:00 UTC)
            ));
        }
    }

    #[test]
    fn malformed_entries_are_none() {
        for entry in [
            "",
            "*",
            "* * * * * *",
            "* * * * *",
            "* * * * * * * *",
            "*  * * * * * *",
            " * * * * * * *",
            "* * * * * * * ",
            "60 * * * * * *",
            "* 60 * * * * *",
            "* * 24 * * * *",
            "* * * 0 * * *",
            "* * * 32 * * *",
            "* * * * 0 * *",
            "* * * * 13 * *",
            "* * * * * 7 *",
            "* * * * * * 1999",
            "* * * * * * 10000",
            "* * 5-2 * * * *",
            "* * */0 * * * *",
            "* * 1-5/0 * * * *",
            "* * MON * * * *",
            "* * -1 * * * *",
            "* * +1 * * * *",
            "* * 1, * * * *",
            "* * ,1 * * * *",
            "* * 1- * * * *",
            "* * 1-2-3 * * * *",
            "* * 5/2 * * * *",
            "* * *,5 * * * *",
            "* * */2,5 * * * *",
            "* * */ * * * *",
            "* * 1-5/ * * * *",
            "* * 1-5/2/2 * * * *",
            "* * */-1 * * * *",
            "* * 1.5 * * * *",
            "* * ? * * * *",
            "* * L * * * *",
            "* *\t* * * * *",
            "* * ١ * * * *",
            "* * 00001 * * * *",
        ] {
            assert_eq!(Window::parse(entry), None, "{entry}");
        }
    }
}
