use onem2m_access::{Decision, Operation};
use onem2m_primitive::{Request, ResponseStatusCode};
use time::OffsetDateTime;

use super::carried::{Carried, Outcome};
use super::procedure::Journey;
use crate::authorize::Attempt;
use crate::channels::Channels;
use crate::primitive::response_primitive;
use crate::refusal::Refusal;
use crate::representation::Shown;
use crate::resource::{Kind, Resource, parse_timestamp};
use crate::scene::Scene;
use crate::tree::Tree;

/// A `<pollingChannel>` and its `<pollingChannelURI>` are for the AE alone that the parent represents, whatever the
/// policies of the `<AE>` say (TS-0001 V3.36.0, 10.2.5.13 to 10.2.5.19; TS-0004 V3.32.0, 7.4.21.2 and 7.4.22.2).
pub(crate) fn channel_right(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let owner = match attempt.operation {
        Operation::Create => Some(attempt.target),
        _ => scene.tree.parent(attempt.target),
    };
    let is_owner = owner.is_some_and(|owner| {
        owner.kind == Kind::ApplicationEntity && owner.creator == *attempt.originator
    });
    match is_owner {
        true => Decision::Permit,
        false => Decision::Deny,
    }
}

/// Whether `attempt` is about a channel: to create one, or to do something with one.
pub(super) fn concerns(attempt: &Attempt<'_>) -> bool {
    attempt.target.kind == Kind::PollingChannel || attempt.created == Some(Kind::PollingChannel)
}

/// The channel of an `<AE>`.
pub(crate) fn channel<'a>(scene: &Scene<'a>, application: &'a Resource) -> Option<&'a Resource> {
    scene
        .tree
        .children(application)
        .find(|child| child.kind == Kind::PollingChannel)
}

/// An `<AE>` has one channel (TS-0004 V3.32.0, Table 7.4.5.1-4).
pub(super) fn check(scene: &Scene<'_>, parent: &Resource) -> Result<(), Refusal> {
    match channel(scene, parent) {
        None => Ok(()),
        Some(_) => Err(Refusal::new(
            ResponseStatusCode::CONFLICT,
            "the AE has a polling channel",
        )),
    }
}

/// Recv-6.5 at a `<pollingChannelURI>`: a Retrieve polls, a Notify brings a response
/// (TS-0004 V3.32.0, 7.4.22.2.2 and 7.4.22.2.5).
pub(super) fn at_uri(tree: &mut Tree, journey: &Journey<'_>, channel: &str) -> Outcome {
    let request = journey.request;
    if request.operation == onem2m_primitive::Operation::Retrieve {
        return Ok(Carried::Poll {
            channel: channel.to_owned(),
            until: request
                .request_expiration
                .as_deref()
                .and_then(parse_timestamp),
        });
    }
    let response = request.content.as_ref().and_then(response_primitive);
    let Some(response) = response else {
        return Err(Refusal::bad_request(
            "expected a response primitive, got something else",
        ));
    };
    let is_answer = tree
        .channels_with(channel)
        .is_some_and(|channels| channels.answer(channel, response));
    if is_answer {
        Ok(Carried::done(ResponseStatusCode::OK, Shown::nothing()))
    } else {
        Err(Refusal::bad_request(
            "rqi: expected that of a request that was polled and not answered, got another",
        ))
    }
}

/// The request that a poll gets: one of those for this channel (TS-0004 V3.32.0, 7.4.22.2.2).
pub(crate) fn polled(
    channels: &mut Channels,
    channel: &str,
    now: OffsetDateTime,
) -> Option<Request> {
    channels.take(channel, now)
}
