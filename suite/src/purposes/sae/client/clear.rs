//! Whether an IUT that was refused goes on in the clear.

use super::refusal::nothing_said;
use super::served::next;
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::Service;
use crate::tester::stand::Stand;
use std::time::Duration;

/// Connections that are looked at: whoever tries more often in vain is no better known by it.
const MOST: usize = 4;

/// Looks at what else comes to a stand, within a time to wait, and serves it as wrongly as before: further handshakes are the
/// policy of the IUT, anything else is a leak.
pub async fn nothing(
    world: &World<'_>,
    step: &str,
    stand: &Stand,
    service: &Service,
    patience: Duration,
) -> Result<(), Stop> {
    for number in 1..=MOST {
        let step = format!("{step}: {stand}, {number}");
        let again = Service {
            seed: world.handshake(&step, service.credential.clone()).seed,
            ..service.clone()
        };
        let role = Role::ReadBack;
        match next(world, &step, role, stand, &again, patience).await? {
            None => break,
            Some(attempt) => nothing_said(&step, &attempt)?,
        }
    }
    Ok(())
}
