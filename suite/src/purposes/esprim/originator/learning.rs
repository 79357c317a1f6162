//! The next rand object of a Receiver, which a response brings (TS-0003 V3.18.0, 8.4.3.2).

use super::answers::{Change, Flipped, Reply, changed, right};
use super::exchange::{Exchange, Play, exchange, served, unexpected};
use super::peer::{Peer, Who};
use super::seen::Seen;
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use serde_json::{Map, Value, json};

const ROLE: Role = Role::Stimulus;

/// ORG/018: an object that a response brings is used, and never sent back.
pub async fn comes_of_responses(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    let next = peer.object(world, 600, &[])?;
    let first = answered(world, &mut peer, "first", |peer, seen| {
        let rro = Some(next.clone());
        changed(
            peer,
            seen,
            &Change {
                rro,
                ..Change::default()
            },
        )
    });
    let first = first.await?;
    if !first.succeeded() {
        let expected = "the success of the inner request";
        return Err(unexpected("first", ROLE, expected, &first));
    }
    let second = answered(world, &mut peer, "second", right).await?;
    let known: Vec<String> = peer.given.keys().cloned().collect();
    let is_right = |seen: &Seen| {
        !seen.members.contains_key("rro")
            && known.iter().any(|rri| rri == seen.member("rri"))
            && seen.inner.is_some()
    };
    let objects = second.objects().count() > 0 && second.objects().all(is_right);
    match objects && second.succeeded() {
        true => Ok(()),
        false => {
            let expected = "an object without rro, on a rand object that the Receiver gave";
            Err(unexpected("second", ROLE, expected, &second))
        }
    }
}

/// ORG/019: one that is not verified is never used.
pub async fn does_not_come_unverified(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    served(world, &mut peer, "twin", Role::Twin).await?;
    for step in ["wrong-tag", "in-the-clear"] {
        let injected = peer.object(world, 600, &[("esri", json!(format!("rr-{step}")))])?;
        let injected_into = answered(world, &mut peer, step, |peer, seen| match step {
            "wrong-tag" => {
                let rro = Some(injected.clone());
                let flips = Some(Flipped::Tag);
                changed(
                    peer,
                    seen,
                    &Change {
                        rro,
                        flips,
                        ..Change::default()
                    },
                )
            }
            _ => Reply {
                content: Some(json!({"m2m:seci": {"sit": 4, "ero": injected}})),
                ..Reply::code(4113)
            },
        })
        .await?;
        // Where nothing that fits came, nothing was injected.
        if !injected_into.has_objects_that_open() {
            return Err(unexpected(
                step,
                ROLE,
                "an object that opens",
                &injected_into,
            ));
        }
        let later = format!("{step}: later");
        let exchange = answered(world, &mut peer, &later, right).await?;
        let id = injected.get("esri").and_then(Value::as_str);
        if exchange
            .objects()
            .any(|seen| Some(seen.member("rri")) == id)
        {
            let expected = "no object on the rand object that was not verified";
            return Err(unexpected(&later, ROLE, expected, &exchange));
        }
        if !exchange.has_objects_that_open() {
            return Err(unexpected(&later, ROLE, "an object that opens", &exchange));
        }
    }
    let mut last = Peer::new_key(&peer, world, "last");
    served(world, &mut last, "read-back", Role::ReadBack)
        .await
        .map(|_| ())
}

async fn answered(
    world: &mut World<'_>,
    peer: &mut Peer,
    step: &str,
    mut answer: impl FnMut(&Peer, &Seen) -> Reply + Send,
) -> Result<Exchange, Stop> {
    let object = peer.object(world, 600, &[])?;
    let play = Play {
        information: Some(json!({"esf": [13]})),
        rand: vec![Reply::rand(&object)],
        answer: &mut answer,
    };
    exchange(world, peer, step, ROLE, &Map::new(), play).await
}
