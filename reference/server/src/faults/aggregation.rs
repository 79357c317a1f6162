//! From whom a group takes notifications for its subscribers (TS-0004 V3.32.0, 7.5.1.2.6).

use onem2m_access::Decision;

use super::Fault;
use crate::aggregations::Aggregation;
use crate::authorize::Attempt;
use crate::receive;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "AggregationSenderUnchecked",
        requirement: "TS-0004/7.5.1.2.6/1",
        summary: "everybody may notify at an aggregation URI",
        apply: |clauses| clauses.sent_by_member = |_, _, _| Decision::Permit,
    },
    Fault {
        name: "AggregationOpenToAesOfMembersHost",
        requirement: "TS-0004/7.5.1.2.6/1",
        summary: "an AE of a CSE that hosts a member may notify at an aggregation URI as that CSE may",
        apply: |clauses| clauses.sent_by_member = by_any_of_host,
    },
    Fault {
        name: "AggregationMembersUncompared",
        requirement: "TS-0004/7.5.1.2.6/1",
        summary: "a CSE that hosts a member may notify at an aggregation URI about what is no member",
        apply: |clauses| clauses.sent_by_member = about_anything,
    },
];

fn by_any_of_host(scene: &Scene<'_>, attempt: &Attempt<'_>, aggregation: &Aggregation) -> Decision {
    let host = receive::cse_of(attempt.originator);
    let as_host = Attempt {
        originator: host.as_ref().unwrap_or(attempt.originator),
        ..*attempt
    };
    receive::sent_by_member(scene, &as_host, aggregation)
}

fn about_anything(scene: &Scene<'_>, attempt: &Attempt<'_>, _: &Aggregation) -> Decision {
    let members = attempt.target.texts("mid").unwrap_or_default();
    let is_host = |member: &str| receive::host_of_member(scene, member) == *attempt.originator;
    match members.into_iter().any(is_host) {
        true => Decision::Permit,
        false => Decision::Deny,
    }
}
