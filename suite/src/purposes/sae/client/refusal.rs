//! Servers that the IUT has to refuse.

use crate::catalogue::behaviour::Ends;
use crate::purposes::sae::outcome::{Next, compare};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::association_end::AssociationEnd;
use crate::tester::handshake::Attempt;
use crate::verdict::{Cause, Judgement, Reason};

/// The IUT ended the handshake, and sent nothing of its own. Of its alerts these are expected, other ones are noted.
pub fn refused(
    world: &mut World<'_>,
    step: &str,
    attempt: &Attempt<'_>,
    alerts: &[u8],
) -> Result<(), Stop> {
    nothing_said(step, attempt)?;
    begun(step, attempt)?;
    let end = match &attempt.end {
        // What ends the tester's own side comes back as the end of the connection.
        AssociationEnd::Unexpected(what) => {
            let expected = "the end of the handshake, by an alert or by the end of the connection";
            return Err(fail(step, Cause::WrongDecision, expected, what));
        }
        end => end,
    };
    if let Next::Done(Some(note)) = compare(step, &Ends::Refused(alerts.to_vec()), end)? {
        world.note(note);
    }
    Ok(())
}

/// The IUT came as far as to learn of the server: whoever leaves before it offers anything has refused nothing.
pub fn begun(step: &str, attempt: &Attempt<'_>) -> Result<(), Stop> {
    match attempt.seen.client_hellos.is_empty() {
        false => Ok(()),
        true => {
            let detail = format!("expected a ClientHello, got {}", attempt.end);
            Err(Stop::inconclusive(step, Reason::Precondition, detail))
        }
    }
}

/// Neither a request in the clear nor application data came.
pub fn nothing_said(step: &str, attempt: &Attempt<'_>) -> Result<(), Stop> {
    let expected = "nothing but a handshake";
    if attempt.seen.in_the_clear {
        return Err(fail(step, Cause::Leak, expected, "a request in the clear"));
    }
    match (attempt.seen.application_data, attempt.end.is_established()) {
        (0, false) => Ok(()),
        (0, true) => Err(fail(step, Cause::WrongDecision, expected, "an association")),
        (octets, _) => {
            let observed = format!("{octets} octets of application data");
            Err(fail(step, Cause::Leak, expected, &observed))
        }
    }
}

pub fn fail(step: &str, cause: Cause, expected: &str, observed: &str) -> Stop {
    Stop::Judged(Judgement::fail(cause, expected, observed).at(step))
}
