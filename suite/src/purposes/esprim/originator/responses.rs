//! What an Originator takes for the answer to its request (TS-0003 V3.18.0, 8.4.2, step C.11; TS-0004 V3.32.0, 7.6.2, step O).

use super::answers::{Change, Flipped, Reply, changed, right, success};
use super::exchange::{Play, exchange, served, unexpected};
use super::peer::{Peer, Who};
use super::seen::Seen;
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use serde_json::{Map, json};
use std::time::Duration;

const ROLE: Role = Role::Stimulus;

type Answer<'a> = &'a mut (dyn FnMut(&Peer, &Seen) -> Reply + Send);

/// ORG/012: the right response is the result.
pub async fn are_taken(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    served(world, &mut peer, "request", ROLE).await.map(|_| ())
}

/// ORG/013: a response of another session is none.
pub async fn of_other_sessions_are_none(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let cases = [
        (
            "other-kid",
            Change {
                kid: Some("00112233445566778899aabbccddeeff@nobody.example"),
                ..Change::default()
            },
        ),
        (
            "other-ori",
            Change {
                ori: Some("or-of-nobody"),
                ..Change::default()
            },
        ),
        (
            "other-rri",
            Change {
                rri: Some("rr-of-nobody"),
                ..Change::default()
            },
        ),
        (
            "other-session",
            Change {
                other_session: true,
                ..Change::default()
            },
        ),
    ];
    only_right(world, who, &cases).await
}

/// ORG/014: a response that comes after its session has ended is none.
pub async fn that_are_late_are_none(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    served(world, &mut peer, "twin", Role::Twin).await?;
    let mut fresh = Peer::new_key(&peer, world, "late");
    let late = &mut |peer: &Peer, seen: &Seen| Reply {
        after: Some(Duration::from_secs(7)),
        ..right(peer, seen)
    };
    undelivered(world, &mut fresh, "late", 4, late).await?;
    served(world, &mut peer, "read-back", Role::ReadBack)
        .await
        .map(|_| ())
}

/// ORG/015: a response that was altered, or that answered another request, is none.
pub async fn that_were_altered_are_none(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    let mut earlier = None;
    let object = peer.object(world, 600, &[])?;
    let play = Play {
        information: Some(json!({"esf": [13]})),
        rand: vec![Reply::rand(&object)],
        answer: &mut |peer, seen| {
            let reply = right(peer, seen);
            earlier = Some(reply.clone());
            reply
        },
    };
    let twin = exchange(world, &mut peer, "twin", Role::Twin, &Map::new(), play).await?;
    if !twin.succeeded() {
        let expected = "the success of the inner request";
        return Err(unexpected("twin", Role::Twin, expected, &twin));
    }
    let again = earlier.unwrap_or_else(|| Reply::code(4000));
    undelivered(world, &mut peer, "earlier", 600, &mut |_, _| again.clone()).await?;
    let reflected = &mut |_: &Peer, seen: &Seen| Reply::object(&seen.text);
    undelivered(world, &mut peer, "reflected", 600, reflected).await?;
    for (step, change) in [
        (
            "tag",
            Change {
                flips: Some(Flipped::Tag),
                ..Change::default()
            },
        ),
        (
            "ciphertext",
            Change {
                flips: Some(Flipped::Ciphertext),
                ..Change::default()
            },
        ),
        (
            "header",
            Change {
                respaced: true,
                ..Change::default()
            },
        ),
        (
            "other-request",
            Change {
                inner: Some(json!({"rsc": 2001, "rqi": "another", "rvi": "3"})),
                ..Change::default()
            },
        ),
    ] {
        let altered = &mut |peer: &Peer, seen: &Seen| changed(peer, seen, &change);
        undelivered(world, &mut peer, step, 600, altered).await?;
    }
    let mut last = Peer::new_key(&peer, world, "last");
    served(world, &mut last, "read-back", Role::ReadBack)
        .await
        .map(|_| ())
}

/// ORG/016: a success in the clear is none.
pub async fn in_the_clear_are_none(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    served(world, &mut peer, "twin", Role::Twin).await?;
    for step in ["empty", "inner-in-the-clear", "no-object"] {
        let answer = &mut |_: &Peer, seen: &Seen| match step {
            "empty" => Reply::code(2000),
            "inner-in-the-clear" => Reply::with(json!({"m2m:rsp": success(seen)})),
            _ => Reply::with(json!({"m2m:seci": {"sit": 5}})),
        };
        undelivered(world, &mut peer, step, 600, answer).await?;
    }
    served(world, &mut peer, "read-back", Role::ReadBack)
        .await
        .map(|_| ())
}

/// Between right exchanges, none of the wrong responses is the result.
async fn only_right(world: &mut World<'_>, who: Who, cases: &[(&str, Change)]) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    served(world, &mut peer, "twin", Role::Twin).await?;
    for (step, change) in cases {
        let answer = &mut |peer: &Peer, seen: &Seen| changed(peer, seen, change);
        undelivered(world, &mut peer, step, 600, answer).await?;
    }
    served(world, &mut peer, "read-back", Role::ReadBack)
        .await
        .map(|_| ())
}

/// An exchange whose response must not be taken, with a rand object that is valid for so many seconds.
pub async fn undelivered(
    world: &mut World<'_>,
    peer: &mut Peer,
    step: &str,
    seconds: i64,
    answer: Answer<'_>,
) -> Result<(), Stop> {
    let object = peer.object(world, seconds, &[])?;
    let play = Play {
        information: Some(json!({"esf": [13]})),
        rand: vec![Reply::rand(&object)],
        answer,
    };
    let exchange = exchange(world, peer, step, ROLE, &Map::new(), play).await?;
    let is_right = !exchange.succeeded()
        && exchange.has_objects_that_open()
        && exchange.others().next().is_none();
    match is_right {
        true => Ok(()),
        false => Err(unexpected(
            step,
            ROLE,
            "an object that opens, and a failure",
            &exchange,
        )),
    }
}
