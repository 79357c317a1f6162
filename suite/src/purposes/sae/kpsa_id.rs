//! KpsaIDs at the edges of their grammar (TS-0003 V3.18.0, 10.5).

use super::holder::Holder;
use super::prepared::Prepared;
use super::standing::{close, stand};
use crate::catalogue::behaviour::Role;
use crate::profile::Provisioned;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::verdict::Reason;
use serde_json::Map;
use std::collections::HashSet;

/// Octets of a key that an IUT accepts only if it says so.
const SHORT_KEY: usize = 8;

/// An edge: what it is, and whether a KpsaID with this relative part stands there.
type Edge = (&'static str, fn(&str, &str) -> bool);

const EDGES: [Edge; 6] = [
    ("a relative part of one character", |_, relative| {
        relative.chars().count() == 1
    }),
    (
        "a hyphen or full stop at an end of the relative part",
        |_, relative| relative.starts_with(['-', '.']) || relative.ends_with(['-', '.']),
    ),
    ("an underscore", |_, relative| relative.contains('_')),
    ("a digit", |_, relative| {
        relative.contains(|each: char| each.is_ascii_digit())
    }),
    ("letters of both cases", |_, relative| {
        let has = |is: fn(&char) -> bool| relative.chars().any(|each| is(&each));
        has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase)
    }),
    ("128 octets", |whole, _| whole.len() == 128),
];

/// CSE/ID/KPSA/001: an association by each, in which its holder registers.
pub async fn at_the_edges(world: &mut World<'_>) -> Result<(), Stop> {
    let takes_short = world.facts().claims("PICS_SHORT_PSK");
    let usable = |it: &&Provisioned| takes_short || it.key.octets().len() > SHORT_KEY;
    let all: Vec<&Provisioned> = world.facts().provisioned.iter().filter(usable).collect();
    for (what, is_there) in EDGES {
        if !all.iter().any(|it| is_there(&it.identity, relative(it))) {
            world.note(format!("no KpsaID of the profile has {what}"));
        }
    }
    let at_edge = |it: &&&Provisioned| {
        EDGES
            .iter()
            .any(|(_, is_there)| is_there(&it.identity, relative(it)))
    };
    let chosen: Vec<&Provisioned> = all.iter().filter(at_edge).copied().collect();
    if chosen.is_empty() {
        let detail = "no KpsaID of the profile is at an edge of the grammar";
        return Err(Stop::inconclusive(
            "credential",
            Reason::Precondition,
            detail,
        ));
    }
    let mut entities = HashSet::new();
    for provisioned in chosen {
        let holder = Holder::of(provisioned, &provisioned.name)?;
        let registers = holder
            .entity()
            .is_some_and(|entity| !entity.starts_with('/') && entities.insert(entity.clone()));
        in_an_association(world, &holder, registers).await?;
    }
    Ok(())
}

fn relative(provisioned: &Provisioned) -> &str {
    provisioned.identity.split('@').next().unwrap_or_default()
}

async fn in_an_association(
    world: &mut World<'_>,
    holder: &Holder,
    registers: bool,
) -> Result<(), Stop> {
    let step = holder.actor.as_str();
    let mut association = stand(world, step, Role::Stimulus, holder).await?;
    if registers {
        let register = format!("{step}: register");
        world.associate(step, holder.identity(step)?, holder.credential.clone());
        let (request, path) = world.registration(step, &register, &Map::new()).await?;
        let answer = Prepared::new(world, holder, &register, Role::Stimulus, request, None)?
            .ask(world, &mut association)
            .await?;
        world.enrol(step, &register, path, &answer)?;
    }
    close(step, &mut association).await
}
