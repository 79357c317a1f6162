//! In what manner a step sends its request.

use super::associated_actors::is_told;
use super::stop::Stop;
use super::world::World;
use crate::catalogue::behaviour::Step;
use crate::tester::link::Way;
use serde_json::{Map, Value};
use std::time::Duration;

/// Header fields that the step adds.
pub async fn headers(
    world: &mut World<'_>,
    step: &Step,
    name: &str,
) -> Result<Vec<(String, String)>, Stop> {
    let mut headers = fields(world, &step.headers, name).await?;
    for (header, _) in &mut headers {
        header.make_ascii_lowercase();
    }
    Ok(headers)
}

/// Fields of the binding, filled.
pub async fn fields(
    world: &mut World<'_>,
    fields: &Map<String, Value>,
    name: &str,
) -> Result<Vec<(String, String)>, Stop> {
    let mut filled = Vec::new();
    for (field, value) in fields {
        filled.push((field.clone(), world.fill_text(name, value.clone()).await?));
    }
    Ok(filled)
}

/// The way that the step names; none if it is that of the actor.
pub fn way(world: &World<'_>, step: &Step, name: &str) -> Result<Option<Way>, Stop> {
    let is_associated =
        step.association.is_some() || !step.allows.is_empty() || step.credential.is_some();
    if step.source.is_none() && step.place.is_none() && !is_associated {
        return Ok(None);
    }
    let associated = |actor: &String| world.associated_identity(actor);
    let association = match &step.association {
        // Nothing is known of an association but what is told of it.
        None if is_told(step) => None,
        None => world.way(&step.actor).association.map(Ok),
        Some(none) if none == "none" => None,
        Some(actor) => Some(associated(actor)),
    };
    let allows = step.allows.iter().map(associated).collect::<Result<_, _>>();
    let located = step.place.map(|place| world.source(place)).transpose();
    let unfilled = |unfilled| Stop::unfilled(name, &unfilled);
    Ok(Some(Way {
        source: located
            .map_err(unfilled)?
            .or(step.source)
            .unwrap_or_default(),
        association: association.transpose().map_err(unfilled)?,
        allows: allows.map_err(unfilled)?,
        endpoint: None,
        credential: step.credential.as_deref().map(|text| world.name(text)),
        app_id: step.certifies.clone(),
    }))
}

/// How long the answer may take, if the step says so.
pub fn patience(world: &World<'_>, step: &Step) -> Option<Duration> {
    let pixit = step.within.as_ref()?;
    Some(Duration::from_secs(world.facts().seconds(pixit)))
}
