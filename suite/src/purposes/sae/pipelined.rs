//! Requests that come in one piece are each compared with the identity of the association.

use super::containers;
use super::holder::{Holder, registered};
use super::prepared::Prepared;
use super::provided::provide;
use super::standing::{close, stand};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::http_octets::AnswerReader;
use serde_json::Map;

/// CSE/SAE/PSK/033, over keys.
pub async fn each_is_compared(world: &mut World<'_>) -> Result<(), Stop> {
    let holder = registered(world, Fixture::Ae1).await?;
    let other = registered(world, Fixture::Ae2).await?;
    between(world, &holder, &other).await
}

/// CSE/IMP/SA/016, over whatever credentials the profile has.
pub async fn each_is_compared_over_any(world: &mut World<'_>) -> Result<(), Stop> {
    provide(world, &["AE1", "AE2"].map(str::to_owned).into())?;
    let mut holders = Vec::new();
    for actor in ["AE1", "AE2"] {
        world.register(actor, &Map::new()).await?;
        holders.push(Holder::acting(world, actor)?);
    }
    match holders.as_slice() {
        [holder, other] => between(world, holder, other).await,
        _ => Err(Stop::error("holders", "expected two")),
    }
}

/// The middle one of three requests is that of somebody else.
async fn between(world: &mut World<'_>, holder: &Holder, other: &Holder) -> Result<(), Stop> {
    containers::make(world, &["cntT"]).await?;
    let mut requests = Vec::new();
    for number in ["first", "second", "third"] {
        let step = format!("twin: {number}");
        requests.push(Prepared::retrieve(
            world,
            holder,
            &step,
            Role::Twin,
            "cntT",
        )?);
    }
    in_one_piece(world, "twin", holder, &requests).await?;

    // The last one tells nothing where the IUT ends the connection behind its refusal, which nothing forbids.
    let requests = [
        Prepared::retrieve(world, holder, "first", Role::Stimulus, "cntT")?,
        Prepared::foreign(world, holder, other, "second", "cntT")?,
        Prepared::retrieve(world, holder, "third", Role::ReadBack, "cntT")?,
    ];
    in_one_piece(world, "requests", holder, &requests).await?;
    containers::hold(world, "cntT", 0).await
}

async fn in_one_piece(
    world: &World<'_>,
    step: &str,
    holder: &Holder,
    requests: &[Prepared],
) -> Result<(), Stop> {
    let role = requests.first().map_or(Role::SetUp, Prepared::role);
    let mut association = stand(world, step, role, holder).await?;
    let octets: Vec<u8> = requests
        .iter()
        .flat_map(|request| request.octets(world))
        .collect();
    association
        .send(&octets)
        .await
        .map_err(|error| Stop::link(step, &error))?;
    let mut reader = AnswerReader::default();
    for request in requests {
        request
            .answered(world, &mut association, &mut reader)
            .await?;
    }
    close(step, &mut association).await
}
