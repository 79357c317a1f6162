//! In what manner a step sends its request.

use super::scenario::text;
use super::stop::Stop;
use super::world::World;
use crate::catalogue::behaviour::Step;
use crate::tester::link::Way;
use std::time::Duration;

/// Header fields that the step adds.
pub async fn headers(
    world: &mut World<'_>,
    step: &Step,
    name: &str,
) -> Result<Vec<(String, String)>, Stop> {
    let mut headers = Vec::new();
    for (header, value) in &step.headers {
        headers.push((header.to_lowercase(), text(world.fill(name, value).await?)));
    }
    Ok(headers)
}

/// The way that the step names; none if it is that of the actor.
pub fn way(world: &World<'_>, step: &Step, name: &str) -> Result<Option<Way>, Stop> {
    if step.source.is_none() && step.association.is_none() {
        return Ok(None);
    }
    let associated = |actor: &String| world.associated_identity(actor);
    let association = match &step.association {
        None => world.way(&step.actor).association.map(Ok),
        Some(none) if none == "none" => None,
        Some(actor) => Some(associated(actor)),
    };
    Ok(Some(Way {
        source: step.source.unwrap_or_default(),
        association: association
            .transpose()
            .map_err(|unfilled| Stop::unfilled(name, &unfilled))?,
    }))
}

/// How long the answer may take, if the step says so.
pub fn patience(world: &World<'_>, step: &Step) -> Option<Duration> {
    let pixit = step.within.as_ref()?;
    Some(Duration::from_secs(world.facts().seconds(pixit)))
}
