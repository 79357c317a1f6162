//! What an Originator learns of its Receiver before it sends anything (TS-0003 V3.18.0, 8.4.2, steps B.2a to B.2f).

use super::answers::{Reply, right};
use super::exchange::{Event, Exchange, Play, exchange, served, unexpected};
use super::peer::{Peer, Who};
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use serde_json::{Map, Value, json};

const ROLE: Role = Role::Stimulus;

/// ORG/001: e2eSecInfo is read before anything else.
pub async fn is_looked_at_first(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    let exchange = served(world, &mut peer, "request", ROLE).await?;
    match exchange.events.first() {
        Some(Event::Information) => Ok(()),
        _ => Err(unexpected(
            "request",
            ROLE,
            "a Retrieve of e2eSecInfo first",
            &exchange,
        )),
    }
}

/// ORG/002: a Receiver that does not support ESPrim is sent nothing.
pub async fn is_needed(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    served(world, &mut peer, "twin", Role::Twin).await?;
    for (step, information) in [("absent", None), ("others", Some(json!({"esf": [12]})))] {
        // A Receiver of which nothing is known yet.
        let mut peer = Peer::new_key(&peer, world, step);
        let object = peer.object(world, 600, &[])?;
        let play = Play {
            information,
            rand: vec![Reply::rand(&object)],
            answer: &mut |peer, seen| right(peer, seen),
        };
        let exchange = exchange(world, &mut peer, step, ROLE, &Map::new(), play).await?;
        // Whoever did not look failed for another reason.
        if !matches!(exchange.events.first(), Some(Event::Information)) {
            let expected = "a Retrieve of e2eSecInfo";
            return Err(unexpected(step, ROLE, expected, &exchange));
        }
        nothing_sent(step, &exchange)?;
    }
    served(world, &mut peer, "read-back", Role::ReadBack)
        .await
        .map(|_| ())
}

/// ORG/003: a published rand object that is valid is used.
pub async fn gives_the_shared_object(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    let step = "request";
    let exchange = with_shared(world, &mut peer, step, 3600).await?;
    let is_right = exchange.succeeded()
        && exchange
            .objects()
            .all(|seen| seen.member("rri") == "rr-1" && seen.inner.is_some());
    match is_right && exchange.objects().next().is_some() {
        true => Ok(()),
        false => Err(unexpected(
            step,
            ROLE,
            "an object on the published rand object",
            &exchange,
        )),
    }
}

/// ORG/004: one that has expired is not used, and another is asked for.
pub async fn of_an_expired_object_is_passed_over(
    world: &mut World<'_>,
    who: Who,
) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    served(world, &mut peer, "twin", Role::Twin).await?;
    let mut fresh = Peer::new_key(&peer, world, "expired");
    let exchange = with_shared(world, &mut fresh, "expired", -60).await?;
    let asked = exchange.rand_requests().next().is_some();
    let used = exchange.objects().any(|seen| seen.member("rri") == "rr-1");
    if !asked || used {
        let expected = "a request for a rand object, and none with that which has expired";
        return Err(unexpected("expired", ROLE, expected, &exchange));
    }
    served(world, &mut peer, "read-back", Role::ReadBack)
        .await
        .map(|_| ())
}

/// ORG/005: the request for a rand object says nothing but that.
pub async fn without_object_leads_to_a_request(
    world: &mut World<'_>,
    who: Who,
) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    let exchange = served(world, &mut peer, "request", ROLE).await?;
    let mut requests = exchange.rand_requests();
    let is_plain = |content: &Value| *content == json!({"m2m:seci": {"sit": 3}});
    match requests.next().is_some_and(is_plain) && requests.all(is_plain) {
        true => Ok(()),
        false => {
            let expected = "a Notify with securityInfoType 3 and nothing else";
            Err(unexpected("request", ROLE, expected, &exchange))
        }
    }
}

/// An exchange with a Receiver that publishes an object, and gives another one to whoever asks.
async fn with_shared(
    world: &mut World<'_>,
    peer: &mut Peer,
    step: &str,
    seconds: i64,
) -> Result<Exchange, Stop> {
    let shared = peer.object(world, seconds, &[])?;
    let other = peer.object(world, 600, &[])?;
    let play = Play {
        information: Some(json!({"esf": [13], "esro": shared})),
        rand: vec![Reply::rand(&other)],
        answer: &mut |peer, seen| right(peer, seen),
    };
    exchange(world, peer, step, ROLE, &Map::new(), play).await
}

/// No object was sent, nothing in the clear, and no success is shown.
pub fn nothing_sent(step: &str, exchange: &Exchange) -> Result<(), Stop> {
    let is_silent = exchange.objects().next().is_none() && exchange.others().next().is_none();
    match is_silent && !exchange.succeeded() {
        true => Ok(()),
        false => Err(unexpected(
            step,
            ROLE,
            "no request of any kind, and a failure",
            exchange,
        )),
    }
}
