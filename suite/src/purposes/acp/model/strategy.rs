//! A case from a row of levels.

use super::address;
use super::case::{Ask, Case, Context, Detail, Governed, Operation, Region, Rule, Subject};
use super::dimension::{
    Around, Conditions, DetailForm, Dimensions, Links, ListShape, Row, Shape, Sum,
};
use super::ground::{Entity, Ground};
use super::originator::{self, EntryForm};
use super::window::{self, Named};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// Types that a Create may make below a container: `<contentInstance>` and `<container>`.
const CHILDREN: [u32; 2] = [4, 3];

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
    let levels = Levels {
        operation,
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

/// The rule under test, without object details.
fn rule(ground: &Ground, own: &Entity, other: &Entity, levels: &Levels) -> BoxedStrategy<Rule> {
    let flag = levels.flag;
    let lists = listed(ground, own, other, levels.entry, levels.list);
    let sum = sum(levels.sum, levels.operation);
    let contexts = contexts(ground, own, levels.shape, levels.named);
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
    let shapes = |holds: bool| {
        let shapes: Vec<Shape> = dimensions
            .shapes
            .iter()
            .copied()
            .filter(|shape| match shape {
                Shape::Absent => holds,
                Shape::One(conditions) => conditions.hold() == holds,
                Shape::Two(..) => false,
            })
            .collect();
        select(shapes)
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
    let mut kinds = vec![
        with(EntryForm::Other, Sum::Everything, shapes(true).boxed()),
        with(EntryForm::Other, Sum::Exact, shapes(true).boxed()),
        with(EntryForm::Stem, Sum::AllButThis, shapes(true).boxed()),
        with(EntryForm::All, Sum::Another, shapes(true).boxed()),
        with(EntryForm::Nobody, Sum::Everything, shapes(true).boxed()),
    ];
    if dimensions
        .shapes
        .iter()
        .any(|shape| matches!(shape, Shape::One(conditions) if !conditions.hold()))
    {
        kinds.push(with(
            EntryForm::Stem,
            Sum::Everything,
            shapes(false).boxed(),
        ));
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
    own: &Entity,
    shape: Shape,
    named: Named,
) -> BoxedStrategy<Vec<Context>> {
    let context = |conditions| context(ground, own, conditions, named);
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
    own: &Entity,
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
    let networks = match (conditions.address, ground.address) {
        (Some(holds), Some(source)) => address::networks(source, holds),
        _ => Just(Context::default()).boxed(),
    };
    let region = match conditions.place {
        None => Just(None).boxed(),
        Some(holds) => region(ground, &own.location, holds).prop_map(Some).boxed(),
    };
    (windows, networks, region)
        .prop_map(|(windows, networks, region)| Context {
            windows,
            region,
            ..networks
        })
        .boxed()
}

/// A region with the place of an entity just inside or just outside. Of what is not known nothing holds.
fn region(ground: &Ground, location: &Value, holds: bool) -> BoxedStrategy<Region> {
    let mut regions = Vec::new();
    if ground.claims("PICS_ACCO_CC") {
        let country = location.get("country").and_then(Value::as_str);
        let listed: Vec<String> = match (country, holds) {
            (Some(country), true) => vec!["FR".into(), country.into()],
            (Some("FR"), false) => vec!["DE".into()],
            _ => vec!["FR".into()],
        };
        regions.push(Region::Countries(listed));
    }
    if ground.claims("PICS_ACCO_CIRC") {
        let point = location.get("point").and_then(Value::as_array);
        let number = |index: usize| point?.get(index)?.as_f64();
        let (latitude, longitude) = (number(0).unwrap_or(60.0), number(1).unwrap_or(25.0));
        // A hundredth of a degree of latitude is 1112 m.
        let nearby = if latitude > 0.0 {
            latitude - 0.01
        } else {
            latitude + 0.01
        };
        let radii: &[f64] = if holds {
            &[1_120.0, 21_000_000.0]
        } else {
            &[1_100.0, 0.0]
        };
        regions.extend(
            radii
                .iter()
                .map(|radius| Region::Circle([nearby, longitude, *radius])),
        );
    }
    match regions.is_empty() {
        true => Just(Region::Countries(vec!["FR".into()])).boxed(),
        false => select(regions).boxed(),
    }
}

fn details(form: DetailForm, levels: &Levels, child: u32) -> BoxedStrategy<Vec<Detail>> {
    let target = if levels.links == Links::Own { 1 } else { 3 };
    let others = [4, 3, 23].into_iter().filter(move |other| *other != child);
    let others: Vec<u32> = others.collect();
    let detail = |target: Option<u32>, children: Vec<u32>| Detail { target, children };
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
