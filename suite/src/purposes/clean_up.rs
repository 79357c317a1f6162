//! Removes what a world made, also where its policies stand in the way.

use super::world::{Remains, World};
use crate::catalogue::behaviour::Role;
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::json;

const POLICY: u32 = 1;
const APPLICATION_ENTITY: u32 = 2;

/// Deletes everything that the world made, and withdraws the keys that it had the IUT given; tells what is left behind.
pub async fn clean_up(world: &World<'_>) -> Vec<String> {
    // Who registered within an association leaves within one.
    world.restore_keys().await;
    let left = remove(world).await;
    world.withdraw_keys().await;
    left
}

/// Policies go last, since a resource whose policy is gone is closed to everybody.
async fn remove(world: &World<'_>) -> Vec<String> {
    let made: Vec<Remains> = world.made().iter().rev().cloned().collect();
    let entities: Vec<&Remains> = of_type(&made, APPLICATION_ENTITY);
    let with_an_entity = |remains: &Remains| {
        entities
            .iter()
            .any(|entity| remains.path.starts_with(&format!("{}/", entity.path)))
    };
    let order = |remains: &Remains| match remains.resource_type {
        Some(POLICY) => 2,
        Some(APPLICATION_ENTITY) => 1,
        _ => 0,
    };
    let mut roots: Vec<&Remains> = made.iter().filter(|made| !with_an_entity(made)).collect();
    roots.sort_by_key(|remains| order(remains));

    let mut left = Vec::new();
    let mut opened = false;
    for remains in roots {
        if delete(world, remains).await {
            continue;
        }
        if !opened {
            open_policies(world, &made).await;
            opened = true;
        }
        if !delete(world, remains).await {
            left.push(remains);
        }
    }
    if !left.is_empty() {
        left = come_back(world, left).await;
    }
    left.into_iter()
        .map(|remains| remains.path.clone())
        .collect()
}

/// A policy may admit nobody but an entity that has gone: it registers once more.
async fn come_back<'a>(world: &World<'_>, mut left: Vec<&'a Remains>) -> Vec<&'a Remains> {
    for entity in world.registered() {
        let content = json!({"m2m:ae": {
            "rn": world.resource_name(entity), "api": "Nconform", "rr": false,
            "srv": world.facts().release_version().into_iter().collect::<Vec<_>>(),
        }});
        let base = world.facts().cse_base.clone();
        let path = format!("{base}/{}", world.resource_name(entity));
        let register = Request::create(base, APPLICATION_ENTITY, content);
        // If it cannot come back, deleting fails as before; if it cannot leave, it is left behind too.
        let _ = world
            .send(entity, "clean up", Role::CleanUp, register, None, &[])
            .await;
        let mut still = Vec::new();
        for remains in left {
            if !delete(world, remains).await {
                still.push(remains);
            }
        }
        left = still;
        let leave = Request::delete(path);
        let _ = world
            .send(entity, "clean up", Role::CleanUp, leave, None, &[])
            .await;
    }
    left
}

fn of_type(made: &[Remains], resource_type: u32) -> Vec<&Remains> {
    let is = |remains: &&Remains| remains.resource_type == Some(resource_type);
    made.iter().filter(is).collect()
}

/// Whether the resource is gone: its maker tries, then the administrator, then everybody.
async fn delete(world: &World<'_>, remains: &Remains) -> bool {
    let mut actors = vec![remains.actor.as_str(), "ADM"];
    actors.extend(world.registered());
    actors.dedup();
    for actor in actors {
        let request = Request::delete(remains.path.clone());
        let answer = world
            .send(actor, "clean up", Role::CleanUp, request, None, &[])
            .await;
        let Ok(answer) = answer else { return false };
        let not_found = ResponseStatusCode::NOT_FOUND.number();
        if answer.succeeded() || answer.code() == Some(not_found) {
            return true;
        }
        if answer.primitive().is_none() {
            return false;
        }
    }
    false
}

/// The administrator gives itself every right where selfPrivileges let it.
async fn open_policies(world: &World<'_>, made: &[Remains]) {
    let Ok(administrator) = world.identity("ADM") else {
        return;
    };
    for policy in of_type(made, POLICY) {
        let rights = json!({"acr": [{"acor": [administrator], "acop": 63}]});
        let request = Request::update(policy.path.clone(), json!({"m2m:acp": {"pv": rights}}));
        let step = "clean up: open";
        // Whether it helped shows when the resource is deleted.
        let _ = world
            .send("ADM", step, Role::CleanUp, request, None, &[])
            .await;
    }
}
