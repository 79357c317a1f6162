//! A second handshake within an association (RFC 5746).

use super::containers;
use super::holder::{Holder, registered};
use super::outcome::{Next, compare};
use super::prepared::Prepared;
use super::standing::{attempt, close, is_served, stand};
use crate::catalogue::behaviour::{Ends, Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::association_end::AssociationEnd;
use crate::tester::handshake::conduct::{Conduct, RenegotiationConduct};
use crate::tester::handshake::{Association, Handshake};
use crate::verdict::{Cause, Judgement};
use onem2m_association::messages::{AlertDescription, AlertLevel, CipherSuite};

/// What a second handshake came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renegotiated {
    /// The association goes on with what the second handshake agreed.
    Completed,
    /// The IUT declines, and the association goes on as it was (RFC 5246, 7.2.2).
    Declined,
    /// The association has ended.
    Ended,
}

/// Begins a second handshake, and notes what it came to.
async fn renegotiate(
    world: &mut World<'_>,
    step: &str,
    association: &mut Association<'_>,
    handshake: &Handshake,
) -> Result<Renegotiated, Stop> {
    association.begin(step, Role::Stimulus);
    let negotiated = association.renegotiate(handshake).await;
    let (end, _) = negotiated.map_err(|error| Stop::link(step, &error))?;
    if declines(&end) {
        world.note(format!("{step}: {end}"));
        return Ok(Renegotiated::Declined);
    }
    match compare(step, &Ends::Either, &end)? {
        Next::Serve => Ok(Renegotiated::Completed),
        Next::Done(note) => {
            if let Some(note) = note {
                world.note(note);
            }
            Ok(Renegotiated::Ended)
        }
    }
}

/// Whether an end is that of the second handshake alone.
pub fn declines(end: &AssociationEnd) -> bool {
    let declined = AssociationEnd::Alert {
        level: AlertLevel::WARNING.0,
        description: AlertDescription::NO_RENEGOTIATION.0,
    };
    *end == declined
}

/// CSE/SAE/TLS/054: the second handshake is that of another AE.
pub async fn to_another_identity(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "renegotiate";
    let holder = registered(world, Fixture::Ae1).await?;
    let other = registered(world, Fixture::Ae2).await?;
    containers::make(world, &["cntT"]).await?;
    let mut association = stand(world, "twin", Role::Twin, &other).await?;
    Prepared::retrieve(world, &other, "twin: retrieve", Role::Twin, "cntT")?
        .ask(world, &mut association)
        .await?;
    close("twin", &mut association).await?;

    let mut association = stand(world, "first", Role::Stimulus, &holder).await?;
    let handshake = world.handshake(step, other.credential.clone());
    let renegotiated = renegotiate(world, step, &mut association, &handshake).await?;
    let identities = match renegotiated {
        Renegotiated::Completed => Some((&other, &holder)),
        Renegotiated::Declined => Some((&holder, &other)),
        Renegotiated::Ended => None,
    };
    if let Some((served, refused)) = identities {
        let step = format!("as {}", served.actor);
        Prepared::retrieve(world, served, &step, Role::Stimulus, "cntT")?
            .ask(world, &mut association)
            .await?;
        let step = format!("as {}", refused.actor);
        Prepared::foreign(world, served, refused, &step, "cntT")?
            .ask(world, &mut association)
            .await?;
        close("first", &mut association).await?;
    }
    is_served(world, "read-back", Role::ReadBack, &holder).await?;
    containers::hold(world, "cntT", 0).await
}

/// CSE/SAE/TLS/055: the second handshake does not say which one it follows, or says another one.
pub async fn that_is_not_bound(world: &mut World<'_>) -> Result<(), Stop> {
    let holder = registered(world, Fixture::Ae1).await?;
    is_served(world, "twin", Role::Twin, &holder).await?;

    let mut unsignalled = Conduct::default();
    let suite = CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA256;
    unsignalled.hello.suites = Some(vec![suite.into()]);
    unsignalled.hello.renegotiation_info = RenegotiationConduct::Absent;
    let mut wrong = Conduct::default();
    wrong.hello.renegotiation_info = RenegotiationConduct::Wrong;
    for (step, first, second) in [
        ("unsignalled", unsignalled.clone(), unsignalled),
        ("wrong", Conduct::default(), wrong),
    ] {
        unbound(world, step, &holder, first, second).await?;
    }
    is_served(world, "read-back", Role::ReadBack, &holder).await
}

async fn unbound(
    world: &mut World<'_>,
    step: &str,
    holder: &Holder,
    first: Conduct,
    second: Conduct,
) -> Result<(), Stop> {
    let signalled = first == Conduct::default();
    let mut handshake = world.handshake(step, holder.credential.clone());
    handshake.conduct = first;
    let attempt = attempt(world, step, Role::Stimulus, &handshake).await?;
    // An IUT may insist on the signal (RFC 5746, 4.3).
    let ends = if signalled {
        Ends::Established
    } else {
        Ends::Either
    };
    if let Next::Done(Some(note)) = compare(step, &ends, &attempt.end)? {
        world.note(note);
    }
    let Some(mut association) = attempt.association else {
        return Ok(());
    };
    let name = format!("{step}: again");
    let mut handshake = world.handshake(&name, holder.credential.clone());
    handshake.conduct = second;
    match renegotiate(world, &name, &mut association, &handshake).await? {
        Renegotiated::Completed => {
            let (expected, observed) = ("no second association", "an association");
            let judgement = Judgement::fail(Cause::WrongDecision, expected, observed);
            Err(Stop::Judged(judgement.at(name)))
        }
        Renegotiated::Declined => {
            let name = format!("{step}: retrieve");
            Prepared::own(world, holder, &name, Role::Stimulus)?
                .ask(world, &mut association)
                .await?;
            close(step, &mut association).await
        }
        Renegotiated::Ended => Ok(()),
    }
}
