//! Who may have notifications sent where, and for how long (TS-0004 V3.32.0, 7.4.8.2 and 7.5.1.2).

use onem2m_access::Decision;

use super::Fault;
use crate::authorize::{self, Attempt, Governance};
use crate::resource::Kind;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "VerificationCreatorUnchecked",
        requirement: "TS-0004/7.5.1.2.3/1",
        summary: "the creator of a subscription needs no NOTIFY on its target",
        apply: |clauses| clauses.verification_creator = |_, _| Decision::Permit,
    },
    Fault {
        name: "VerificationHostUnchecked",
        requirement: "TS-0004/7.5.1.2.3/1",
        summary: "who sends a verification request needs no NOTIFY on its target",
        apply: |clauses| clauses.verification_host = |_, _| Decision::Permit,
    },
    Fault {
        name: "SubscriptionDeletedByAnyone",
        requirement: "TS-0001/10.1.5/1",
        summary: "everybody may delete a subscription",
        apply: |clauses| clauses.delete_right = by_anyone,
    },
    Fault {
        name: "SubscriptionByPoliciesOfSubscribedTo",
        requirement: "TS-0001/9.6.1.3.2/6",
        summary: "a subscription is governed by the policies of the resource that is subscribed to",
        apply: |clauses| clauses.governance = by_subscribed_to,
    },
];

fn by_anyone(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match attempt.target.kind {
        Kind::Subscription => Decision::Permit,
        _ => authorize::right(scene, attempt),
    }
}

fn by_subscribed_to<'a>(scene: &Scene<'a>, attempt: &Attempt<'a>) -> Governance<'a> {
    let parent = scene
        .tree
        .parent(attempt.target)
        .filter(|_| attempt.target.kind == Kind::Subscription);
    let target = parent.unwrap_or(attempt.target);
    authorize::governance(scene, &Attempt { target, ..*attempt })
}
