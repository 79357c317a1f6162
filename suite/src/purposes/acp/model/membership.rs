//! Groups that rules name: what the stand makes beforehand, and the entries that stand for them or come close.

use super::ground::{Entity, Ground};
use crate::catalogue::behaviour::Role;
use crate::purposes::world::World;
use crate::purposes::{Stop, answer::Answer};
use onem2m_primitive::Request;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// `<container>` and `<group>` (TS-0004 V3.32.0, Table 6.3.4.2.1-1).
const CONTAINER: u32 = 3;
const GROUP: u32 = 9;

/// The most members that the groups may have.
const MOST: u32 = 5;

/// A `<group>` whose resource identifier may stand in a rule (TS-0001 V3.36.0, 9.6.2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Its resource identifiers, the plainest first.
    pub ids: Vec<String>,
    /// The AE-ID-Stems of the entities that are in it.
    pub members: Vec<String>,
    /// Whether it was never made.
    pub is_missing: bool,
}

impl Membership {
    /// Whether an entity is in it.
    pub fn holds(&self, stem: &str) -> bool {
        self.members.iter().any(|member| member == stem)
    }

    /// The members under each identifier, if the group is there.
    pub fn by_id(&self) -> impl Iterator<Item = (String, Vec<String>)> + '_ {
        let ids = self.ids.iter().filter(|_| !self.is_missing);
        ids.map(|id| (id.clone(), self.members.clone()))
    }
}

/// How an entry refers to a group, seen from the entity that sends the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupForm {
    /// It is in the group.
    Member,
    /// It is not.
    NoMember,
    /// There is no such group.
    Missing,
    /// A wildcard that the identifier of a group with it would match.
    Wild,
}

/// Entries of a form; none if there is no such group.
pub fn entries(ground: &Ground, entity: &Entity, form: GroupForm) -> Vec<String> {
    let of = |fits: &dyn Fn(&Membership) -> bool| -> Vec<String> {
        let memberships = ground.memberships.iter().filter(|one| fits(one));
        memberships.flat_map(|one| one.ids.clone()).collect()
    };
    let holds = |one: &Membership| one.holds(&entity.stem);
    match form {
        GroupForm::Member => of(&holds),
        GroupForm::NoMember => of(&|one| !one.is_missing && !holds(one)),
        GroupForm::Missing => of(&|one| one.is_missing),
        GroupForm::Wild => {
            let structured = of(&holds).into_iter().filter(|id| is_structured(id));
            structured.flat_map(|id| wild(&id)).collect()
        }
    }
}

/// The entries as a strategy, with something else of the same meaning where there is no group.
pub fn strategy(entries: Vec<String>, otherwise: &str) -> BoxedStrategy<String> {
    match entries.is_empty() {
        true => Just(otherwise.to_owned()).boxed(),
        false => select(entries).boxed(),
    }
}

/// Neither an AE-ID nor a domain.
fn is_structured(id: &str) -> bool {
    !id.starts_with('/') && id.contains('/')
}

fn wild(id: &str) -> [String; 2] {
    let (path, _) = id.rsplit_once('/').unwrap_or_default();
    let shorter = id.get(..id.len().saturating_sub(1)).unwrap_or_default();
    [format!("{path}/*"), format!("{shorter}*")]
}

/// Whether an entry can only be the identifier of a resource that is no group of ours.
pub fn is_of_no_group(ground: &Ground, entry: &str) -> bool {
    match ground.membership(entry) {
        Some(membership) => membership.is_missing,
        None => is_structured(entry),
    }
}

/// An entry that names a group in plainer words: its plainest identifier.
pub fn plainer(ground: &Ground, entry: &str) -> Option<String> {
    let plainest = ground.membership(entry)?.ids.first()?;
    (plainest != entry).then(|| plainest.clone())
}

/// The entry when another entity asks: a group in which that one is as the first was.
pub fn exchanged(ground: &Ground, entry: &str, one: &str, other: &str) -> Option<String> {
    let membership = ground.membership(entry)?;
    let place = membership.ids.iter().position(|id| id == entry)?;
    let alike = ground.memberships.iter().find(|candidate| {
        candidate.is_missing == membership.is_missing
            && candidate.holds(other) == membership.holds(one)
            && (candidate.members.len() > 1) == (membership.members.len() > 1)
    });
    alike?.ids.get(place).cloned()
}

/// The policy of the entities, by which the administrator sees what it makes members.
pub const GUARD: &str = "acpE";

/// Makes the groups. Whether an IUT takes one is for other purposes: what it refuses is not named in rules.
pub async fn make(world: &mut World<'_>, ground: &Ground) -> Result<Vec<Membership>, Stop> {
    let mut memberships = Vec::new();
    let entities = &ground.entities;
    let some = |indices: &[usize]| -> Vec<Entity> {
        let chosen = indices.iter().filter_map(|index| entities.get(*index));
        chosen.cloned().collect()
    };
    let behind: Vec<usize> = (1..entities.len()).collect();
    let plans = [
        ("grpO", some(&[0])),
        ("grpA", some(&[1])),
        ("grpS", some(&[1, 0])),
        ("grpR", some(&behind)),
    ];
    for (name, members) in plans {
        let paths = paths(world, name, &members)?;
        if create(world, name, paths).await?.succeeded() {
            memberships.push(named(world, ground, name, &members)?);
        }
    }
    if let Some(unlike) = unlike(world, ground).await?
        && create(world, "grpU", vec![unlike]).await?.succeeded()
    {
        memberships.push(named(world, ground, "grpU", &[])?);
    }
    if create(world, "grpE", Vec::new()).await?.succeeded() {
        memberships.push(named(world, ground, "grpE", &[])?);
    }
    let path = world.target("grpX");
    let path = path.map_err(|unfilled| Stop::unfilled("grpX", &unfilled))?;
    memberships.push(Membership {
        ids: ids(ground, &path, None),
        members: Vec::new(),
        is_missing: true,
    });
    Ok(memberships)
}

/// The `<AE>`s of entities, by unstructured and by structured identifiers in turn.
fn paths(world: &World<'_>, step: &str, members: &[Entity]) -> Result<Vec<String>, Stop> {
    let forms = members.iter().enumerate().map(|(place, member)| {
        let ids = world.ids(member.actor)?;
        let turned = if place % 2 == 0 {
            ids.last()
        } else {
            ids.first()
        };
        Ok(turned.cloned().unwrap_or_default())
    });
    let forms: Result<_, _> = forms.collect();
    forms.map_err(|unfilled| Stop::unfilled(step, &unfilled))
}

/// A container that the first entity made and that is called like it: no AE all the same.
async fn unlike(world: &mut World<'_>, ground: &Ground) -> Result<Option<String>, Stop> {
    let first = ground.entities.first();
    let (actor, stem) = first.map_or(("AE2", ""), |first| (first.actor, first.stem.as_str()));
    let step = world.step("make cntU");
    let unfilled = |unfilled| Stop::unfilled("cntU", &unfilled);
    let parent = world.target(actor).map_err(unfilled)?;
    let path = format!("{parent}/{stem}");
    let guard = world.target(GUARD).map_err(unfilled)?;
    let content = json!({"m2m:cnt": {"rn": stem, "acpi": [guard]}});
    let request = Request::create(parent, CONTAINER, content);
    let answer = world
        .create("cntU", actor, &step, Role::SetUp, request, path.clone())
        .await?;
    Ok(answer.succeeded().then_some(path))
}

/// A group of mixed members, so that nobody has to look at them for their types.
async fn create(world: &mut World<'_>, name: &str, members: Vec<String>) -> Result<Answer, Stop> {
    let step = world.step(&format!("make {name}"));
    let base = world.facts().cse_base.clone();
    let called = world.resource_name(name);
    let path = format!("{base}/{called}");
    let members: Vec<Value> = members.into_iter().map(Value::from).collect();
    let content = json!({"m2m:grp": {"rn": called, "mt": 0, "mnm": MOST, "mid": members}});
    let request = Request::create(base, GROUP, content);
    world
        .create(name, "ADM", &step, Role::SetUp, request, path)
        .await
}

/// A group that is there.
fn named(
    world: &World<'_>,
    ground: &Ground,
    name: &str,
    members: &[Entity],
) -> Result<Membership, Stop> {
    let known = world.ids(name);
    let known = known.map_err(|unfilled| Stop::unfilled(name, &unfilled))?;
    let structured = known.first().cloned().unwrap_or_default();
    Ok(Membership {
        ids: ids(ground, &structured, known.get(1).map(String::as_str)),
        members: members.iter().map(|member| member.stem.clone()).collect(),
        is_missing: false,
    })
}

/// The forms of a resource identifier (TS-0001 V3.36.0, Table 7.2-1): structured and unstructured, relative to CSE and
/// service provider, and absolute.
fn ids(ground: &Ground, structured: &str, unstructured: Option<&str>) -> Vec<String> {
    let relative: Vec<&str> = std::iter::once(structured).chain(unstructured).collect();
    let mut ids: Vec<String> = relative.iter().map(|id| (*id).to_owned()).collect();
    let cse = &ground.cse;
    ids.extend(relative.iter().map(|id| format!("{cse}/{id}")));
    if let Some(domain) = &ground.domain {
        ids.extend(relative.iter().map(|id| format!("{domain}{cse}/{id}")));
    }
    ids
}
