//! A ticket that the IUT did not give resumes nothing (RFC 5077, 3.1).

use super::containers;
use super::holder::registered;
use super::prepared::Prepared;
use super::resumption::{By, afresh, asking, first, none};
use super::standing::{attempt, close, is_served, standing};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::conduct::{Resume, TicketConduct};

/// CSE/SAE/TLS/053: with a ticket that was altered, made up or has no octets there is a whole handshake.
pub async fn is_the_right_one(world: &mut World<'_>) -> Result<(), Stop> {
    let by = By::Ticket;
    let holder = registered(world, Fixture::Ae1).await?;
    let other = registered(world, Fixture::Ae2).await?;
    containers::make(world, &["cntT"]).await?;
    let (mut association, earlier) = first(world, by, "first", Role::Twin, &holder).await?;
    close("first", &mut association).await?;
    let earlier = earlier.ok_or_else(|| none("first", by))?;
    let handshake = asking(world, "twin", &holder, &earlier, Resume::Ticket);
    let attempt = attempt(world, "twin", Role::Twin, &handshake).await?;
    let mut association = standing("twin", Role::Twin, attempt)?;
    if !association.is_resumed() {
        return Err(none("twin", by));
    }
    Prepared::retrieve(world, &holder, "twin: retrieve", Role::Twin, "cntT")?
        .ask(world, &mut association)
        .await?;
    close("twin", &mut association).await?;

    let session = earlier.session.as_ref();
    let ticket = session.and_then(|session| session.ticket.as_ref());
    let length = u16::try_from(ticket.map_or(0, Vec::len)).unwrap_or(u16::MAX);
    for (step, resume, ticket) in [
        (
            "first-octet",
            Resume::TicketInverted(0),
            TicketConduct::Right,
        ),
        (
            "middle",
            Resume::TicketInverted(i32::from(length / 2)),
            TicketConduct::Right,
        ),
        (
            "last-octet",
            Resume::TicketInverted(-1),
            TicketConduct::Right,
        ),
        ("random", Resume::Ticket, TicketConduct::Random(length)),
        ("empty", Resume::Ticket, TicketConduct::Empty),
    ] {
        let mut handshake = asking(world, step, &holder, &earlier, resume);
        handshake.conduct.hello.session_ticket = ticket;
        let mut association = afresh(world, step, &handshake).await?;
        let retrieve = format!("{step}: as AE1");
        Prepared::retrieve(world, &holder, &retrieve, Role::Stimulus, "cntT")?
            .ask(world, &mut association)
            .await?;
        Prepared::foreign(world, &holder, &other, &format!("{step}: as AE2"), "cntT")?
            .ask(world, &mut association)
            .await?;
        close(step, &mut association).await?;
    }
    is_served(world, "read-back", Role::ReadBack, &holder).await?;
    containers::hold(world, "cntT", 0).await
}
