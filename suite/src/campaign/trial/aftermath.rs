//! What a sequence left: what was written is there, what was refused is not, and others are served as before.

use super::{Seen, World};
use crate::campaign::judge::told_too_much;
use crate::campaign::kind::Kind;
use crate::campaign::model::{ADMINISTRATOR, BASE, ENTITIES, Resource};
use crate::campaign::step::{Operation, Step, Target};
use crate::campaign::trouble::Trouble;
use crate::tester::link::LinkError;
use crate::verdict::Cause;
use std::time::Duration;

/// Resources that are looked at.
const MOST: usize = 24;
/// Names of what was refused that are looked for.
const MOST_REFUSED: usize = 6;

/// Looks at what is left. `at` is the number of steps; a notification may take so long.
pub async fn look(
    world: &mut World<'_>,
    at: usize,
    patience: Duration,
) -> Result<Option<Seen>, LinkError> {
    if let Some(seen) = bystander(world, at).await? {
        return Ok(Some(seen));
    }
    if world.is_lost {
        return Ok(None);
    }
    if let Some(seen) = notified(world, at, patience).await? {
        return Ok(Some(seen));
    }
    if let Some(seen) = kept(world, at).await? {
        return Ok(Some(seen));
    }
    traces(world, at).await
}

/// What AEs were notified of.
async fn notified(
    world: &mut World<'_>,
    at: usize,
    patience: Duration,
) -> Result<Option<Seen>, LinkError> {
    let mut made = world.model.resources().iter();
    if !made.any(|it| it.kind == Kind::Sub) {
        return Ok(None);
    }
    let seen = notified_so_far(world, at).await?;
    if seen.is_some() || patience.is_zero() {
        return Ok(seen);
    }
    tokio::time::sleep(patience).await;
    notified_so_far(world, at).await
}

async fn notified_so_far(world: &mut World<'_>, at: usize) -> Result<Option<Seen>, LinkError> {
    for entity in ENTITIES {
        let arrived = world.notifications(entity).await?;
        let mut troubles = arrived
            .iter()
            .filter_map(|inbound| told_too_much(&world.model, entity, inbound));
        if let Some(trouble) = troubles.next() {
            return Ok(Some(Seen {
                trouble,
                at,
                step: format!("{entity} is notified"),
                exchange: None,
                is_dead: false,
            }));
        }
    }
    Ok(None)
}

/// Each resource as it was written, by somebody who may retrieve it.
async fn kept(world: &mut World<'_>, at: usize) -> Result<Option<Seen>, LinkError> {
    let looks: Vec<Step> = world
        .model
        .alive()
        .filter(|it| it.is_sure)
        .filter_map(|it| Some((viewer(world, it)?, it)))
        .map(|(viewer, it)| Step::new(viewer, Operation::Retrieve, Target::of(&it.slot)))
        .collect();
    let skipped = looks.len().saturating_sub(MOST);
    for step in looks.into_iter().skip(skipped) {
        let Some(done) = world.perform(&step).await? else {
            continue;
        };
        if let Some(mut trouble) = done.trouble {
            if trouble.cause == Cause::WrongDecision {
                trouble.cause = Cause::SideEffect;
            }
            trouble.class = format!("afterwards {}", trouble.class);
            return Ok(Some(Seen {
                trouble,
                at,
                step: step.to_string(),
                exchange: Some(super::Sent {
                    request: done.request,
                    received: done.received,
                }),
                is_dead: false,
            }));
        }
    }
    Ok(None)
}

/// Who may retrieve a resource for certain.
fn viewer(world: &World<'_>, resource: &Resource) -> Option<&'static str> {
    let may = |entity: &&str| {
        world.model.is_registered(entity)
            && world
                .model
                .permits(&world.model.identity(entity), "retrieve", resource, None)
                == Some(true)
    };
    [ADMINISTRATOR].into_iter().chain(ENTITIES).find(may)
}

/// What a refused Create named is not there.
async fn traces(world: &mut World<'_>, at: usize) -> Result<Option<Seen>, LinkError> {
    let refused: Vec<String> = world.refused.iter().take(MOST_REFUSED).cloned().collect();
    for path in refused {
        world.model.insert(ghost(&path));
        let step = Step::new(ADMINISTRATOR, Operation::Retrieve, Target::of(GHOST));
        let answer = world.ask(&step).await?;
        world.model.remove(GHOST);
        let Some(answer) = answer.filter(|answer| answer.succeeded()) else {
            continue;
        };
        let trouble = Trouble::new(
            Cause::SideEffect,
            "TS-0003 V3.18.0, 6.2.2",
            "no trace of a Create that was refused",
            format!("{answer} for what it named"),
        );
        return Ok(Some(Seen {
            trouble: trouble.of_class("trace"),
            at,
            step: format!("ADM retrieves what was refused, {path}"),
            exchange: None,
            is_dead: false,
        }));
    }
    Ok(None)
}

const GHOST: &str = "ghost";

/// A resource that must not be there.
fn ghost(path: &str) -> Resource {
    Resource {
        slot: GHOST.to_owned(),
        is_sure: false,
        ..Resource::base(path)
    }
}

/// An AE that nothing was about discovers at the `<CSEBase>` as ever.
async fn bystander(world: &mut World<'_>, at: usize) -> Result<Option<Seen>, LinkError> {
    let Some(who) = ENTITIES.last().filter(|who| world.model.is_registered(who)) else {
        return Ok(None);
    };
    let mut step = Step::new(who, Operation::Retrieve, Target::of(BASE));
    step.parameters = vec![
        ("fu".to_owned(), "1".to_owned()),
        ("lbl".to_owned(), "nobody-has-this-label".to_owned()),
    ];
    let Some(answer) = world.ask(&step).await? else {
        return Ok(None);
    };
    let is_served = answer.primitive().is_some() && answer.code() != Some(5000);
    if is_served {
        return Ok(None);
    }
    let is_dead = !world.is_served().await?;
    let trouble = Trouble::new(
        Cause::Poison,
        "TS-0004 V3.32.0, 7.3.3.14",
        "a discovery of an uninvolved AE is answered",
        answer.to_string(),
    );
    Ok(Some(Seen {
        trouble: trouble.of_class("discovery"),
        at,
        step: step.to_string(),
        exchange: None,
        is_dead,
    }))
}
