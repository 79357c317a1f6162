//! Handshakes that take their time keep nobody else out.

use super::holder::registered;
use super::standing::{connect, is_served};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::first_flight;
use crate::tester::wire::Arrived;
use std::time::Duration;

/// Connections on which a ClientHello comes octet by octet.
const CONNECTIONS: usize = 200;
/// How many octets come.
const OCTETS: usize = 5;
/// Between two octets.
const PAUSE: Duration = Duration::from_secs(2);

/// CSE/SAE/TLS/059: AE1 is served behind each octet.
pub async fn keep_nobody_out(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "slow";
    let link = |error| Stop::link(step, &error);
    let holder = registered(world, Fixture::Ae1).await?;
    let handshake = world.handshake(step, holder.credential.clone());
    let hello = first_flight(&handshake, false).map_err(link)?.concat();
    let mut open = Vec::new();
    for number in 1..=CONNECTIONS {
        let connection = connect(world, &format!("{step} {number}"), Role::Stimulus).await?;
        open.push(connection);
    }
    for (number, octet) in (1..=OCTETS).zip(hello) {
        let mut still = Vec::new();
        for mut connection in open {
            connection.send(vec![octet]).await.map_err(link)?;
            match connection.receive(Duration::ZERO).await.map_err(link)? {
                Arrived::Closed | Arrived::Reset(_) => {}
                Arrived::Octets(_) | Arrived::Silence => still.push(connection),
            }
        }
        open = still;
        let left = open.len();
        world.note(format!(
            "{left} of {CONNECTIONS} connections are open at octet {number}"
        ));
        is_served(
            world,
            &format!("meanwhile {number}"),
            Role::Stimulus,
            &holder,
        )
        .await?;
        world.recorder().wait(PAUSE).await;
    }
    drop(open);
    is_served(world, "afterwards", Role::ReadBack, &holder).await
}
