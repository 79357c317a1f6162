//! One cell of the table, and what is said of those that are no purpose.

use onem2m_conform::catalogue::behaviour::{Holder, Links, LinksOperation, LinksState};
use serde::Deserialize;

/// Whom the specification does not know, and every IUT has.
const ADMINISTRATOR: &str = "administrator";

/// A state, an operation and who tries.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    pub state: LinksState,
    pub operation: LinksOperation,
    pub who: &'static str,
}

impl Cell {
    /// The cell that a purpose shows.
    pub fn of(links: &Links) -> Self {
        Self {
            state: links.state,
            operation: links.operation,
            who: links.who.word(),
        }
    }
}

/// Who may try, in the order of the table.
pub fn everybody() -> impl Iterator<Item = &'static str> {
    let holders = Holder::ALL.iter().map(|holder| holder.word());
    holders.chain([ADMINISTRATOR])
}

/// All of them.
pub fn every_cell() -> impl Iterator<Item = Cell> {
    LinksState::ALL.iter().flat_map(|state| {
        LinksOperation::ALL.iter().flat_map(move |operation| {
            everybody().map(move |who| Cell {
                state: *state,
                operation: *operation,
                who,
            })
        })
    })
}

/// What `cells.toml` says.
pub struct Cells(pub Vec<Said>);

/// What is said of some cells.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    state: Words,
    operation: Words,
    who: Words,
    /// The purposes that show them.
    #[serde(default)]
    pub by: Vec<String>,
    /// Why they are no purposes of their own.
    pub reason: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    Some(Vec<String>),
}

impl Cells {
    /// Reads the file; a word that no dimension has is a mistake.
    pub fn read() -> Self {
        #[derive(Deserialize)]
        struct File {
            cell: Vec<Said>,
        }
        let file: File = toml::from_str(include_str!("cells.toml")).unwrap();
        for said in &file.cell {
            let states = LinksState::ALL.iter().map(|state| state.word());
            said.state.assert_of(states.collect());
            let operations = LinksOperation::ALL.iter().map(|operation| operation.word());
            said.operation.assert_of(operations.collect());
            said.who.assert_of(everybody().collect());
        }
        Self(file.cell)
    }

    /// What is said of a cell.
    pub fn about(&self, cell: &Cell) -> impl Iterator<Item = &Said> {
        self.0.iter().filter(|said| {
            said.state.has(cell.state.word())
                && said.operation.has(cell.operation.word())
                && said.who.has(cell.who)
        })
    }
}

impl Words {
    fn has(&self, word: &str) -> bool {
        match self {
            Self::One(one) => one == "*" || one == word,
            Self::Some(some) => some.iter().any(|one| one == word),
        }
    }

    #[track_caller]
    fn assert_of(&self, dimension: Vec<&str>) {
        let words = match self {
            Self::One(one) if one == "*" => return,
            Self::One(one) => std::slice::from_ref(one),
            Self::Some(some) => some,
        };
        for word in words {
            assert!(dimension.contains(&word.as_str()), "{word}");
        }
    }
}
