//! Windows around the present: each named field is at a boundary.

use proptest::prelude::*;
use proptest::sample::select;
use time::OffsetDateTime;

/// Which fields of a window are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// The field of this index, from the second to the year.
    One(usize),
    /// Two of them.
    Two,
    /// All from the minute on.
    Every,
}

/// The names of the fields.
pub const FIELDS: [&str; 7] = [
    "second", "minute", "hour", "day", "month", "weekday", "year",
];

/// The first and last value of each field (TS-0004 V3.32.0, Table 7.4.9.1-4).
const BOUNDS: [(u16, u16); 7] = [
    (0, 59),
    (0, 59),
    (0, 23),
    (1, 31),
    (1, 12),
    (0, 6),
    (2000, 9999),
];

/// The value of a field.
fn value(field: usize, now: OffsetDateTime) -> u16 {
    let number = match field {
        0 => now.second().into(),
        1 => now.minute().into(),
        2 => now.hour().into(),
        3 => now.day().into(),
        4 => u16::from(u8::from(now.month())),
        5 => now.weekday().number_days_from_sunday().into(),
        _ => u16::try_from(now.year()).unwrap_or(2000),
    };
    number.max(BOUNDS.get(field).map_or(0, |bounds| bounds.0))
}

/// A list of windows, one of which is open now or none.
pub fn windows(
    open: bool,
    named: Named,
    count: usize,
    now: OffsetDateTime,
) -> BoxedStrategy<Vec<String>> {
    let others = proptest::collection::vec(window(false, named, now), count.saturating_sub(1));
    (
        window(open, named, now),
        others,
        any::<proptest::sample::Index>(),
    )
        .prop_map(|(first, mut windows, place)| {
            let place = place.index(windows.len() + 1);
            windows.insert(place, first);
            windows
        })
        .boxed()
}

/// One window that is open now or closed.
pub fn window(open: bool, named: Named, now: OffsetDateTime) -> BoxedStrategy<String> {
    let fields = match named {
        // The second is never known well enough to be missed.
        Named::One(0) if open => Just(vec![0]).boxed(),
        Named::One(0) => Just(vec![0, 1]).boxed(),
        Named::One(field) => Just(vec![field]).boxed(),
        Named::Two => select(vec![
            [1, 2],
            [2, 3],
            [3, 5],
            [5, 3],
            [4, 6],
            [6, 2],
            [2, 1],
            [5, 2],
        ])
        .prop_map(|pair| pair.to_vec())
        .boxed(),
        Named::Every => (1..7_usize)
            .prop_map(|first| (1..7).map(|index| (index + first - 1) % 6 + 1).collect())
            .boxed(),
    };
    fields
        .prop_flat_map(move |fields| {
            let last = fields.len().saturating_sub(1);
            let strategies: Vec<_> = fields
                .into_iter()
                .enumerate()
                .map(|(position, index)| {
                    let hits = index == 0 || open || position != last;
                    (Just(index), field(index, hits, now))
                })
                .collect();
            strategies
        })
        .prop_map(|named| {
            let mut fields = vec!["*".to_owned(); BOUNDS.len()];
            for (index, text) in named {
                if let Some(field) = fields.get_mut(index) {
                    *field = text;
                }
            }
            fields.join(" ")
        })
        .boxed()
}

/// One field that holds the present or misses it by a little.
fn field(index: usize, hits: bool, now: OffsetDateTime) -> BoxedStrategy<String> {
    let (first, last) = BOUNDS.get(index).copied().unwrap_or((0, 59));
    if index == 0 {
        return select(vec!["0-59", "*/1", "0-29,30-59", "0-59/1"])
            .prop_map(str::to_owned)
            .boxed();
    }
    let now = value(index, now);
    let texts: Vec<String> = candidates(first, last, now)
        .into_iter()
        .filter(|candidate| candidate.is_within(first, last) && candidate.holds(now) == hits)
        .map(|candidate| candidate.text)
        .collect();
    match texts.is_empty() {
        true => Just("*".to_owned()).boxed(),
        false => select(texts).boxed(),
    }
}

/// A field that is written from values.
struct Candidate {
    text: String,
    /// First, last and interval of each element.
    elements: Vec<(i32, i32, i32)>,
}

impl Candidate {
    fn new(elements: &[(i32, i32, i32)]) -> Self {
        let texts: Vec<String> = elements
            .iter()
            .map(|(first, last, interval)| match (first == last, *interval) {
                (true, 1) => first.to_string(),
                (_, 1) => format!("{first}-{last}"),
                _ => format!("{first}-{last}/{interval}"),
            })
            .collect();
        Self {
            text: texts.join(","),
            elements: elements.to_vec(),
        }
    }

    fn any(first: u16, last: u16, interval: i32) -> Self {
        Self {
            text: format!("*/{interval}"),
            elements: vec![(first.into(), last.into(), interval)],
        }
    }

    fn is_within(&self, lowest: u16, highest: u16) -> bool {
        self.elements.iter().all(|(first, last, interval)| {
            i32::from(lowest) <= *first && first <= last && *last <= highest.into() && *interval > 0
        })
    }

    fn holds(&self, value: u16) -> bool {
        let value = i32::from(value);
        self.elements.iter().any(|(first, last, interval)| {
            (first..=last).contains(&&value) && (value - first) % interval == 0
        })
    }
}

/// Numbers, ranges, lists and intervals whose ends lie at the present or beside it.
fn candidates(first: u16, last: u16, now: u16) -> Vec<Candidate> {
    let (low, high, now) = (i32::from(first), i32::from(last), i32::from(now));
    let mut candidates: Vec<Candidate> = [
        vec![(now, now, 1)],
        vec![(now - 1, now - 1, 1)],
        vec![(now + 1, now + 1, 1)],
        vec![(low, now, 1)],
        vec![(now, high, 1)],
        vec![(low, now - 1, 1)],
        vec![(now + 1, high, 1)],
        vec![(now - 1, now + 1, 1)],
        vec![(low, high, 1)],
        vec![(now, now, 1), (now + 1, now + 1, 1)],
        vec![(now - 1, now - 1, 1), (now, now, 1)],
        vec![(now - 1, now - 1, 1), (now + 1, now + 1, 1)],
        vec![(low, now - 1, 1), (now + 1, high, 1)],
        vec![(low, now - 1, 1), (now, high, 1)],
        vec![(now + 1, high, 1), (low, now, 1)],
        vec![(now - 2, now - 1, 1), (now, now, 1), (high, high, 1)],
    ]
    .iter()
    .map(|elements| Candidate::new(elements))
    .collect();
    for interval in [2, 3, 5, 7] {
        candidates.extend([
            Candidate::any(first, last, interval),
            Candidate::new(&[(now - interval, high, interval)]),
            Candidate::new(&[(now - interval + 1, high, interval)]),
            Candidate::new(&[(now - interval - 1, now, interval)]),
            Candidate::new(&[(low + 1, high, interval)]),
            Candidate::new(&[(low, now, interval)]),
            Candidate::new(&[(now % interval, now - 1, interval)]),
        ]);
        // What a count from zero would take for a step, and what only a count from the first value is one.
        let multiple = now - now % interval;
        candidates.push(Candidate::new(&[(multiple - interval + 1, high, interval)]));
        candidates.push(Candidate::new(&[(multiple - interval - 1, high, interval)]));
    }
    if now > low {
        candidates.push(Candidate::any(first, last, (now - low).max(2)));
        candidates.push(Candidate::any(first, last, now - low + 1));
        candidates.push(Candidate::new(&[(low + 1, high, now.max(2))]));
    }
    candidates
}

/// A window that is open whenever any is.
pub const ALWAYS: &str = "* * * * * * *";

/// The plainest window that is closed now: another year.
pub fn never(now: OffsetDateTime) -> String {
    format!("* * * * * * {}", i32::from(value(6, now)) - 1)
}
