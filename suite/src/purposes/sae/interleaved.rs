//! Handshakes of two AEs at the same time are not mixed up.

use super::by_turns::by_turns;
use super::holder::registered;
use super::prepared::Prepared;
use super::standing::{close, connect, is_served, standing};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::connection::Connection;
use crate::tester::handshake::{Attempt, Handshake, establish};
use crate::tester::link::LinkError;
use onem2m_primitive::ResponseStatusCode;

/// Connections of both together.
const CONNECTIONS: usize = 50;

/// CSE/SAE/PSK/036: messages of many handshakes by turns, then requests by turns.
pub async fn are_not_mixed_up(world: &mut World<'_>) -> Result<(), Stop> {
    let holders = [
        registered(world, Fixture::Ae1).await?,
        registered(world, Fixture::Ae2).await?,
    ];
    let [one, two] = &holders;
    let pairs = [(one, two), (two, one)];
    let turns: Vec<_> = (1..=CONNECTIONS).zip(pairs.iter().cycle()).collect();
    let mut handshakes = Vec::new();
    for (number, (holder, _)) in &turns {
        let step = format!("handshake {number}");
        let connection = connect(world, &step, Role::Stimulus).await?;
        let handshake = world.handshake(&step, holder.credential.clone());
        handshakes.push(run(connection, handshake));
    }
    let mut associations = Vec::new();
    for (attempt, (number, (holder, other))) in by_turns(handshakes).await.into_iter().zip(turns) {
        let step = format!("handshake {number}");
        let attempt = attempt.map_err(|error| Stop::link(&step, &error))?;
        let association = standing(&step, Role::Stimulus, attempt)?;
        associations.push((number, association, *holder, *other));
    }
    let codes = [
        ResponseStatusCode::OK.number(),
        ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE.number(),
    ];
    for (number, association, holder, _) in &mut associations {
        let step = format!("own {number}");
        Prepared::retrieve(world, holder, &step, Role::Stimulus, "{CB}")?
            .expecting(&codes)
            .ask(world, association)
            .await?;
    }
    for (number, association, holder, other) in &mut associations {
        let step = format!("other {number}");
        Prepared::foreign(world, holder, other, &step, "{CB}")?
            .ask(world, association)
            .await?;
    }
    for (number, association, ..) in &mut associations {
        close(&format!("handshake {number}"), association).await?;
    }
    is_served(world, "read-back", Role::ReadBack, one).await
}

async fn run(connection: Connection<'_>, handshake: Handshake) -> Result<Attempt<'_>, LinkError> {
    establish(connection, &handshake).await
}
