//! The dimensions of a case and their levels.

use super::case::Operation;
use super::originator::EntryForm;
use super::window::Named;
use crate::catalogue::behaviour::Source;

/// How many dimensions a case has.
pub const DIMENSIONS: usize = 12;

/// A level in each dimension.
pub type Row = [usize; DIMENSIONS];

/// Where the entry under test stands in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListShape {
    /// It is the only one.
    Alone,
    /// Others stand before it.
    Behind,
    /// Others stand behind it.
    Before,
    /// Many others stand before it.
    FarBehind,
}

/// accessControlOperations, seen from the requested operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sum {
    /// Only it.
    Exact,
    /// All.
    Everything,
    /// It and one more.
    WithOneMore,
    /// All but one other.
    AllButAnother,
    /// All but it.
    AllButThis,
    /// The bit beside it.
    Neighbour,
    /// One other.
    Another,
    /// A number that is no sum of operations.
    Meaningless,
}

/// accessControlContexts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Absent.
    Absent,
    /// One context of these conditions.
    One(Conditions),
    /// Two contexts.
    Two(Conditions, Conditions),
}

/// The conditions of one context; absent, or whether it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conditions {
    /// accessControlWindow.
    pub time: Option<bool>,
    /// accessControlIpAddresses.
    pub address: Option<bool>,
    /// accessControlLocationRegion.
    pub place: Option<bool>,
}

/// accessControlObjectDetails, seen from what is created and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailForm {
    /// Absent.
    Absent,
    /// The child type alone.
    Child,
    /// The child type among others, and the type of the target.
    ChildAndTarget,
    /// A second element that fits.
    SecondFits,
    /// Other child types.
    OtherChild,
    /// The child type below another target.
    OtherTarget,
    /// Target type and child type in two elements, each beside something else.
    Halves,
    /// A child type that no release has.
    UnknownChild,
    /// The child type, of a specialization that the child does not have.
    Specialized,
}

/// The rules around the one under test, in its policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around {
    /// None.
    Nothing,
    /// One that misses a part before it.
    Before,
    /// One that misses a part behind it.
    Behind,
    /// One on each side.
    Both,
    /// One behind it that permits.
    Permitting,
    /// The policy has no rule at all.
    Empty,
}

/// The policies around the one with the rule under test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// None.
    One,
    /// Another that permits nothing before it.
    Behind,
    /// Another that permits nothing behind it.
    Before,
    /// Two others, in reverse order of creation.
    Three,
    /// One without a rule before it.
    BehindEmpty,
    /// One that is gone before it.
    BehindDangling,
    /// One that is gone behind it.
    BeforeDangling,
    /// One that permits everything behind it.
    BeforePermitting,
    /// The target is itself a policy.
    Own,
    /// The target has no policy.
    Creator,
}

/// The levels of each dimension of a group of cases.
#[derive(Debug, Clone)]
pub struct Dimensions {
    /// Indices of entities; beyond them, a From that is nobody's.
    pub subjects: Vec<usize>,
    /// What is requested.
    pub operations: Vec<Operation>,
    /// The entry under test.
    pub entries: Vec<EntryForm>,
    /// Its place.
    pub lists: Vec<ListShape>,
    /// accessControlOperations.
    pub sums: Vec<Sum>,
    /// accessControlAuthenticationFlag.
    pub flags: Vec<Option<bool>>,
    /// accessControlContexts.
    pub shapes: Vec<Shape>,
    /// Fields of windows.
    pub named: Vec<Named>,
    /// accessControlObjectDetails.
    pub details: Vec<DetailForm>,
    /// The rules around.
    pub around: Vec<Around>,
    /// The policies around.
    pub links: Vec<Links>,
    /// Where requests come from.
    pub sources: Vec<Source>,
}

impl Conditions {
    /// Whether all hold.
    pub fn hold(self) -> bool {
        ![self.time, self.address, self.place].contains(&Some(false))
    }
}

impl Dimensions {
    /// The number of levels in each dimension.
    pub fn sizes(&self) -> Row {
        [
            self.subjects.len(),
            self.operations.len(),
            self.entries.len(),
            self.lists.len(),
            self.sums.len(),
            self.flags.len(),
            self.shapes.len(),
            self.named.len(),
            self.details.len(),
            self.around.len(),
            self.links.len(),
            self.sources.len(),
        ]
    }

    /// Whether cases can have windows.
    pub fn have_windows(&self) -> bool {
        self.shapes.iter().any(|shape| match shape {
            Shape::Absent => false,
            Shape::One(conditions) => conditions.time.is_some(),
            Shape::Two(one, other) => one.time.is_some() || other.time.is_some(),
        })
    }

    /// Whether a level is meant to keep the rule under test from permitting.
    pub fn misses(&self, dimension: usize, level: usize) -> bool {
        let missed = match dimension {
            2 => self.entries.get(level).map(|form| form.misses()),
            4 => self.sums.get(level).map(|sum| sum.misses()),
            5 => self.flags.get(level).map(|flag| *flag == Some(true)),
            6 => self.shapes.get(level).map(|shape| !shape.holds()),
            8 => self.details.get(level).map(|form| form.misses()),
            9 => self
                .around
                .get(level)
                .map(|around| *around == Around::Empty),
            _ => None,
        };
        missed.unwrap_or_default()
    }
}

impl Sum {
    fn misses(self) -> bool {
        matches!(
            self,
            Self::AllButThis | Self::Neighbour | Self::Another | Self::Meaningless
        )
    }
}

impl DetailForm {
    fn misses(self) -> bool {
        matches!(
            self,
            Self::OtherChild
                | Self::OtherTarget
                | Self::Halves
                | Self::UnknownChild
                | Self::Specialized
        )
    }
}

impl Shape {
    /// Whether it has a region.
    pub fn names_a_place(self) -> bool {
        match self {
            Self::Absent => false,
            Self::One(conditions) => conditions.place.is_some(),
            Self::Two(one, other) => one.place.is_some() || other.place.is_some(),
        }
    }

    fn holds(self) -> bool {
        match self {
            Self::Absent => true,
            Self::One(conditions) => conditions.hold(),
            Self::Two(one, other) => one.hold() || other.hold(),
        }
    }
}
