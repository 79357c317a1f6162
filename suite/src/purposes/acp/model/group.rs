//! The groups of cases: each varies some dimensions and leaves the others at their plainest.

use super::case::Operation;
use super::dimension::{Around, Conditions, DetailForm, Dimensions, Links, ListShape, Shape, Sum};
use super::ground::Ground;
use super::membership::GroupForm;
use super::originator::EntryForm;
use super::window::Named;
use crate::catalogue::behaviour::Source;

/// A group of cases, which is a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Entries that are identifiers, and lists of them.
    Originators,
    /// Entries with wildcards.
    Wildcards,
    /// Operations and their sums.
    Operations,
    /// Windows.
    Windows,
    /// Source addresses.
    Addresses,
    /// Regions.
    Regions,
    /// accessControlAuthenticationFlag.
    Authentication,
    /// accessControlObjectDetails.
    ObjectDetails,
    /// Several contexts.
    Contexts,
    /// Several rules and policies, and none.
    Combination,
    /// A policy that is itself the target.
    SelfPrivileges,
    /// Rules without a defined meaning.
    Meaningless,
    /// Everything together.
    Everything,
}

impl Group {
    /// The purpose.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Originators => "CSE/ACP/MODEL/001",
            Self::Wildcards => "CSE/ACP/MODEL/002",
            Self::Operations => "CSE/ACP/MODEL/003",
            Self::Windows => "CSE/ACP/MODEL/004",
            Self::Addresses => "CSE/ACP/MODEL/005",
            Self::Regions => "CSE/ACP/MODEL/006",
            Self::Authentication => "CSE/ACP/MODEL/007",
            Self::ObjectDetails => "CSE/ACP/MODEL/008",
            Self::Contexts => "CSE/ACP/MODEL/009",
            Self::Combination => "CSE/ACP/MODEL/010",
            Self::SelfPrivileges => "CSE/ACP/MODEL/011",
            Self::Meaningless => "CSE/ACP/MODEL/012",
            Self::Everything => "CSE/ACP/MODEL/013",
        }
    }

    /// Whether rules name groups, where the IUT claims to look into them.
    pub fn names_groups(self) -> bool {
        matches!(
            self,
            Self::Originators | Self::Wildcards | Self::SelfPrivileges | Self::Everything
        )
    }

    /// The levels of its dimensions, as far as the IUT claims them.
    pub fn dimensions(self, ground: &Ground) -> Dimensions {
        let plain = plain();
        match self {
            Self::Originators => Dimensions {
                subjects: subjects(ground, true),
                entries: identities(ground),
                lists: LISTS.to_vec(),
                sums: vec![Sum::Everything, Sum::AllButThis],
                ..plain
            },
            Self::Wildcards => Dimensions {
                subjects: subjects(ground, false),
                entries: wildcards(ground),
                lists: LISTS.to_vec(),
                ..plain
            },
            Self::Operations => Dimensions {
                operations: operations(ground),
                sums: SUMS.to_vec(),
                entries: vec![EntryForm::Stem, EntryForm::All],
                ..plain
            },
            Self::Windows => Dimensions {
                shapes: vec![ONE_OPEN, ONE_CLOSED, Shape::Absent],
                named: NAMED.to_vec(),
                ..plain
            },
            Self::Addresses => Dimensions {
                shapes: vec![ONE_INSIDE, ONE_OUTSIDE, Shape::Absent],
                sources: sources(ground),
                ..plain
            },
            Self::Regions => Dimensions {
                subjects: subjects(ground, false),
                shapes: vec![one_place(true), one_place(false), Shape::Absent],
                sources: sources(ground),
                ..plain
            },
            Self::Authentication => Dimensions {
                flags: FLAGS.to_vec(),
                entries: vec![EntryForm::Stem, EntryForm::All, EntryForm::Other],
                around: AROUND.to_vec(),
                ..plain
            },
            Self::ObjectDetails => Dimensions {
                operations: [&[Operation::Create; 4][..], &operations(ground)].concat(),
                sums: vec![Sum::Everything, Sum::AllButThis],
                details: DETAILS.to_vec(),
                around: AROUND.to_vec(),
                links: vec![Links::One, Links::One, Links::BeforePermitting],
                ..plain
            },
            Self::Contexts => Dimensions {
                shapes: shapes(ground),
                named: NAMED.to_vec(),
                around: AROUND.to_vec(),
                sources: sources(ground),
                ..plain
            },
            Self::Combination => Dimensions {
                subjects: subjects(ground, false),
                entries: vec![EntryForm::Stem, EntryForm::Other, EntryForm::All],
                operations: operations(ground),
                sums: SUMS.to_vec(),
                around: [AROUND, &[Around::Empty]].concat(),
                links: LINKS.to_vec(),
                ..plain
            },
            Self::SelfPrivileges => Dimensions {
                subjects: subjects(ground, false),
                entries: identities(ground),
                operations: operations(ground),
                sums: SUMS.to_vec(),
                shapes: shapes(ground),
                around: [AROUND, &[Around::Empty]].concat(),
                links: vec![Links::Own],
                sources: sources(ground),
                ..plain
            },
            Self::Meaningless => Dimensions {
                entries: vec![
                    EntryForm::Stem,
                    EntryForm::Stem,
                    EntryForm::Nobody,
                    EntryForm::Meaningless,
                ],
                lists: LISTS.to_vec(),
                operations: operations(ground),
                sums: vec![Sum::Everything, Sum::Exact, Sum::Meaningless],
                ..plain
            },
            Self::Everything => Dimensions {
                subjects: subjects(ground, true),
                operations: operations(ground),
                entries: [identities(ground), wildcards(ground)].concat(),
                lists: LISTS.to_vec(),
                sums: SUMS.to_vec(),
                flags: match ground.claims("PICS_ACAF") {
                    true => FLAGS.to_vec(),
                    false => plain.flags,
                },
                shapes: shapes(ground),
                named: NAMED.to_vec(),
                details: match ground.claims("PICS_ACOD") {
                    true => DETAILS.to_vec(),
                    false => plain.details,
                },
                around: [AROUND, &[Around::Empty]].concat(),
                links: [LINKS, &[Links::Own]].concat(),
                sources: sources(ground),
            },
        }
    }
}

const LISTS: &[ListShape] = &[
    ListShape::Alone,
    ListShape::Behind,
    ListShape::Before,
    ListShape::FarBehind,
];

const SUMS: &[Sum] = &[
    Sum::Everything,
    Sum::Exact,
    Sum::WithOneMore,
    Sum::AllButAnother,
    Sum::AllButThis,
    Sum::Neighbour,
    Sum::Another,
];

const FLAGS: &[Option<bool>] = &[None, Some(false), Some(true)];

const NAMED: &[Named] = &[
    Named::One(1),
    Named::One(2),
    Named::One(3),
    Named::One(4),
    Named::One(5),
    Named::One(6),
    Named::One(0),
    Named::Two,
    Named::Every,
];

const DETAILS: &[DetailForm] = &[
    DetailForm::Absent,
    DetailForm::Child,
    DetailForm::ChildAndTarget,
    DetailForm::SecondFits,
    DetailForm::OtherChild,
    DetailForm::OtherChild,
    DetailForm::OtherTarget,
    DetailForm::OtherTarget,
    DetailForm::Halves,
    DetailForm::Halves,
    // An IUT may refuse these.
    DetailForm::UnknownChild,
    DetailForm::Specialized,
];

const AROUND: &[Around] = &[
    Around::Nothing,
    Around::Before,
    Around::Behind,
    Around::Both,
    Around::Permitting,
];

const LINKS: &[Links] = &[
    Links::One,
    Links::Behind,
    Links::Before,
    Links::Three,
    Links::BehindEmpty,
    Links::BehindDangling,
    Links::BeforeDangling,
    Links::BeforePermitting,
    Links::Creator,
];

const NONE: Conditions = Conditions {
    time: None,
    address: None,
    place: None,
};

const ONE_OPEN: Shape = one(Some(true), None);
const ONE_CLOSED: Shape = one(Some(false), None);
const ONE_INSIDE: Shape = one(None, Some(true));
const ONE_OUTSIDE: Shape = one(None, Some(false));

const fn conditions(time: Option<bool>, address: Option<bool>) -> Conditions {
    Conditions {
        time,
        address,
        ..NONE
    }
}

const fn one(time: Option<bool>, address: Option<bool>) -> Shape {
    Shape::One(conditions(time, address))
}

const fn one_place(holds: bool) -> Shape {
    Shape::One(Conditions {
        place: Some(holds),
        ..NONE
    })
}

/// One rule of one policy that permits the first entity everything.
fn plain() -> Dimensions {
    Dimensions {
        subjects: vec![0],
        operations: vec![Operation::Retrieve],
        entries: vec![EntryForm::Stem],
        lists: vec![ListShape::Alone],
        sums: vec![Sum::Everything],
        flags: vec![None],
        shapes: vec![Shape::Absent],
        named: vec![Named::One(2)],
        details: vec![DetailForm::Absent],
        around: vec![Around::Nothing],
        links: vec![Links::One],
        sources: vec![Source::First],
    }
}

/// The entities, and now and then nobody.
fn subjects(ground: &Ground, with_nobody: bool) -> Vec<usize> {
    let count = ground.entities.len();
    let often = (0..count).chain(0..count).chain(0..count);
    often.chain(with_nobody.then_some(count)).collect()
}

/// The sources that the tester has, the first as often as the others together.
fn sources(ground: &Ground) -> Vec<Source> {
    let all = ground.origins.iter().map(|origin| origin.source);
    let others = ground.origins.len().saturating_sub(2);
    all.chain(std::iter::repeat_n(Source::First, others))
        .collect()
}

fn operations(ground: &Ground) -> Vec<Operation> {
    let mut operations = vec![
        Operation::Retrieve,
        Operation::Create,
        Operation::Update,
        Operation::Delete,
        Operation::Discover,
    ];
    if ground.claims("PICS_NOTIFY_RETARGET") {
        operations.push(Operation::Notify);
    }
    operations
}

fn identities(ground: &Ground) -> Vec<EntryForm> {
    let mut forms = vec![
        EntryForm::Stem,
        EntryForm::SpRelative,
        EntryForm::All,
        EntryForm::Other,
        EntryForm::NearStem,
        EntryForm::NearStem,
        EntryForm::Elsewhere,
        EntryForm::NearAll,
        EntryForm::Pieces,
        EntryForm::Nobody,
    ];
    if ground.domain.is_some() {
        forms.extend([
            EntryForm::Absolute,
            EntryForm::Domain,
            EntryForm::NearDomain,
        ]);
    }
    if !ground.memberships.is_empty() {
        forms.extend([
            EntryForm::Group(GroupForm::Member),
            EntryForm::Group(GroupForm::NoMember),
            EntryForm::Group(GroupForm::Missing),
        ]);
    }
    forms
}

fn wildcards(ground: &Ground) -> Vec<EntryForm> {
    let mut forms = vec![
        EntryForm::Wild,
        EntryForm::Wild,
        EntryForm::WildTwice,
        EntryForm::WildEmpty,
        EntryForm::WildSegments,
        EntryForm::WildPath,
        EntryForm::WildOverlap,
        EntryForm::WildSlash,
        EntryForm::WildMiss,
        EntryForm::OtherPattern,
    ];
    if ground.domain.is_some() {
        forms.push(EntryForm::WildDomain);
    }
    if !ground.memberships.is_empty() {
        forms.push(EntryForm::Group(GroupForm::Wild));
    }
    forms
}

/// Contexts with everything that the IUT claims, alone, together, and spread over two.
fn shapes(ground: &Ground) -> Vec<Shape> {
    let has_time = ground.claims("PICS_ACCO_ACTW");
    let has_address = ground.claims("PICS_ACCO_ACIP") && ground.address(Source::First).is_some();
    let mut shapes = vec![Shape::Absent, Shape::Absent];
    let two = |one: Conditions, other: Conditions| Shape::Two(one, other);
    if has_time {
        let (open, closed) = (conditions(Some(true), None), conditions(Some(false), None));
        shapes.extend([
            ONE_OPEN,
            ONE_CLOSED,
            two(open, closed),
            two(closed, open),
            two(closed, closed),
        ]);
    }
    if has_address {
        let (inside, outside) = (conditions(None, Some(true)), conditions(None, Some(false)));
        shapes.extend([
            ONE_INSIDE,
            ONE_OUTSIDE,
            two(inside, outside),
            two(outside, inside),
        ]);
    }
    if has_time && has_address {
        let both = |time, address| conditions(Some(time), Some(address));
        shapes.extend([
            Shape::One(both(true, true)),
            Shape::One(both(true, false)),
            Shape::One(both(false, true)),
            two(both(true, false), both(false, true)),
            two(both(false, true), both(true, true)),
        ]);
    }
    if ground.claims("PICS_ACCO_ACLR") && ground.is_located() {
        shapes.extend([one_place(true), one_place(false)]);
    }
    shapes
}
