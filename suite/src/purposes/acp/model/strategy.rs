//! A case from a row of levels.

use super::address;
use super::case::{Ask, Case, Context, Detail, Governed, Operation, Rule, Subject};
use super::dimension::{
    Around, Conditions, DetailForm, Dimensions, Links, ListShape, Row, Shape, Sum,
};
use super::ground::{Entity, Ground};
use super::originator::{self, EntryForm};
use super::region::region;
use super::window::{self, Named};
use crate::catalogue::behaviour::Source;
use proptest::prelude::*;
use proptest::sample::select;
use std::net::IpAddr;

/// Types that a Create may make below a container: `<contentInstance>` and `<container>`.
const CHILDREN: [u32; 2] = [4, 3];

/// A resource type that no release has, and a specialization of `<flexContainer>`.
pub const UNKNOWN: u32 = 9999;
const SPECIALIZATION: &str = "org.onem2m.home.moduleclass.binarySwitch";

/// The length of a long list of originators.
const MANY: usize = 70;

/// From texts that are nobody's, though they look like many.
const STRANGE: [&str; 5] = ["all", "*", "C*", "CtpNobody", "C"];

/// The levels of a row.
#[derive(Clone, Copy)]
struct Levels {
    subject: usize,
    operation: Operation,
    entry: EntryForm,
    list: ListShape,
    sum: Sum,
    flag: Option<bool>,
    shape: Shape,
    named: Named,
    details: DetailForm,
    around: Around,
    links: Links,
    source: Source,
}

impl Levels {
    fn of(dimensions: &Dimensions, row: &Row) -> Self {
        fn at<T: Copy>(levels: &[T], index: usize, default: T) -> T {
            levels.get(index).copied().unwrap_or(default)
        }
        let [
            subject,
            operation,
            entry,
            list,
            sum,
            flag,
            shape,
            named,
            details,
            around,
            links,
            source,
        ] = *row;
        Self {
            subject: at(&dimensions.subjects, subject, 0),
            operation: at(&dimensions.operations, operation, Operation::Retrieve),
            entry: at(&dimensions.entries, entry, EntryForm::Stem),
            list: at(&dimensions.lists, list, ListShape::Alone),
            sum: at(&dimensions.sums, sum, Sum::Everything),
            flag: at(&dimensions.flags, flag, None),
            shape: at(&dimensions.shapes, shape, Shape::Absent),
            named: at(&dimensions.named, named, Named::One(2)),
            details: at(&dimensions.details, details, DetailForm::Absent),
            around: at(&dimensions.around, around, Around::Nothing),
            links: at(&dimensions.links, links, Links::One),
            source: at(&dimensions.sources, source, Source::First),
        }
    }
}

/// The cases of a row.
pub fn case(ground: &Ground, dimensions: &Dimensions, row: &Row) -> BoxedStrategy<Case> {
    let levels = Levels::of(dimensions, row);
    let (Some(own), Some(other)) = parties(ground, levels.subject) else {
        return Just(Case {
            governed: Governed::Creator,
            ask: Ask {
                subject: Subject::Entity(0),
                source: Source::First,
                operation: Operation::Retrieve,
                child: 4,
            },
        })
        .boxed();
    };
    let subject = match ground.entities.get(levels.subject) {
        Some(_) => Just(Subject::Entity(levels.subject)).boxed(),
        None => select(&STRANGE[..])
            .prop_map(|from| Subject::Strange(from.into()))
            .boxed(),
    };
    let operation = possible(&levels);
    let source = stated(ground, &levels);
    let levels = Levels {
        operation,
        source,
        ..levels
    };
    let (first, count) = (rule(ground, &own, &other, &levels), 3);
    let spoiled = spoiled(ground, &own, &other, &levels, dimensions);
    let spoiled = proptest::collection::vec(spoiled, count);
    (subject, select(&CHILDREN[..]), first, spoiled)
        .prop_flat_map(move |(subject, child, first, spoiled)| {
            let details = details(levels.details, &levels, child);
            let (own, links) = (own.stem.clone(), levels);
            details.prop_map(move |details| {
                let first = Rule {
                    details,
                    ..first.clone()
                };
                let [one, other, third] = spoiled.as_slice() else {
                    return (subject.clone(), child, governed(&links, &own, first, &[]));
                };
                let others = [one.clone(), other.clone(), third.clone()];
                (
                    subject.clone(),
                    child,
                    governed(&links, &own, first, &others),
                )
            })
        })
        .prop_map(move |(subject, child, governed)| Case {
            governed,
            ask: Ask {
                subject,
                source,
                operation,
                child,
            },
        })
        .boxed()
}

/// The entity that asks, and another.
fn parties(ground: &Ground, subject: usize) -> (Option<Entity>, Option<Entity>) {
    let own = ground.entities.get(subject).or(ground.entities.first());
    let other = ground.entities.iter().find(|other| Some(*other) != own);
    (own.cloned(), other.cloned())
}

/// The operation of a row, as far as the target has it and nobody's From goes.
fn possible(levels: &Levels) -> Operation {
    let operation = levels.operation;
    let has = match levels.links {
        Links::One => true,
        Links::Own => matches!(
            operation,
            Operation::Retrieve | Operation::Update | Operation::Discover
        ),
        Links::Creator => !matches!(operation, Operation::Delete | Operation::Notify),
        // What is to be deleted is made anew, when the link cannot be made any more.
        Links::BehindDangling | Links::BeforeDangling => {
            !matches!(operation, Operation::Delete | Operation::Notify)
        }
        _ => operation != Operation::Notify,
    };
    match has {
        true => operation,
        false => Operation::Retrieve,
    }
}

/// The source of a row, as far as the profile states of it what the contexts of the row ask for.
fn stated(ground: &Ground, levels: &Levels) -> Source {
    let is_stated = |source: &Source| ground.location(*source).is_some();
    if !levels.shape.names_a_place() || is_stated(&levels.source) {
        return levels.source;
    }
    let mut sources = ground.origins.iter().map(|origin| origin.source);
    sources.find(is_stated).unwrap_or(levels.source)
}

/// The rule under test, without object details.
fn rule(ground: &Ground, own: &Entity, other: &Entity, levels: &Levels) -> BoxedStrategy<Rule> {
    let flag = levels.flag;
    let lists = listed(ground, own, other, levels.entry, levels.list);
    let sum = sum(levels.sum, levels.operation);
    let contexts = contexts(ground, levels.source, levels.shape, levels.named);
    (lists, sum, contexts)
        .prop_map(move |(originators, operations, contexts)| Rule {
            originators,
            operations,
            contexts,
            flag,
            details: Vec::new(),
        })
        .boxed()
}

/// A rule beside the one under test that misses exactly one part, and else is as it could be.
fn spoiled(
    ground: &Ground,
    own: &Entity,
    other: &Entity,
    levels: &Levels,
    dimensions: &Dimensions,
) -> BoxedStrategy<Rule> {
    let is_stated = ground.location(levels.source).is_some();
    let shapes = |holds: bool| -> Vec<Shape> {
        let of_one = dimensions
            .shapes
            .iter()
            .copied()
            .filter(|shape| match shape {
                Shape::Absent => holds,
                Shape::One(conditions) => conditions.hold() == holds,
                Shape::Two(..) => false,
            });
        of_one
            .filter(|shape| is_stated || !shape.names_a_place())
            .collect()
    };
    let plain = Levels {
        entry: EntryForm::Stem,
        list: ListShape::Alone,
        sum: Sum::Everything,
        flag: None,
        shape: Shape::Absent,
        ..*levels
    };
    let with = |entry: EntryForm, sum: Sum, shape: BoxedStrategy<Shape>| {
        let (ground, own, other) = (ground.clone(), own.clone(), other.clone());
        shape
            .prop_flat_map(move |shape| {
                let levels = Levels {
                    entry,
                    sum,
                    shape,
                    ..plain
                };
                rule(&ground, &own, &other, &levels)
            })
            .boxed()
    };
    let holding = || match shapes(true) {
        none if none.is_empty() => Just(Shape::Absent).boxed(),
        some => select(some).boxed(),
    };
    let mut kinds = vec![
        with(EntryForm::Other, Sum::Everything, holding()),
        with(EntryForm::Other, Sum::Exact, holding()),
        with(EntryForm::Stem, Sum::AllButThis, holding()),
        with(EntryForm::All, Sum::Another, holding()),
        with(EntryForm::Nobody, Sum::Everything, holding()),
    ];
    let missing = shapes(false);
    if !missing.is_empty() {
        let shape = select(missing).boxed();
        kinds.push(with(EntryForm::Stem, Sum::Everything, shape));
    }
    proptest::strategy::Union::new(kinds).boxed()
}

/// A list with the entries of a form.
fn listed(
    ground: &Ground,
    own: &Entity,
    other: &Entity,
    form: EntryForm,
    list: ListShape,
) -> BoxedStrategy<Vec<String>> {
    let cse = ground.cse.clone();
    let others = move |count: usize| -> Vec<String> {
        let far = |number| match number % 2 {
            0 => format!("/tpz/C{number:02}"),
            _ => format!("{cse}/Cnone{number:02}"),
        };
        (0..count).map(far).collect()
    };
    let entries = originator::entries(ground, own, other, form);
    let few = 1..3_usize;
    (entries, few)
        .prop_map(move |(entries, few)| match list {
            ListShape::Alone => entries,
            ListShape::Behind => [others(few), entries].concat(),
            ListShape::Before => [entries, others(few)].concat(),
            ListShape::FarBehind => [others(MANY), entries].concat(),
        })
        .boxed()
}

fn sum(sum: Sum, operation: Operation) -> BoxedStrategy<u32> {
    let bit = operation.bit();
    let others: Vec<u32> = (0..6)
        .map(|place| 1 << place)
        .filter(|other| *other != bit)
        .collect();
    let neighbours: Vec<u32> = [bit >> 1, bit << 1]
        .into_iter()
        .filter(|neighbour| (1..64).contains(neighbour))
        .collect();
    match sum {
        Sum::Exact => Just(bit).boxed(),
        Sum::Everything => Just(63).boxed(),
        Sum::WithOneMore => select(others).prop_map(move |other| bit | other).boxed(),
        Sum::AllButAnother => select(others).prop_map(|other| 63 & !other).boxed(),
        Sum::AllButThis => Just(63 & !bit).boxed(),
        Sum::Neighbour => select(neighbours).boxed(),
        Sum::Another => select(others).boxed(),
        Sum::Meaningless => select(vec![0, 64, 64 | bit, 127, 128]).boxed(),
    }
}

fn contexts(
    ground: &Ground,
    source: Source,
    shape: Shape,
    named: Named,
) -> BoxedStrategy<Vec<Context>> {
    let context = |conditions| context(ground, source, conditions, named);
    match shape {
        Shape::Absent => Just(Vec::new()).boxed(),
        Shape::One(conditions) => context(conditions).prop_map(|one| vec![one]).boxed(),
        Shape::Two(one, other) => (context(one), context(other))
            .prop_map(|(one, other)| vec![one, other])
            .boxed(),
    }
}

fn context(
    ground: &Ground,
    source: Source,
    conditions: Conditions,
    named: Named,
) -> BoxedStrategy<Context> {
    let now = ground.now;
    let windows = match conditions.time {
        None => Just(Vec::new()).boxed(),
        Some(open) => prop_oneof![3 => Just(1), 2 => Just(2), 1 => Just(3)]
            .prop_flat_map(move |count| window::windows(open, named, count, now))
            .boxed(),
    };
    let networks = match (conditions.address, ground.address(source)) {
        (Some(holds), Some(address)) => address::networks(address, &others(ground, address), holds),
        _ => Just(Context::default()).boxed(),
    };
    let region = match (conditions.place, ground.location(source)) {
        (Some(holds), Some(location)) => region(ground, location, holds).prop_map(Some).boxed(),
        _ => Just(None).boxed(),
    };
    (windows, networks, region)
        .prop_map(|(windows, networks, region)| Context {
            windows,
            region,
            ..networks
        })
        .boxed()
}

/// The other addresses of the tester.
fn others(ground: &Ground, address: IpAddr) -> Vec<IpAddr> {
    let addresses = ground.origins.iter().filter_map(|origin| origin.address);
    addresses.filter(|other| *other != address).collect()
}

fn details(form: DetailForm, levels: &Levels, child: u32) -> BoxedStrategy<Vec<Detail>> {
    let target = if levels.links == Links::Own { 1 } else { 3 };
    let others = [4, 3, 23].into_iter().filter(move |other| *other != child);
    let others: Vec<u32> = others.collect();
    let detail = |target: Option<u32>, children: Vec<u32>| Detail {
        target,
        specialization: None,
        children,
    };
    match form {
        DetailForm::Absent => Just(Vec::new()).boxed(),
        DetailForm::Child => Just(vec![detail(None, vec![child])]).boxed(),
        DetailForm::ChildAndTarget => any::<bool>()
            .prop_map(move |last| {
                let mut children = others.clone();
                children.insert(if last { children.len() } else { 0 }, child);
                vec![detail(Some(target), children)]
            })
            .boxed(),
        DetailForm::SecondFits => Just(vec![
            detail(None, others),
            detail(Some(target), vec![child]),
        ])
        .boxed(),
        DetailForm::OtherChild => any::<bool>()
            .prop_map(move |named| vec![detail(named.then_some(target), others.clone())])
            .boxed(),
        DetailForm::UnknownChild => Just(vec![detail(None, vec![UNKNOWN])]).boxed(),
        DetailForm::Specialized => Just(vec![Detail {
            specialization: Some(SPECIALIZATION),
            ..detail(None, vec![child])
        }])
        .boxed(),
        DetailForm::OtherTarget => select(vec![2, 4, 5, 23])
            .prop_map(move |elsewhere| vec![detail(Some(elsewhere), vec![child])])
            .boxed(),
        DetailForm::Halves => select(vec![2, 5])
            .prop_map(move |elsewhere| {
                vec![
                    detail(Some(elsewhere), vec![child]),
                    detail(Some(target), others.clone()),
                ]
            })
            .boxed(),
    }
}

/// Puts the rule under test where the row wants it, and others around it.
fn governed(levels: &Levels, own: &str, first: Rule, others: &[Rule]) -> Governed {
    let other = |index: usize| others.get(index).cloned();
    let everything = Rule {
        originators: vec![own.to_owned()],
        operations: 63,
        contexts: Vec::new(),
        flag: None,
        details: Vec::new(),
    };
    let rules: Vec<Rule> = match levels.around {
        Around::Nothing => vec![first],
        Around::Before => [other(0), Some(first)].into_iter().flatten().collect(),
        Around::Behind => [Some(first), other(0)].into_iter().flatten().collect(),
        Around::Both => [other(0), Some(first), other(1)]
            .into_iter()
            .flatten()
            .collect(),
        Around::Permitting => vec![first, everything.clone()],
        Around::Empty => Vec::new(),
    };
    let beside = || Some(other(2).into_iter().collect::<Vec<_>>());
    let (policies, reversed) = match levels.links {
        Links::Own => {
            let privileges = vec![everything];
            return Governed::Own { rules, privileges };
        }
        Links::Creator => return Governed::Creator,
        Links::One => (vec![Some(rules)], false),
        Links::Behind => (vec![beside(), Some(rules)], false),
        Links::Before => (vec![Some(rules), beside()], false),
        Links::Three => (vec![beside(), Some(rules), beside()], true),
        Links::BehindEmpty => (vec![Some(Vec::new()), Some(rules)], false),
        Links::BehindDangling => (vec![None, Some(rules)], false),
        Links::BeforeDangling => (vec![Some(rules), None], false),
        Links::BeforePermitting => (vec![Some(rules), Some(vec![everything])], true),
    };
    Governed::Linked { policies, reversed }
}
