//! Removes what earlier runs left behind under the stem of the tester.

use super::purpose::Links;
use crate::catalogue::behaviour::{Role, identity_pattern};
use crate::purposes::world::{World, discovery};
use crate::purposes::{Facts, representation};
use crate::tester::naming::Naming;
use crate::tester::recorder::Recorder;
use onem2m_primitive::Request;
use serde_json::json;
use std::collections::BTreeSet;

/// Entities that a world may have registered.
const ENTITIES: [&str; 5] = ["AE1", "AE2", "AE3", "AE4", "AE9"];

/// Finds leftovers directly below the CSEBase and deletes them; tells how many went and which stayed.
pub async fn sweep(facts: &Facts, links: &dyn Links) -> (usize, Vec<String>) {
    let Some(link) = links.open("sweep", 1) else {
        return (0, Vec::new());
    };
    let recorder = Recorder::new(link.as_ref(), "sweep", 1, facts.seed);
    let world = World::new(&recorder, facts, "sweep", 1, false);
    let seen = leftovers(&world).await;
    let mut names: Vec<String> = entities_beside(&seen).union(&seen).cloned().collect();
    names.sort_by_key(|name| order(name));
    let (mut gone, mut left) = (0, Vec::new());
    for name in names {
        match remove(&world, &name).await {
            Removed::Now => gone += 1,
            Removed::Before => {}
            Removed::Not if seen.contains(&name) => left.push(name),
            Removed::Not => {}
        }
    }
    (gone, left)
}

/// Whether a resource is gone.
enum Removed {
    Now,
    /// It was not there, or went with another one.
    Before,
    Not,
}

/// The default policy of an `<AE>` hides it from the administrator: it is known by what was made
/// beside it.
fn entities_beside(names: &BTreeSet<String>) -> BTreeSet<String> {
    let bases: BTreeSet<&str> = names.iter().filter_map(|name| base(name)).collect();
    let entity_of = |base: &str| ENTITIES.map(|entity| format!("{base}-{entity}"));
    bases.into_iter().flat_map(entity_of).collect()
}

/// The identity of an entity, by the name of its `<AE>`.
fn owner(name: &str) -> Option<String> {
    let (base, entity) = name.split_once('-')?;
    let known = ENTITIES.contains(&entity);
    known.then(|| identity_pattern(entity).replacen("tp", base, 1))
}

/// What all names of a world begin with.
fn base(name: &str) -> Option<&str> {
    name.split_once('-').map(|(base, _)| base)
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
    let content = answer.ok().and_then(|answer| answer.content().cloned());
    let stem = &world.facts().ae_stem;
    representation::uri_list(content.as_ref())
        .unwrap_or_default()
        .iter()
        .filter_map(|uri| uri.rsplit('/').next())
        .filter(|name| Naming::is_ours(stem, name))
        .map(str::to_owned)
        .collect()
}

async fn remove(world: &World<'_>, name: &str) -> Removed {
    let path = format!("{}/{name}", world.facts().cse_base);
    if order(name) == 0 {
        // The maker may have left a policy that keeps the administrator out.
        open_policies(world, name).await;
    }
    for from in owner(name).as_deref().map(Some).into_iter().chain([None]) {
        let request = Request::delete(path.clone());
        let answer = world
            .send("ADM", "sweep", Role::CleanUp, request, from, &[])
            .await;
        match answer {
            Ok(answer) if answer.succeeded() => return Removed::Now,
            Ok(answer) if answer.code() == Some(4004) => return Removed::Before,
            _ => {}
        }
    }
    Removed::Not
}

async fn open_policies(world: &World<'_>, name: &str) {
    let Some(base) = base(name) else {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tester::naming::Naming;

    fn naming() -> Naming {
        Naming::new("Cconf", 7, "CSE/ACP/OPS/001", 1, "tested")
    }

    #[test]
    fn entities_are_looked_for_beside_what_is_seen() {
        let seen = BTreeSet::from([naming().resource("acpT")]);
        let beside = entities_beside(&seen);
        assert_eq!(beside.len(), ENTITIES.len());
        assert!(beside.contains(&naming().resource("AE2")));
        assert!(entities_beside(&BTreeSet::new()).is_empty());
    }

    #[test]
    fn owners_have_the_identity_that_they_registered_with() {
        for entity in ENTITIES {
            let registered = naming().rewrite(&identity_pattern(entity));
            assert_eq!(owner(&naming().resource(entity)), Some(registered));
        }
        assert_eq!(owner(&naming().resource("cntT")), None);
    }
}
