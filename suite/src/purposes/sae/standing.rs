//! Associations that have to stand, and connections for them.

use super::holder::Holder;
use super::outcome::compare;
use super::prepared::Prepared;
use crate::catalogue::behaviour::{Endpoint, Ends, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::connection::Connection;
use crate::tester::handshake::{Association, Attempt, Handshake, establish};
use crate::tester::wire::Dial;
use crate::verdict::Reason;

/// A connection to HTTP within TLS on which nothing has happened yet.
pub async fn connect<'a>(
    world: &World<'a>,
    step: &str,
    role: Role,
) -> Result<Connection<'a>, Stop> {
    dial(world, step, role, Dial::new(Endpoint::Https)).await
}

/// A connection on which nothing has happened yet.
pub async fn dial<'a>(
    world: &World<'a>,
    step: &str,
    role: Role,
    dial: Dial,
) -> Result<Connection<'a>, Stop> {
    let connected = world.recorder().connect(step, role, dial).await;
    let unreachable = || {
        let detail = format!("no connection to endpoints.{}", dial.endpoint.key());
        Stop::inconclusive(step, Reason::Unreachable, detail)
    };
    connected
        .map_err(|error| Stop::link(step, &error))?
        .ok_or_else(unreachable)
}

/// An attempt at an association over TLS, in a connection of its own.
pub async fn attempt<'a>(
    world: &World<'a>,
    step: &str,
    role: Role,
    handshake: &Handshake,
) -> Result<Attempt<'a>, Stop> {
    attempt_at(world, step, role, Endpoint::Https, handshake).await
}

/// An attempt at an association at an endpoint, in a connection of its own.
pub async fn attempt_at<'a>(
    world: &World<'a>,
    step: &str,
    role: Role,
    endpoint: Endpoint,
    handshake: &Handshake,
) -> Result<Attempt<'a>, Stop> {
    let connection = dial(world, step, role, Dial::new(endpoint)).await?;
    attempt_over(step, connection, handshake).await
}

/// An attempt at an association in a connection.
pub async fn attempt_over<'a>(
    step: &str,
    connection: Connection<'a>,
    handshake: &Handshake,
) -> Result<Attempt<'a>, Stop> {
    let attempt = establish(connection, handshake).await;
    attempt.map_err(|error| Stop::link(step, &error))
}

/// The association of an attempt, which has to stand; before the stimulus nothing can be said without it.
pub fn standing<'a>(step: &str, role: Role, attempt: Attempt<'a>) -> Result<Association<'a>, Stop> {
    let detail = format!("expected an association, got {}", attempt.told());
    let Attempt {
        end, association, ..
    } = attempt;
    let missing = || match (role, compare(step, &Ends::Established, &end)) {
        (Role::Stimulus | Role::ReadBack, Err(stop)) => stop,
        _ => Stop::inconclusive(step, Reason::Precondition, detail),
    };
    association.ok_or_else(missing)
}

/// An association in which nothing is wrong.
pub async fn stand<'a>(
    world: &World<'a>,
    step: &str,
    role: Role,
    holder: &Holder,
) -> Result<Association<'a>, Stop> {
    let handshake = world.handshake(step, holder.credential.clone());
    let attempt = attempt(world, step, role, &handshake).await?;
    standing(step, role, attempt)
}

/// A registered holder is served within a new association.
pub async fn is_served(
    world: &World<'_>,
    step: &str,
    role: Role,
    holder: &Holder,
) -> Result<(), Stop> {
    let mut association = stand(world, step, role, holder).await?;
    Prepared::own(world, holder, &format!("{step}: retrieve"), role)?
        .ask(world, &mut association)
        .await?;
    close(step, &mut association).await
}

/// Ends an association in order.
pub async fn close(step: &str, association: &mut Association<'_>) -> Result<(), Stop> {
    association
        .close()
        .await
        .map_err(|error| Stop::link(step, &error))
}
