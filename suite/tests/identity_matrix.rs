//! Every form of From in every state of registration on every connection is a purpose, or it is said why not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use onem2m_conform::catalogue::behaviour::{Connection, Expectation, Form, State};
use onem2m_conform::catalogue::{Catalogue, Kind};
use std::collections::BTreeMap;

/// A combination of the three.
type Cell = (Form, State, Connection);

/// Why a cell has no purpose of its own.
enum Excuse {
    /// This purpose shows it.
    CoveredBy(&'static str),
    /// There is no such case.
    Impossible(&'static str),
}

use Excuse::{CoveredBy, Impossible};

/// Cells of some forms, states and connections, and why they have no purpose of their own.
struct Excused {
    forms: &'static [Form],
    states: &'static [State],
    connections: &'static [Connection],
    why: Excuse,
}

const CSE_IDS: &[Form] = &[Form::CseSpRelative, Form::CseAbsolute];
const OWN_CSE_IDS: &[Form] = &[Form::OwnCseSpRelative, Form::OwnCseAbsolute];
/// What is not the identifier of an entity, whoever is registered.
const NO_IDENTIFIERS: &[Form] = &[
    Form::LetterC,
    Form::LetterS,
    Form::Empty,
    Form::Absent,
    Form::Overlong,
    Form::NonAscii,
    Form::Blank,
    Form::TrailingSlash,
    Form::DotSegments,
    Form::Reserved,
    Form::Encoded,
    Form::OtherCase,
    Form::Wildcard,
    Form::All,
    Form::Domain,
    Form::Role,
    Form::Group,
];
const NOT_REGISTERED: &[State] = &[State::Never, State::Deregistered, State::Expired];
const ELSEWHERE: &[State] = &[State::Elsewhere];
const REGISTERED: &[State] = &[State::Registered];
const IN_THE_CLEAR: &[Connection] = &[Connection::Plain, Connection::OtherAddress];
const ASSOCIATIONS: &[Connection] = &[Connection::OwnAssociation, Connection::OtherAssociation];
const OTHER_ADDRESS: &[Connection] = &[Connection::OtherAddress];
const OWN: &[Connection] = &[Connection::OwnAssociation];
const OTHER: &[Connection] = &[Connection::OtherAssociation];

const EXCUSED: &[Excused] = &[
    // What has no registration of its own.
    Excused {
        forms: NO_IDENTIFIERS,
        states: &[
            State::Never,
            State::Deregistered,
            State::Expired,
            State::Elsewhere,
        ],
        connections: &Connection::ALL,
        why: Impossible(
            "it names nobody: the AE that it resembles is there, so that it could be mistaken for it",
        ),
    },
    Excused {
        forms: OWN_CSE_IDS,
        states: &[
            State::Never,
            State::Deregistered,
            State::Expired,
            State::Elsewhere,
        ],
        connections: &Connection::ALL,
        why: Impossible("the CSE itself does not register"),
    },
    Excused {
        forms: CSE_IDS,
        states: &[State::Deregistered, State::Expired, State::Elsewhere],
        connections: &Connection::ALL,
        why: Impossible("a CSE that is not registered now is one that the IUT does not know"),
    },
    Excused {
        forms: CSE_IDS,
        states: REGISTERED,
        connections: IN_THE_CLEAR,
        why: CoveredBy("CSE/IMP/IDM/025"),
    },
    Excused {
        forms: CSE_IDS,
        states: REGISTERED,
        connections: ASSOCIATIONS,
        why: CoveredBy("CSE/IMP/IDM/062"),
    },
    // A stem is read in the context of the Receiver.
    Excused {
        forms: &[Form::StemC, Form::StemS, Form::SpRelativeS],
        states: ELSEWHERE,
        connections: &Connection::ALL,
        why: Impossible(
            "the Receiver does not know what an AE is elsewhere: to it the AE has never registered",
        ),
    },
    // In the clear.
    Excused {
        forms: &[Form::OwnCseSpRelative],
        states: REGISTERED,
        connections: &[Connection::Plain],
        why: CoveredBy("CSE/IMP/NSA/004"),
    },
    Excused {
        forms: &[Form::Wildcard],
        states: REGISTERED,
        connections: IN_THE_CLEAR,
        why: CoveredBy("CSE/ACP/ORG/032"),
    },
    Excused {
        forms: &[Form::All],
        states: REGISTERED,
        connections: IN_THE_CLEAR,
        why: CoveredBy("CSE/ACP/ORG/021"),
    },
    // From another address: what is refused for its form is so whoever the address belongs to.
    Excused {
        forms: &[Form::StemC],
        states: &[State::Expired],
        connections: OTHER_ADDRESS,
        why: CoveredBy("CSE/IMP/IDM/039"),
    },
    Excused {
        forms: &[Form::StemS],
        states: &[State::Deregistered, State::Expired],
        connections: OTHER_ADDRESS,
        why: CoveredBy("CSE/IMP/IDM/039"),
    },
    Excused {
        forms: &[Form::SpRelativeC],
        states: &[
            State::Never,
            State::Deregistered,
            State::Expired,
            State::Elsewhere,
        ],
        connections: OTHER_ADDRESS,
        why: CoveredBy("CSE/IMP/IDM/042"),
    },
    Excused {
        forms: &[Form::SpRelativeS],
        states: &[
            State::Never,
            State::Registered,
            State::Deregistered,
            State::Expired,
        ],
        connections: OTHER_ADDRESS,
        why: CoveredBy("CSE/IMP/IDM/042"),
    },
    Excused {
        forms: &[Form::AbsoluteC, Form::AbsoluteS],
        states: &State::ALL,
        connections: OTHER_ADDRESS,
        why: CoveredBy("CSE/IMP/IDM/042"),
    },
    Excused {
        forms: &[Form::CseAbsolute],
        states: &[State::Never],
        connections: OTHER_ADDRESS,
        why: CoveredBy("CSE/IMP/IDM/043"),
    },
    Excused {
        forms: &[Form::OwnCseAbsolute],
        states: REGISTERED,
        connections: OTHER_ADDRESS,
        why: CoveredBy("CSE/IMP/IDM/044"),
    },
    Excused {
        forms: &[Form::LetterS],
        states: REGISTERED,
        connections: OTHER_ADDRESS,
        why: CoveredBy("CSE/IMP/IDM/045"),
    },
    Excused {
        forms: &[Form::Empty],
        states: REGISTERED,
        connections: OTHER_ADDRESS,
        why: CoveredBy("CSE/IMP/IDM/046"),
    },
    Excused {
        forms: &[
            Form::Overlong,
            Form::NonAscii,
            Form::Blank,
            Form::TrailingSlash,
            Form::DotSegments,
            Form::Reserved,
            Form::Encoded,
            Form::OtherCase,
            Form::Domain,
            Form::Role,
            Form::Group,
        ],
        states: REGISTERED,
        connections: OTHER_ADDRESS,
        why: CoveredBy("CSE/IMP/IDM/045"),
    },
    // Inside the association of the AE itself.
    Excused {
        forms: &[
            Form::StemC,
            Form::StemS,
            Form::SpRelativeC,
            Form::SpRelativeS,
            Form::AbsoluteC,
            Form::AbsoluteS,
        ],
        states: NOT_REGISTERED,
        connections: OWN,
        why: Impossible("the clause speaks of registered AEs only, inside an association"),
    },
    Excused {
        forms: &[Form::AbsoluteC, Form::AbsoluteS],
        states: ELSEWHERE,
        connections: ASSOCIATIONS,
        why: CoveredBy("CSE/IMP/IDM/061"),
    },
    Excused {
        forms: CSE_IDS,
        states: &[State::Never],
        connections: OWN,
        why: CoveredBy("CSE/IMP/IDM/062"),
    },
    Excused {
        forms: OWN_CSE_IDS,
        states: REGISTERED,
        connections: OWN,
        why: CoveredBy("CSE/IMP/IDM/063"),
    },
    Excused {
        forms: &[Form::Empty],
        states: REGISTERED,
        connections: OWN,
        why: CoveredBy("CSE/IMP/IDM/051"),
    },
    Excused {
        forms: &[
            Form::LetterC,
            Form::LetterS,
            Form::Overlong,
            Form::NonAscii,
            Form::Blank,
            Form::TrailingSlash,
            Form::DotSegments,
            Form::Reserved,
            Form::Encoded,
            Form::OtherCase,
            Form::Wildcard,
            Form::All,
            Form::Domain,
            Form::Role,
            Form::Group,
        ],
        states: REGISTERED,
        connections: OWN,
        why: CoveredBy("CSE/IMP/FMT/001"),
    },
    // Inside the association of another AE: what is not its AE-ID is not its AE-ID.
    Excused {
        forms: &[Form::StemS],
        states: NOT_REGISTERED,
        connections: OTHER,
        why: CoveredBy("CSE/IMP/IDM/052"),
    },
    Excused {
        forms: &[
            Form::SpRelativeC,
            Form::SpRelativeS,
            Form::AbsoluteC,
            Form::AbsoluteS,
        ],
        states: NOT_REGISTERED,
        connections: OTHER,
        why: CoveredBy("CSE/IMP/IDM/052"),
    },
    Excused {
        forms: &[Form::CseAbsolute],
        states: &[State::Never],
        connections: OTHER,
        why: CoveredBy("CSE/IMP/IDM/062"),
    },
    Excused {
        forms: &[Form::LetterS],
        states: REGISTERED,
        connections: OTHER,
        why: CoveredBy("CSE/IMP/IDM/065"),
    },
    Excused {
        forms: &[Form::Empty, Form::Absent],
        states: REGISTERED,
        connections: OTHER,
        why: CoveredBy("CSE/IMP/IDM/051"),
    },
    Excused {
        forms: &[
            Form::Overlong,
            Form::NonAscii,
            Form::Blank,
            Form::TrailingSlash,
            Form::Reserved,
            Form::Wildcard,
            Form::All,
            Form::Domain,
            Form::Role,
            Form::Group,
        ],
        states: REGISTERED,
        connections: OTHER,
        why: CoveredBy("CSE/IMP/IDM/066"),
    },
];

impl Excused {
    fn holds(&self, (form, state, connection): Cell) -> bool {
        self.forms.contains(&form)
            && self.states.contains(&state)
            && self.connections.contains(&connection)
    }
}

fn cells() -> impl Iterator<Item = Cell> {
    Form::ALL.into_iter().flat_map(|form| {
        State::ALL.into_iter().flat_map(move |state| {
            Connection::ALL
                .into_iter()
                .map(move |connection| (form, state, connection))
        })
    })
}

/// The purposes of each cell.
fn purposes(catalogue: &Catalogue) -> BTreeMap<Cell, Vec<String>> {
    let mut purposes: BTreeMap<Cell, Vec<String>> = BTreeMap::new();
    for purpose in &catalogue.purposes {
        if let Some(identity) = &purpose.identity {
            let cell = (identity.form, identity.state, identity.connection);
            purposes.entry(cell).or_default().push(purpose.id.clone());
        }
    }
    purposes
}

#[test]
fn each_combination_is_one_purpose_or_excused_once() {
    let catalogue = Catalogue::embedded().unwrap();
    let purposes = purposes(&catalogue);
    let mut wrong = Vec::new();
    for cell in cells() {
        let shown = purposes.get(&cell).map_or(0, Vec::len);
        let excused = EXCUSED.iter().filter(|excused| excused.holds(cell)).count();
        if shown + excused != 1 {
            wrong.push(format!("{cell:?}: {shown} purposes, {excused} excuses"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn excuses_name_purposes_that_exist_and_reasons() {
    let catalogue = Catalogue::embedded().unwrap();
    for excused in EXCUSED {
        assert!(cells().any(|cell| excused.holds(cell)));
        match excused.why {
            CoveredBy(id) => assert!(catalogue.purpose(id).is_some(), "{id}"),
            Impossible(reason) => assert!(reason.contains(' ')),
        }
    }
}

/// The codes of the clause: success for a registered AE under its own stem, else 4000, 4106 or 4107, the latter for a
/// CSE-ID in the clear and for nothing else.
#[test]
fn expectations_are_those_of_the_clause() {
    let catalogue = Catalogue::embedded().unwrap();
    for purpose in &catalogue.purposes {
        let Some(identity) = &purpose.identity else {
            continue;
        };
        let is_own = identity.connection != Connection::OtherAssociation;
        let is_stem = matches!(identity.form, Form::StemC | Form::StemS);
        let identifies = is_stem && is_own && identity.state == State::Registered;
        let is_clear = IN_THE_CLEAR.contains(&identity.connection);
        let is_cse = CSE_IDS.contains(&identity.form) || OWN_CSE_IDS.contains(&identity.form);
        let id = &purpose.id;
        match &identity.expect {
            Expectation::Permit => {
                assert!(identifies, "{id}");
                assert_eq!(purpose.kind, Kind::Valid, "{id}");
            }
            Expectation::Codes(codes) => {
                assert!(!identifies, "{id}");
                assert_ne!(purpose.kind, Kind::Valid, "{id}");
                assert_eq!(codes.contains(&4107), is_clear && is_cse, "{id}");
                assert!(
                    codes.iter().all(|code| [4000, 4106, 4107].contains(code)),
                    "{id}"
                );
            }
            other => panic!("{id}: {other:?}"),
        }
    }
}
