//! Exchanges that have to fail.

use super::attempt::{Attempt, completes};
use super::parties::{Parties, ready};
use super::proof::{self, Reading};
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use serde_json::Value;

/// A right exchange is complete, each of these fails and leaves no key, and a right one is complete again.
pub async fn are_refused(
    world: &mut World<'_>,
    parties: &Parties,
    attempts: Vec<Attempt>,
) -> Result<(), Stop> {
    completes(world, parties, "twin", Role::Twin).await?;
    for attempt in &attempts {
        let came = attempt.made(world).await?;
        came.is_refused()?;
        world.note(format!("{}: {}", came.step, came.end));
        if let Some(exporter) = &came.seen.exporter {
            let step = format!("{}: object", came.step);
            proof::is_unknown(world, &step, exporter, &Reading::RIGHT, &parties.entity).await?;
        }
    }
    completes(world, parties, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// Each of these conducts of the initiator is refused.
pub async fn refused_with(world: &mut World<'_>, runs: &[(&str, Value)]) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let attempts = runs.iter().map(|(step, conduct)| {
        Attempt::new(step, Role::Stimulus, &parties.initiator).with(conduct.clone())
    });
    let attempts = attempts.collect();
    are_refused(world, &parties, attempts).await
}
