use proptest::prelude::*;
use proptest::sample::{Index, select};

/// AEs and CSEs of either domain and registrar in every form, and some that differ in one character.
const IDENTIFIERS: [&str; 18] = [
    "CtpA2",
    "/iut/CtpA2",
    "//sp.example/iut/CtpA2",
    "CtpA1",
    "CtpA22",
    "CtpA",
    "StpA3",
    "/StpA3",
    "//sp.example/StpA3",
    "//other.example/StpA3",
    "/iut",
    "/tpc2",
    "//sp.example/tpc2",
    "/tpc2/CtpA2",
    "/tpc2/CtpR1",
    "//other.example/tpx/C1",
    "//other.example/iut/CtpA2",
    "//other.example/tpx",
];

/// Entries that are no identifier of an AE or CSE, or that only look like another kind.
const OTHERS: [&str; 29] = [
    "CtpA2*A2",
    "/iut/CtpA*pA2",
    "//sp.example/*ut*t/CtpA2",
    "all",
    "ALL",
    "*all*",
    "*",
    "**",
    "/*",
    "/*/*",
    "//*",
    "//*/*",
    "//*/*/*",
    "//sp.example",
    "//sp.example/",
    "//sp*",
    "//other.example",
    "//sp.example/*",
    "sp.example",
    "cse-in/grpT",
    "/iut/cse-in/grpT",
    "cse-in/grp*",
    "cse-in/grpEmpty",
    "cse-in/grpNone",
    "Cgroup",
    "oper@roles.example",
    "*@roles.example",
    "//",
    "/",
];

const ROLES: [&str; 2] = ["oper@roles.example", "oper@other.example"];

/// A From parameter.
pub fn from() -> impl Strategy<Value = String> {
    select(IDENTIFIERS.to_vec()).prop_map(str::to_owned)
}

/// The roles that an originator holds.
pub fn roles() -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(ROLES.to_vec(), 0..=ROLES.len())
}

/// One entry of accessControlOriginators: an identifier, one that is changed in a place or two, or something else.
pub fn entry() -> impl Strategy<Value = String> {
    let changes = prop::collection::vec(
        (
            any::<Index>(),
            select(vec![
                Change::Star,
                Change::Insert,
                Change::Cut,
                Change::Case,
                Change::Odd,
            ]),
        ),
        0..4,
    );
    prop_oneof![
        3 => (select(IDENTIFIERS.to_vec()), changes).prop_map(|(text, changes)| {
            let changed = changes.iter().fold(text.to_owned(), |text, (place, change)| change.apply(&text, *place));
            if changed.is_empty() { "*".to_owned() } else { changed }
        }),
        2 => select(OTHERS.to_vec()).prop_map(str::to_owned),
        1 => Just("all".to_owned()),
    ]
}

/// One change of an identifier at one place.
#[derive(Clone, Copy, Debug)]
enum Change {
    /// A character becomes a wildcard.
    Star,
    /// A wildcard is put before a character.
    Insert,
    /// A character is taken out.
    Cut,
    /// A letter changes its case.
    Case,
    /// A character becomes one that has a meaning elsewhere.
    Odd,
}

impl Change {
    fn apply(self, text: &str, place: Index) -> String {
        if text.is_empty() {
            return text.to_owned();
        }
        let (before, rest) = text.split_at(place.index(text.len()));
        let (here, after) = rest.split_at(1);
        let here = match self {
            Self::Star => "*".to_owned(),
            Self::Insert => format!("*{here}"),
            Self::Cut => String::new(),
            Self::Case if here.chars().all(char::is_lowercase) => here.to_uppercase(),
            Self::Case => here.to_lowercase(),
            Self::Odd => "?".to_owned(),
        };
        format!("{before}{here}{after}")
    }
}
