//! Random values of the IUT do not return.

use super::holder::registered;
use super::outcome::compare;
use super::standing::attempt;
use crate::catalogue::behaviour::{Ends, Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::conduct::{Stop as Halt, StopAt, StopEnding};
use crate::tester::wire::Ending;
use crate::verdict::{Cause, Judgement, Reason};
use std::collections::HashSet;

/// How many ClientHellos are sent.
const HELLOS: u32 = 100;
/// Octets of a random value that are a time (RFC 5246, 7.4.1.2).
const TIME: usize = 4;

/// CSE/SAE/TLS/041: the same ClientHello many times.
pub async fn is_fresh(world: &mut World<'_>) -> Result<(), Stop> {
    let holder = registered(world, Fixture::Ae1).await?;
    let mut handshake = world.handshake("hello", holder.credential.clone());
    handshake.conduct.stop = Some(Halt {
        after: StopAt::ServerFlight,
        then: StopEnding::Leave,
    });
    let mut randoms = HashSet::new();
    let mut sessions = HashSet::new();
    for number in 1..=HELLOS {
        let step = format!("hello {number}");
        let attempt = attempt(world, &step, Role::Stimulus, &handshake).await?;
        let Some(hello) = attempt.seen.server_hello else {
            compare(&step, &Ends::Established, &attempt.end)?;
            let detail = format!("expected a ServerHello, got {}", attempt.end);
            return Err(Stop::inconclusive(&step, Reason::Precondition, detail));
        };
        if let Some(mut connection) = attempt.connection {
            let ended = connection.end(Ending::Close).await;
            ended.map_err(|error| Stop::link(&step, &error))?;
        }
        let random: Vec<u8> = hello.random.0.iter().skip(TIME).copied().collect();
        if !randoms.insert(random) {
            return Err(again(&step, "random value"));
        }
        if !hello.session_id.is_empty() && !sessions.insert(hello.session_id) {
            return Err(again(&step, "session id"));
        }
    }
    Ok(())
}

fn again(step: &str, what: &str) -> Stop {
    let expected = format!("a new {what} in each ServerHello");
    let observed = format!("the {what} of an earlier one");
    Stop::Judged(Judgement::fail(Cause::WrongDecision, expected, observed).at(step))
}
