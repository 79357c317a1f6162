//! What the functions about ESPrim begin with, and how they look at what came of it.

use super::pair;
use crate::catalogue::behaviour::{Expectation, PairFixture, Protection, Role, Step};
use crate::purposes::answer::Answer;
use crate::purposes::check::{self, Asked};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::{Kept, Manner, Sealed, World};
use crate::purposes::{representation, scenario};
use crate::verdict::Cause;
use onem2m_primitive::{Operation, Request};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use time::Duration;

/// By how much the clocks of IUT and tester may differ.
pub const LEEWAY: Duration = Duration::seconds(2);
/// The longest that the end of a rand object is waited for.
pub const PATIENCE: Duration = Duration::seconds(300);
/// The Originator.
pub const ACTOR: &str = "AE1";

/// Makes AE1, and AE2 beside it, go by the identity of a pair, with a container in which AE1 has all rights.
pub async fn paired(world: &mut World<'_>) -> Result<(), Stop> {
    let both = [(ACTOR, PairFixture::First), ("AE2", PairFixture::Second)];
    made_for(world, &both).await
}

/// The same without AE2.
pub async fn paired_alone(world: &mut World<'_>) -> Result<(), Stop> {
    made_for(world, &[(ACTOR, PairFixture::First)]).await
}

async fn made_for(world: &mut World<'_>, actors: &[(&str, PairFixture)]) -> Result<(), Stop> {
    let pairs: BTreeMap<String, PairFixture> = actors
        .iter()
        .map(|(actor, fixture)| ((*actor).to_owned(), *fixture))
        .collect();
    pair(world, &pairs)?;
    for actor in pairs.keys() {
        world.register(actor, &Map::new()).await?;
    }
    let given = [
        json!({"create": "acpT", "type": "acp", "pv": [{"acor": ["CtpA1", "{ADM}"], "acop": 63}]}),
        json!({"create": "cntT", "type": "cnt", "with": {"acpi": ["acpT"]}}),
    ];
    steps(world, &given).await
}

/// The same with a session of AE1, in which an object was served.
pub async fn with_session(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    served(world, "twin", Role::Twin).await.map(|_| ())
}

/// A right object is served.
pub async fn served(world: &mut World<'_>, step: &str, role: Role) -> Result<Sealed, Stop> {
    let sealed = sent(world, step, role, &Protection::default()).await?;
    expect(step, role, &Expectation::Permit, &sealed)?;
    Ok(sealed)
}

/// Sends a Create of a contentInstance inside an object.
pub async fn sent(
    world: &mut World<'_>,
    step: &str,
    role: Role,
    protection: &Protection,
) -> Result<Sealed, Stop> {
    let request = instance(world, step)?;
    world
        .send_protected(Manner::default(), ACTOR, step, role, request, protection)
        .await
}

/// The Create of a contentInstance in the container.
pub fn instance(world: &World<'_>, step: &str) -> Result<Request, Stop> {
    let content = json!({"m2m:cin": {"con": world.canary()}});
    Ok(Request::create(world.find(step, "cntT")?, 4, content))
}

/// Sends a text as an object of an actor; what is in the place of its inner request is that of another object.
pub async fn sent_text(
    world: &mut World<'_>,
    step: &str,
    role: Role,
    actor: &str,
    object: &str,
    kept: &Kept,
) -> Result<Sealed, Stop> {
    let content = json!({"m2m:seci": {"sit": 5, "epo": object}});
    let request = Request::notify(world.find(step, "{CB}")?, content);
    let answer = world.send(actor, step, role, request, None, &[]).await?;
    world.taken(step, kept, answer)
}

/// A right object, which is served.
pub async fn served_object(
    world: &mut World<'_>,
    step: &str,
    role: Role,
) -> Result<(Kept, Sealed), Stop> {
    let request = instance(world, step)?;
    let kept = world
        .seal(ACTOR, step, &request, &Protection::default())
        .await?;
    let sealed = sent_text(world, step, role, ACTOR, &kept.object, &kept).await?;
    expect(step, role, &Expectation::Permit, &sealed)?;
    Ok((kept, sealed))
}

/// Compares what came back with an expectation.
pub fn expect(
    step: &str,
    role: Role,
    expectation: &Expectation,
    sealed: &Sealed,
) -> Result<(), Stop> {
    let asked = Asked::of(Operation::Create);
    check::check(&asked, expectation, &sealed.answer)
        .map(|_| ())
        .map_err(|finding| Stop::mismatch(step, role, finding, &sealed.answer))
}

/// How many contentInstances there are, which has to be one of these numbers.
pub async fn instances(world: &World<'_>, step: &str, expected: &[u64]) -> Result<u64, Stop> {
    instances_of(world, step, "cntT", expected).await
}

/// The same of another container.
pub async fn instances_of(
    world: &World<'_>,
    step: &str,
    container: &str,
    expected: &[u64],
) -> Result<u64, Stop> {
    let request = Request::retrieve(world.find(step, container)?);
    let role = Role::ReadBack;
    let answer = world.send("ADM", step, role, request, None, &[]).await?;
    let found = representation::attributes(answer.content())
        .and_then(|attributes| attributes.get("cni"))
        .and_then(Value::as_u64);
    match found {
        Some(number) if expected.contains(&number) => Ok(number),
        found => {
            let numbers: Vec<String> = expected.iter().map(ToString::to_string).collect();
            let finding = Finding::new(
                Cause::SideEffect,
                format!("{} contentInstances", numbers.join(" or ")),
                match found {
                    Some(number) => number.to_string(),
                    None => answer.to_string(),
                },
            );
            Err(Stop::mismatch(step, role, finding, &answer))
        }
    }
}

/// Runs steps of the precondition.
pub async fn steps(world: &mut World<'_>, given: &[Value]) -> Result<(), Stop> {
    let read = given.iter().map(|step| Step::read(step, Role::SetUp));
    let steps: Result<Vec<Step>, _> = read.collect();
    let steps = steps.map_err(|error| Stop::error("set-up", error.to_string()))?;
    scenario::run(world, &steps).await
}

/// The text of the object in an answer.
pub fn object(sealed: &Sealed) -> Option<&str> {
    sealed
        .outer
        .content()?
        .get("m2m:seci")?
        .get("epo")?
        .as_str()
}

/// A stimulus that was answered otherwise than it has to be.
pub fn wrong(step: &str, expected: &str, answer: &Answer) -> Result<(), Stop> {
    let finding = Finding::new(Cause::WrongDecision, expected, answer.to_string());
    Err(Stop::mismatch(step, Role::Stimulus, finding, answer))
}
