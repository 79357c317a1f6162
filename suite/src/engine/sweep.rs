//! Removes what earlier runs left behind under the stem of the tester.

use super::purpose::Links;
use crate::catalogue::behaviour::Role;
use crate::purposes::world::{World, discovery};
use crate::purposes::{Facts, representation};
use crate::tester::naming::Naming;
use crate::tester::recorder::Recorder;
use onem2m_primitive::Request;
use serde_json::json;
use std::collections::BTreeSet;

/// Finds leftovers directly below the CSEBase and deletes them; tells how many went and which stayed.
pub async fn sweep(facts: &Facts, links: &dyn Links) -> (usize, Vec<String>) {
    let Some(link) = links.open("sweep", 1) else {
        return (0, Vec::new());
    };
    let recorder = Recorder::new(link.as_ref(), "sweep", 1, facts.seed);
    let world = World::new(&recorder, facts, "sweep", 1, false);
    let mut names: Vec<String> = leftovers(&world).await.into_iter().collect();
    names.sort_by_key(|name| order(name));
    let (mut gone, mut left) = (0, Vec::new());
    for name in names {
        match remove(&world, &name).await {
            true => gone += 1,
            false => left.push(name),
        }
    }
    (gone, left)
}

/// Policies go last: a resource whose policy is gone is closed to everybody.
fn order(name: &str) -> u8 {
    match name.rsplit('-').next() {
        Some(word) if word.starts_with("acp") => 2,
        Some(word) if word.starts_with("AE") => 1,
        _ => 0,
    }
}

async fn leftovers(world: &World<'_>) -> BTreeSet<String> {
    let mut request = discovery(world.facts().cse_base.clone(), Vec::new());
    request.filter.level = Some(1);
    let answer = world
        .send("ADM", "sweep", Role::SetUp, request, None, &[])
        .await;
    let content = answer.ok().and_then(|answer| {
        answer
            .primitive()
            .and_then(|response| response.content.clone())
    });
    let stem = &world.facts().ae_stem;
    representation::uri_list(content.as_ref())
        .unwrap_or_default()
        .iter()
        .filter_map(|uri| uri.rsplit('/').next())
        .filter(|name| Naming::is_ours(stem, name))
        .map(str::to_owned)
        .collect()
}

async fn remove(world: &World<'_>, name: &str) -> bool {
    let path = format!("{}/{name}", world.facts().cse_base);
    if order(name) == 0 {
        // The maker may have left a policy that keeps the administrator out.
        open_policies(world, name).await;
    }
    let owner = name
        .rsplit_once('-')
        .and_then(|(base, entity)| entity.strip_prefix("AE").map(|number| (base, number)))
        .map(|(base, number)| format!("C{base}A{number}"));
    for from in [owner.as_deref(), None] {
        let request = Request::delete(path.clone());
        let answer = world
            .send("ADM", "sweep", Role::CleanUp, request, from, &[])
            .await;
        if answer.is_ok_and(|answer| answer.succeeded() || answer.code() == Some(4004)) {
            return true;
        }
    }
    false
}

async fn open_policies(world: &World<'_>, name: &str) {
    let Some((base, _)) = name.rsplit_once('-') else {
        return;
    };
    let Ok(administrator) = world.identity("ADM") else {
        return;
    };
    let rights = json!({"m2m:acp": {"pv": {"acr": [{"acor": [administrator], "acop": 63}]}}});
    let path = format!("{}/{base}-acpT", world.facts().cse_base);
    let request = Request::update(path, rights);
    // Whether it helped shows when the resource is deleted.
    let _ = world
        .send("ADM", "sweep", Role::CleanUp, request, None, &[])
        .await;
}
