//! Rand objects of a Receiver that an Originator cannot use (TS-0004 V3.32.0, 7.5.1.2.11; TS-0003 V3.18.0, 8.4.2, step B.2g).

use super::answers::{Reply, right};
use super::exchange::{Play, exchange, served, unexpected};
use super::peer::{Peer, Who};
use super::support::nothing_sent;
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use serde_json::{Map, json};

const ROLE: Role = Role::Stimulus;

/// ORG/006: an answer of another type gives no rand object.
pub async fn of_other_answers_are_none(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    served(world, &mut peer, "twin", Role::Twin).await?;
    for step in ["request", "object", "none", "empty", "no-value"] {
        let mut fresh = Peer::new_key(&peer, world, step);
        let object = fresh.object(world, 600, &[])?;
        let information = |sit: u64| json!({"m2m:seci": {"sit": sit, "ero": object}});
        let reply = match step {
            "request" => Reply::with(information(3)),
            "object" => Reply::with(information(5)),
            "none" => Reply::with(json!({"m2m:seci": {"sit": 4}})),
            "empty" => Reply::code(2000),
            _ => {
                let mut partial = object.clone();
                if let Some(members) = partial.as_object_mut() {
                    members.shift_remove("esrv");
                }
                Reply::rand(&partial)
            }
        };
        unused(world, &mut fresh, step, reply).await?;
    }
    served(world, &mut peer, "read-back", Role::ReadBack)
        .await
        .map(|_| ())
}

/// ORG/007: an object that has expired, or offers nothing that is known, is not used.
pub async fn without_use_are_left(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    served(world, &mut peer, "twin", Role::Twin).await?;
    for (step, seconds, change) in [
        ("expired", -60, None),
        ("other-derivation", 600, Some(("esks", json!([2])))),
        ("other-encryption", 600, Some(("espa", json!([20])))),
        ("no-derivation", 600, Some(("esks", json!([])))),
    ] {
        let mut fresh = Peer::new_key(&peer, world, step);
        let object = fresh.object(world, seconds, change.as_slice())?;
        unused(world, &mut fresh, step, Reply::rand(&object)).await?;
    }
    served(world, &mut peer, "read-back", Role::ReadBack)
        .await
        .map(|_| ())
}

/// The answer to the request for a rand object is all that the IUT gets.
async fn unused(
    world: &mut World<'_>,
    peer: &mut Peer,
    step: &str,
    reply: Reply,
) -> Result<(), Stop> {
    let play = Play {
        information: Some(json!({"esf": [13]})),
        rand: vec![reply],
        answer: &mut |peer, seen| right(peer, seen),
    };
    let exchange = exchange(world, peer, step, ROLE, &Map::new(), play).await?;
    // Whoever never asked says nothing of the answer.
    if exchange.rand_requests().next().is_none() {
        let expected = "a request for a rand object";
        return Err(unexpected(step, ROLE, expected, &exchange));
    }
    nothing_sent(step, &exchange)
}
