//! When a window is open (TS-0004 V3.32.0, 7.4.9.1) and what the time of a request is (TS-0003 V3.18.0, 7.1.2).

use onem2m_access::{CivilTime, Clauses as Access, Element, Field, Window};
use onem2m_primitive::Request;
use time::{Duration, OffsetDateTime};

use super::Fault;
use crate::resource::parse_timestamp;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "AcpIgnoresWindow",
        requirement: "TS-0003/7.1.3/8",
        summary: "accessControlWindow is stored and never evaluated",
        apply: |clauses| clauses.access.windows = |_, _, _| true,
    },
    Fault {
        name: "WindowFieldsAlternatives",
        requirement: "TS-0003/7.1.3/8",
        summary: "a window is open as soon as one of its fields matches",
        apply: |clauses| {
            clauses.access.window = |clauses, window, moment| some(clauses, window, moment, 0..7)
        },
    },
    Fault {
        name: "WindowOfHoursOnly",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "minutes and seconds of a window are ignored",
        apply: |clauses| {
            clauses.access.window = |clauses, window, moment| every(clauses, window, moment, 2..7)
        },
    },
    Fault {
        name: "WindowWithoutCalendar",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "day of month, month and day of week of a window are ignored",
        apply: |clauses| {
            clauses.access.window = |clauses, window, moment| {
                every(clauses, window, moment, 0..3) && every(clauses, window, moment, 6..7)
            };
        },
    },
    Fault {
        name: "WindowWithoutYear",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "the year of a window is ignored, as classic cron has none",
        apply: |clauses| {
            clauses.access.window = |clauses, window, moment| every(clauses, window, moment, 0..6)
        },
    },
    Fault {
        name: "WindowDayOfMonthOrWeek",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "of day of month and day of week one suffices, as in classic cron",
        apply: |clauses| {
            clauses.access.window = |clauses, window, moment| {
                every(clauses, window, moment, 0..3)
                    && every(clauses, window, moment, 4..5)
                    && every(clauses, window, moment, 6..7)
                    && (every(clauses, window, moment, 3..4)
                        || every(clauses, window, moment, 5..6))
            };
        },
    },
    Fault {
        name: "WindowInLocalTime",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "windows are read in the time zone of the host, nine hours ahead",
        apply: |clauses| clauses.access.civil_time = |time| civil(time + Duration::hours(9)),
    },
    Fault {
        name: "WindowMonthsFromZero",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "January is month 0",
        apply: |clauses| {
            clauses.access.civil_time = |time| with(time, 4, |month| month.saturating_sub(1))
        },
    },
    Fault {
        name: "WindowWeekFromMonday",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "Monday is day of week 0",
        apply: |clauses| clauses.access.civil_time = |time| with(time, 5, |day| (day + 6) % 7),
    },
    Fault {
        name: "WindowRangeWithoutEnd",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "of a range only the lower bound is looked at",
        apply: |clauses| clauses.access.element = without_end,
    },
    Fault {
        name: "WindowRangeAsNumber",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "a range stands for its first number",
        apply: |clauses| clauses.access.element = as_number,
    },
    Fault {
        name: "WindowListFirstOnly",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "of a list of values only the first is looked at",
        apply: |clauses| clauses.access.field = first_element,
    },
    Fault {
        name: "WindowStepIgnored",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "an interval behind an asterisk or a range is ignored",
        apply: |clauses| clauses.access.field = without_step,
    },
    Fault {
        name: "WindowStepFromZero",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "the steps of a range are counted from 0 instead of its lower bound",
        apply: |clauses| clauses.access.element = step_from_zero,
    },
    Fault {
        name: "WindowsAllRequired",
        requirement: "TS-0003/7.1.3/8",
        summary: "all windows of a list have to be open at once",
        apply: |clauses| clauses.access.windows = all_windows,
    },
    Fault {
        name: "WindowClosesLate",
        requirement: "TS-0003/7.1.3/8",
        summary: "a window stays open for a minute behind its end",
        apply: |clauses| clauses.access.windows = closes_late,
    },
    Fault {
        name: "RequestTimeFromOriginator",
        requirement: "TS-0003/7.1.2/1",
        summary: "the Originating Timestamp is taken for the time of the request",
        apply: |clauses| clauses.request_time = from_originator,
    },
    Fault {
        name: "RequestTimeFromExecution",
        requirement: "TS-0003/7.1.2/1",
        summary: "the Operation Execution Time is taken for the time of the request",
        apply: |clauses| clauses.request_time = from_execution,
    },
    Fault {
        name: "RequestTimeStandsStill",
        requirement: "TS-0003/7.1.2/1",
        summary: "the time of the start-up is taken for the time of every request",
        apply: |clauses| clauses.request_time = from_start,
    },
];

const SPECIFICATION: Access = Access::SPECIFICATION;

fn every(
    clauses: &Access,
    window: &Window,
    moment: &CivilTime,
    fields: std::ops::Range<usize>,
) -> bool {
    let pairs = window
        .fields
        .iter()
        .zip(moment.fields)
        .skip(fields.start)
        .take(fields.len());
    pairs
        .into_iter()
        .all(|(field, value)| (clauses.field)(clauses, field, value))
}

fn some(
    clauses: &Access,
    window: &Window,
    moment: &CivilTime,
    fields: std::ops::Range<usize>,
) -> bool {
    fields
        .into_iter()
        .any(|index| every(clauses, window, moment, index..index + 1))
}

fn civil(time: OffsetDateTime) -> CivilTime {
    (SPECIFICATION.civil_time)(time)
}

fn with(time: OffsetDateTime, index: usize, change: fn(u16) -> u16) -> CivilTime {
    let mut moment = civil(time);
    if let Some(value) = moment.fields.get_mut(index) {
        *value = change(*value);
    }
    moment
}

fn without_end(element: &Element, value: u16) -> bool {
    match element {
        Element::Range { first, .. } => value >= *first,
        other => (SPECIFICATION.element)(other, value),
    }
}

fn as_number(element: &Element, value: u16) -> bool {
    match element {
        Element::Range { first, .. } => value == *first,
        other => (SPECIFICATION.element)(other, value),
    }
}

fn first_element(clauses: &Access, field: &Field, value: u16) -> bool {
    match field {
        Field::List(elements) => elements
            .first()
            .is_some_and(|element| (clauses.element)(element, value)),
        other => (SPECIFICATION.field)(clauses, other, value),
    }
}

fn without_step(clauses: &Access, field: &Field, value: u16) -> bool {
    match field {
        Field::AnyStepped {
            lowest, highest, ..
        } => (lowest..=highest).contains(&&value),
        other => (SPECIFICATION.field)(clauses, other, value),
    }
}

fn step_from_zero(element: &Element, value: u16) -> bool {
    match *element {
        Element::Stepped {
            first,
            last,
            interval,
        } => (first..=last).contains(&value) && value.checked_rem(interval) == Some(0),
        ref other => (SPECIFICATION.element)(other, value),
    }
}

fn all_windows(clauses: &Access, windows: &[Window], time: OffsetDateTime) -> bool {
    let moment = (clauses.civil_time)(time);
    windows
        .iter()
        .all(|window| (clauses.window)(clauses, window, &moment))
}

fn closes_late(clauses: &Access, windows: &[Window], time: OffsetDateTime) -> bool {
    [time, time - Duration::minutes(1)]
        .into_iter()
        .any(|time| (SPECIFICATION.windows)(clauses, windows, time))
}

fn from_originator(scene: &Scene<'_>, request: &Request) -> OffsetDateTime {
    let claimed = request
        .originating_timestamp
        .as_deref()
        .and_then(parse_timestamp);
    claimed.unwrap_or(scene.arrival.received)
}

fn from_execution(scene: &Scene<'_>, request: &Request) -> OffsetDateTime {
    let execution = request.operation_execution_time.as_deref();
    execution
        .and_then(parse_timestamp)
        .unwrap_or(scene.arrival.received)
}

fn from_start(scene: &Scene<'_>, _request: &Request) -> OffsetDateTime {
    let start = scene
        .tree
        .get(scene.tree.root())
        .and_then(|base| parse_timestamp(base.text("ct")?));
    start.unwrap_or(scene.arrival.received)
}
