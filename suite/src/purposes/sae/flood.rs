//! Handshakes that go no further keep nobody out.

use super::datagrams::is_served;
use super::holder::registered;
use super::standing::dial;
use crate::catalogue::behaviour::{Endpoint, Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::first_flight;
use crate::tester::wire::Dial;

/// How often AE1 is served.
const ROUNDS: usize = 10;
/// Ports in each round, which stay open.
const PORTS: usize = 10;
/// First ClientHellos from each port.
const HELLOS: usize = 10;

/// CSE/SAE/DTLS/025: AE1 is served behind each round of first ClientHellos that nobody goes on with.
pub async fn keeps_nobody_out(world: &mut World<'_>) -> Result<(), Stop> {
    let holder = registered(world, Fixture::Ae1).await?;
    is_served(world, "alone", Role::Twin, &holder).await?;
    let mut open = Vec::new();
    for round in 1..=ROUNDS {
        for port in 1..=PORTS {
            let step = format!("flood {round}.{port}");
            let link = |error| Stop::link(&step, &error);
            let mut connection =
                dial(world, &step, Role::Stimulus, Dial::new(Endpoint::Coaps)).await?;
            for number in 1..=HELLOS {
                let seed = format!("{step}.{number}");
                let handshake = world.handshake(&seed, holder.credential.clone());
                for datagram in first_flight(&handshake, true).map_err(link)? {
                    connection.send(datagram).await.map_err(link)?;
                }
            }
            open.push(connection);
        }
        let step = format!("meanwhile {round}");
        is_served(world, &step, Role::Stimulus, &holder).await?;
    }
    Ok(())
}
