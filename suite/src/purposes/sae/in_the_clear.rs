//! Where associations are awaited, nothing is taken in the clear.

use super::holder::{Holder, holder};
use super::prepared::Prepared;
use super::standing::{close, connect, stand};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::answer::Answer;
use crate::purposes::check::spelled;
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::tester::http_octets::AnswerReader;
use crate::tester::link::Received;
use crate::tester::transcript::Exchange;
use crate::tester::wire::Arrived;
use crate::verdict::{Cause, Judgement};
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::Map;

/// CSE/SAE/PSK/040: registrations of an AE and of a CSE as octets without TLS.
pub async fn registers_nobody(world: &mut World<'_>) -> Result<(), Stop> {
    let entity = holder(world, Fixture::Ae1)?;
    let mut paths = Vec::new();
    let (request, path) = registration(world, &entity).await?;
    let mut association = stand(world, "twin", Role::Twin, &entity).await?;
    within(
        world,
        &entity,
        "twin: register",
        Role::Twin,
        &request,
        &mut association,
    )
    .await?;
    let delete = Request::delete(path.clone());
    Prepared::new(world, &entity, "twin: leave", Role::SetUp, delete, None)?
        .ask(world, &mut association)
        .await?;
    close("twin", &mut association).await?;

    in_the_clear(world, &entity, &request).await?;
    paths.push(path.clone());
    match holder(world, Fixture::Cse1) {
        Ok(cse) => {
            let (request, path) = registration(world, &cse).await?;
            in_the_clear(world, &cse, &request).await?;
            paths.push(path);
        }
        Err(_) => world.note("no credential of the profile is that of a CSE".to_owned()),
    }

    for path in &paths {
        absent(world, path).await?;
    }
    let mut association = stand(world, "read-back", Role::ReadBack, &entity).await?;
    let step = "read-back: register";
    let answer = within(
        world,
        &entity,
        step,
        Role::ReadBack,
        &request,
        &mut association,
    )
    .await?;
    world.enrol(&entity.actor, step, path, &answer)?;
    close("read-back", &mut association).await
}

/// The Create by which a holder registers, and where its registration will be.
async fn registration(world: &mut World<'_>, holder: &Holder) -> Result<(Request, String), Stop> {
    let step = format!("register {}", holder.actor);
    let identity = holder.identity(&step)?;
    world.associate(&holder.actor, identity, holder.credential.clone());
    world.registration(&holder.actor, &step, &Map::new()).await
}

/// The holder registers within its association.
async fn within(
    world: &World<'_>,
    holder: &Holder,
    step: &str,
    role: Role,
    request: &Request,
    association: &mut crate::tester::handshake::Association<'_>,
) -> Result<Answer, Stop> {
    Prepared::new(world, holder, step, role, request.clone(), None)?
        .ask(world, association)
        .await
}

/// Sends a registration without TLS; no success may come.
async fn in_the_clear(
    world: &mut World<'_>,
    holder: &Holder,
    request: &Request,
) -> Result<(), Stop> {
    let step = format!("in the clear: {}", holder.actor);
    let request = Prepared::new(world, holder, &step, Role::Stimulus, request.clone(), None)?;
    let received = exchange(world, &request).await?;
    let exchange = Exchange::new(request.call(), received.clone());
    world.recorder().exchanged(exchange);
    match received {
        Received::Http { status, .. } if (200..300).contains(&status) => {
            let observed = format!("HTTP {status}");
            let judgement = Judgement::fail(Cause::WrongDecision, "no success", observed);
            Err(Stop::Judged(judgement.at(step)))
        }
        Received::Http { status, .. } => {
            world.note(format!("{step}: HTTP {status}"));
            Ok(())
        }
        other => {
            world.note(format!("{step}: {}", request.read(&other)));
            Ok(())
        }
    }
}

async fn exchange(world: &World<'_>, request: &Prepared) -> Result<Received, Stop> {
    let link = |error| Stop::link(request.step(), &error);
    let mut connection = connect(world, request.step(), request.role()).await?;
    connection.send(request.octets(world)).await.map_err(link)?;
    let mut reader = AnswerReader::default();
    loop {
        if let Some(received) = reader.take() {
            return Ok(received);
        }
        let patience = world.facts().patience;
        match connection.receive(patience).await.map_err(link)? {
            Arrived::Octets(octets) => reader.push(&octets.0),
            Arrived::Silence => return Ok(Received::Timeout),
            Arrived::Closed => return Ok(reader.ended("connection closed")),
            Arrived::Reset(how) => return Ok(reader.ended(&how)),
        }
    }
}

/// The administrator finds nothing at a place.
async fn absent(world: &World<'_>, path: &str) -> Result<(), Stop> {
    let step = format!("no {path}");
    let retrieve = Request::retrieve(path.to_owned());
    let answer = world
        .send("ADM", &step, Role::ReadBack, retrieve, None, &[])
        .await?;
    let not_found = ResponseStatusCode::NOT_FOUND.number();
    if answer.code() == Some(not_found) {
        return Ok(());
    }
    let finding = Finding::new(Cause::SideEffect, spelled(&[not_found]), answer.to_string());
    Err(Stop::mismatch(&step, Role::ReadBack, finding, &answer))
}
