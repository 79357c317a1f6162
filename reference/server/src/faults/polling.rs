//! Whose a `<pollingChannel>` is (TS-0001 V3.36.0, 10.2.5.12 to 10.2.5.19; TS-0004 V3.32.0, 7.4.21 and 7.4.22).

use onem2m_access::{Decision, Operation};
use onem2m_primitive::Request;
use time::OffsetDateTime;

use super::Fault;
use crate::authorize::{self, Attempt};
use crate::channels::Channels;
use crate::receive;
use crate::resource::Kind;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "PollingChannelByPoliciesOfAe",
        requirement: "TS-0004/7.4.21.2/1",
        summary: "a polling channel is governed by the policies of the AE that it is below",
        apply: |clauses| clauses.channel_right = by_parent,
    },
    Fault {
        name: "PollingChannelCreatedForOthers",
        requirement: "TS-0004/7.4.21.2/1",
        summary: "who may create below an AE may create its polling channel",
        apply: |clauses| {
            clauses.channel_right = |scene, attempt| match attempt.operation {
                Operation::Create => authorize::right(scene, attempt),
                _ => receive::channel_right(scene, attempt),
            }
        },
    },
    Fault {
        name: "PollByAnybody",
        requirement: "TS-0004/7.4.22.2.2/1",
        summary: "a poll is answered to whoever knows the polling channel URI",
        apply: |clauses| {
            clauses.channel_right = |scene, attempt| at_uri(scene, attempt, Operation::Retrieve)
        },
    },
    Fault {
        name: "PollResponseByAnybody",
        requirement: "TS-0001/10.2.5.19/1",
        summary: "a response is taken from whoever knows the polling channel URI",
        apply: |clauses| {
            clauses.channel_right = |scene, attempt| at_uri(scene, attempt, Operation::Notify)
        },
    },
    Fault {
        name: "PollHandsOutRequestsOfOthers",
        requirement: "TS-0004/7.4.22.2.2/1",
        summary: "a poll with nothing in its channel gets a request from another one",
        apply: |clauses| clauses.polled = of_any_channel,
    },
    Fault {
        name: "NotifyToPollingChannelUndecided",
        requirement: "TS-0003/7.1.3/6",
        summary: "a notification for an AE with a polling channel is put into it without a decision",
        apply: |clauses| clauses.decide = notify_undecided,
    },
];

/// The same right at the `<AE>`, for the channel itself; its URI stays the owner's.
fn by_parent(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let parent = scene.tree.parent(attempt.target);
    match (attempt.target.kind, parent) {
        (Kind::PollingChannel, Some(parent)) if !is_at_uri(attempt) => {
            authorize::right(scene, &attempt.instead(attempt.operation, parent))
        }
        _ => receive::channel_right(scene, attempt),
    }
}

fn at_uri(scene: &Scene<'_>, attempt: &Attempt<'_>, operation: Operation) -> Decision {
    match is_at_uri(attempt) && attempt.operation == operation {
        true => Decision::Permit,
        false => receive::channel_right(scene, attempt),
    }
}

fn is_at_uri(attempt: &Attempt<'_>) -> bool {
    attempt.request.to.ends_with("/pcu")
}

fn of_any_channel(channels: &mut Channels, channel: &str, now: OffsetDateTime) -> Option<Request> {
    receive::polled(channels, channel, now).or_else(|| {
        let other = channels.waiting().next()?.to_owned();
        receive::polled(channels, &other, now)
    })
}

fn notify_undecided(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let has_channel = receive::channel(scene, attempt.target).is_some();
    match attempt.operation {
        Operation::Notify if has_channel => Decision::Permit,
        _ => authorize::decide(scene, attempt),
    }
}
