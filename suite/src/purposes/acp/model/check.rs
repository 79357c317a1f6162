//! CSE/ACP/MODEL: the IUT and the oracle of the suite decide the same cases.

use super::case;
use super::ground::{Entity, Ground};
use super::group::Group;
use super::search::{Plan, search};
use super::stand::Stand;
use super::{membership, origin};
use crate::catalogue::behaviour::Role;
use crate::profile::STATEMENTS;
use crate::purposes::check::success;
use crate::purposes::stop::Finding;
use crate::purposes::{Stop, world::World};
use crate::verdict::{Cause, Reason};
use onem2m_primitive::{Operation, Request};
use serde_json::{Map, json};

/// The entities that requests come from: the plainest, another, one whose stem begins with that of the first, and one
/// whose stem the service provider assigned.
const ENTITIES: [&str; 3] = ["AE2", "AE1", "AE22"];
const OF_PROVIDER: &str = "AE3";

/// One group of cases; the twin is the plainest permit, in a world of its own.
pub async fn check(group: Group, twin: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    plainest(twin).await?;
    let ground = ground(group, tested).await?;
    let facts = tested.facts();
    let plan = Plan {
        seed: facts.seed,
        purpose: group.purpose().to_owned(),
        cases: u32::try_from(facts.seconds("PIXIT_MODEL_CASES")).unwrap_or(u32::MAX),
    };
    let dimensions = group.dimensions(&ground);
    let counted = search(&mut Stand::new(tested, ground), &plan, dimensions).await?;
    tested.note(counted);
    Ok(())
}

/// Registers the entities and learns how they are called.
async fn ground(group: Group, world: &mut World<'_>) -> Result<Ground, Stop> {
    let facts = world.facts();
    let claims = |pics: &str| facts.pics.get(pics).copied().unwrap_or_default();
    let origins = origin::origins(
        &world.recorder().sources(),
        &facts.locations(),
        claims("PICS_IPV6"),
    );
    let mut ground = Ground::of(facts, origins);
    if group == Group::Regions && !ground.is_located() {
        let names = STATEMENTS.map(|(_, name)| name).join(" or ");
        let observed = format!(
            "the profile states of no source where the IUT locates it; hint: state it in {names}"
        );
        return Err(Stop::inconclusive("start", Reason::TestBed, observed));
    }
    let provider = ground.claims("PICS_S_AE").then_some(OF_PROVIDER);
    let actors: Vec<&str> = ENTITIES.into_iter().chain(provider).collect();
    let guard = visible(world, &actors).await?;
    for actor in actors {
        let mut with = Map::new();
        with.insert("acpi".into(), json!([guard]));
        world.register(actor, &with).await?;
        let unfilled = |unfilled| Stop::unfilled(actor, &unfilled);
        let stem = world.identity(actor).map_err(unfilled)?;
        let sp_relative = match stem.starts_with('S') {
            true => format!("/{stem}"),
            false => format!("{}/{stem}", ground.cse),
        };
        ground.entities.push(Entity {
            actor,
            stem,
            sp_relative,
        });
    }
    let has_groups = ground.claims("PICS_GROUP") && ground.claims("PICS_ACP_GROUP");
    if has_groups && group.names_groups() {
        ground.memberships = membership::make(world, &ground).await?;
    }
    Ok(ground)
}

/// A policy for the `<AE>`s, so that the administrator sees what it makes members of a group.
async fn visible(world: &mut World<'_>, actors: &[&str]) -> Result<String, Stop> {
    let unfilled = |unfilled| Stop::unfilled("policy", &unfilled);
    let administrator = world.identity("ADM").map_err(unfilled)?;
    let mut originators = vec![administrator.clone()];
    for actor in actors {
        originators.push(world.identity(actor).map_err(unfilled)?);
    }
    let rules = [json!({"acor": originators, "acop": 63})];
    let own = json!({"acr": [case::everything(&administrator)]});
    let name = world.resource_name(membership::GUARD);
    let policy = json!({"m2m:acp": {"rn": name, "pv": {"acr": rules}, "pvs": own}});
    let base = world.facts().cse_base.clone();
    let path = format!("{base}/{name}");
    let request = Request::create(base, 1, policy);
    let step = world.step("make the policy of the entities");
    let answer = world
        .create(
            membership::GUARD,
            "ADM",
            &step,
            Role::SetUp,
            request,
            path.clone(),
        )
        .await?;
    match answer.succeeded() {
        true => Ok(path),
        false => {
            let finding = Finding::new(Cause::WrongDecision, "2001 CREATED", answer.to_string());
            Err(Stop::mismatch(&step, Role::SetUp, finding, &answer))
        }
    }
}

/// AE2 retrieves a container under a policy that permits it everything.
async fn plainest(twin: &mut World<'_>) -> Result<(), Stop> {
    twin.register("AE2", &Map::new()).await?;
    let unfilled = |unfilled| Stop::unfilled("twin", &unfilled);
    let (own, administrator) = (
        twin.identity("AE2").map_err(unfilled)?,
        twin.identity("ADM").map_err(unfilled)?,
    );
    let base = twin.facts().cse_base.clone();
    let policy = json!({"m2m:acp": {
        "rn": twin.resource_name("acpT"),
        "pv": {"acr": [case::everything(&own), case::everything(&administrator)]},
        "pvs": {"acr": [case::everything(&administrator)]},
    }});
    let path = format!("{base}/{}", twin.resource_name("acpT"));
    let container = json!({"m2m:cnt": {"rn": twin.resource_name("cntT"), "acpi": [path]}});
    for (name, kind, content) in [("acpT", 1, policy), ("cntT", 3, container)] {
        let path = format!("{base}/{}", twin.resource_name(name));
        let request = Request::create(base.clone(), kind, content);
        let step = twin.step(&format!("make-{name}"));
        let answer = twin
            .create(name, "ADM", &step, Role::Twin, request, path)
            .await?;
        succeeded(&step, Operation::Create, &answer)?;
    }
    let path = twin.target("cntT").map_err(unfilled)?;
    let step = twin.step("request");
    let request = Request::retrieve(path);
    let answer = twin
        .send("AE2", &step, Role::Twin, request, None, &[])
        .await?;
    succeeded(&step, Operation::Retrieve, &answer)
}

fn succeeded(
    step: &str,
    operation: Operation,
    answer: &crate::purposes::answer::Answer,
) -> Result<(), Stop> {
    if answer.code() == Some(success(operation)) {
        return Ok(());
    }
    let expected = crate::purposes::check::spelled(&[success(operation)]);
    let finding = Finding::new(Cause::WrongDecision, expected, answer.to_string());
    Err(Stop::mismatch(step, Role::Twin, finding, answer))
}
