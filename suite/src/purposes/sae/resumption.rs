//! Sessions that may be resumed.

use super::holder::Holder;
use super::standing::{attempt, standing};
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::conduct::{Resume, TicketConduct};
use crate::tester::handshake::{Association, Earlier, Handshake};
use crate::verdict::{Cause, Judgement, Reason};

/// By what a session is found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Its session id (RFC 5246, 7.4.1.2).
    SessionId,
    /// Its ticket (RFC 5077).
    Ticket,
}

impl By {
    /// Its name in steps.
    pub fn name(self) -> &'static str {
        match self {
            Self::SessionId => "session-id",
            Self::Ticket => "ticket",
        }
    }

    /// What asks for it.
    pub fn resume(self) -> Resume {
        match self {
            Self::SessionId => Resume::SessionId,
            Self::Ticket => Resume::Ticket,
        }
    }
}

/// An association whose session may be resumed, with what it leaves to a later handshake; nothing where the IUT gave nothing
/// by which it could be.
pub async fn first<'a>(
    world: &World<'a>,
    by: By,
    step: &str,
    role: Role,
    holder: &Holder,
) -> Result<(Association<'a>, Option<Earlier>), Stop> {
    let mut handshake = world.handshake(step, holder.credential.clone());
    if by == By::Ticket {
        handshake.conduct.hello.session_ticket = TicketConduct::Empty;
    }
    let attempt = attempt(world, step, role, &handshake).await?;
    let earlier = attempt.earlier();
    let association = standing(step, role, attempt)?;
    let session = association.session();
    let given = match by {
        By::SessionId => !session.id.is_empty(),
        By::Ticket => session
            .ticket
            .as_ref()
            .is_some_and(|ticket| !ticket.is_empty()),
    };
    Ok((association, given.then_some(earlier)))
}

/// A handshake that asks for a session.
pub fn asking(
    world: &World<'_>,
    step: &str,
    holder: &Holder,
    earlier: &Earlier,
    resume: Resume,
) -> Handshake {
    let mut handshake = world.handshake(step, holder.credential.clone());
    handshake.earlier = Some(earlier.clone());
    handshake.conduct.resume = Some(resume);
    handshake
}

/// An association behind a whole handshake, whatever was asked for.
pub async fn afresh<'a>(
    world: &World<'a>,
    step: &str,
    handshake: &Handshake,
) -> Result<Association<'a>, Stop> {
    let attempt = attempt(world, step, Role::Stimulus, handshake).await?;
    let association = standing(step, Role::Stimulus, attempt)?;
    if association.is_resumed() {
        let (expected, observed) = ("a whole handshake", "the session is resumed");
        let judgement = Judgement::fail(Cause::WrongDecision, expected, observed);
        return Err(Stop::Judged(judgement.at(step)));
    }
    Ok(association)
}

/// Nothing can be said of an IUT that resumes no session of this kind.
pub fn none(step: &str, by: By) -> Stop {
    let detail = format!("the IUT resumes no session by {}", by.name());
    Stop::inconclusive(step, Reason::Precondition, detail)
}
