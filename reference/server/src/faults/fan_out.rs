//! Who may reach the members of a `<group>` by its `<fanOutPoint>`, and as whom (TS-0001 V3.36.0, 9.6.14 and 10.2.7;
//! TS-0004 V3.32.0, 7.4.14).

use onem2m_access::{Decision, Operation};
use onem2m_primitive::ResponseStatusCode;
use serde_json::Value;

use super::Fault;
use crate::address;
use crate::authorize::{self, Attempt, Governance};
use crate::receive::{self, Errand, MemberAnswer};
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "FanOutByPoliciesOfGroup",
        requirement: "TS-0001/9.6.14/1",
        summary: "membersAccessControlPolicyIDs is stored, and the policies of the group govern its fan-out point",
        apply: |clauses| clauses.fan_out_governance = authorize::governance,
    },
    Fault {
        name: "FanOutByEitherPolicies",
        requirement: "TS-0004/7.4.14.3/1",
        summary: "the policies of the group permit a fan-out as well as those for its members",
        apply: |clauses| clauses.fan_out_governance = either,
    },
    Fault {
        name: "FanOutDanglingPolicyIgnored",
        requirement: "TS-0004/7.4.14.3/1",
        summary: "a membersAccessControlPolicyIDs that leads nowhere counts as not provided",
        apply: |clauses| clauses.fan_out_governance = dangling_ignored,
    },
    Fault {
        name: "FanOutUndecided",
        requirement: "TS-0004/7.4.14.3/1",
        summary: "a fan-out point takes requests from everybody, since the members decide anyway",
        apply: |clauses| clauses.fan_out_right = |_, _| Decision::Permit,
    },
    Fault {
        name: "FanOutOpenWithoutMemberPolicies",
        requirement: "TS-0004/7.4.14.3/1",
        summary: "without membersAccessControlPolicyIDs a fan-out point takes requests from everybody",
        apply: |clauses| {
            clauses.fan_out_right = |scene, attempt| match attempt.target.attribute("macp") {
                None => Decision::Permit,
                Some(_) => authorize::fan_out_right(scene, attempt),
            }
        },
    },
    Fault {
        name: "FanOutByAnyOperation",
        requirement: "TS-0001/9.6.14/1",
        summary: "who has any operation in the policies of a fan-out point may send every operation to it",
        apply: |clauses| clauses.fan_out_right = by_any_operation,
    },
    Fault {
        name: "FanOutCountsAsRetrieve",
        requirement: "TS-0001/9.6.14/1",
        summary: "every request to a fan-out point is judged as the retrieval of the members",
        apply: |clauses| {
            clauses.fan_out_right = |scene, attempt| {
                let retrieval = attempt.instead(Operation::Retrieve, attempt.target);
                authorize::fan_out_right(scene, &retrieval)
            }
        },
    },
    Fault {
        name: "FanOutByCreatorOfGroup",
        requirement: "TS-0001/9.6.14/1",
        summary: "who created a group may send every operation to its fan-out point",
        apply: |clauses| {
            clauses.fan_out_right =
                |scene, attempt| match attempt.target.creator == *attempt.originator {
                    true => Decision::Permit,
                    false => authorize::fan_out_right(scene, attempt),
                }
        },
    },
    Fault {
        name: "FanOutMembersUndecided",
        requirement: "TS-0004/7.4.14.2.4/1",
        summary: "the decision at the fan-out point is the decision for the members",
        apply: |clauses| clauses.fanned_out = |_, _, _, _| Decision::Permit,
    },
    Fault {
        name: "FanOutMembersDecidedByFirst",
        requirement: "TS-0004/7.4.14.2.4/1",
        summary: "the decision for the first member is kept for the others",
        apply: |clauses| clauses.fanned_out = by_first_member,
    },
    Fault {
        name: "FanOutBelowMembersDecidedByMember",
        requirement: "TS-0004/7.4.14.2.4/1",
        summary: "what is below a member is reached by the right to the member itself",
        apply: |clauses| clauses.fanned_out = by_member,
    },
    Fault {
        name: "FanOutInTheNameOfTheGroupCreator",
        requirement: "TS-0004/7.4.14.2.4/1",
        summary: "the members are asked in the name of the group's creator",
        apply: |clauses| clauses.fan_out_originator = |_, _, group| group.creator.clone(),
    },
    Fault {
        name: "FanOutAllOrNothing",
        requirement: "TS-0004/7.4.14.2.4/1",
        summary: "a member that denies makes the whole fan-out denied",
        apply: |clauses| clauses.aggregate = all_or_nothing,
    },
    Fault {
        name: "FanOutDenialsReportedAsDone",
        requirement: "TS-0004/7.4.14.2.4/1",
        summary: "the aggregated response says OK for members that denied",
        apply: |clauses| clauses.aggregate = denials_as_done,
    },
    Fault {
        name: "GroupRequestRepeated",
        requirement: "TS-0004/7.3.3.2/1",
        summary: "group request identifiers are not compared",
        apply: |clauses| clauses.repeated = |_| Ok(()),
    },
];

fn either<'a>(scene: &Scene<'a>, attempt: &Attempt<'a>) -> Governance<'a> {
    match (
        authorize::fan_out_governance(scene, attempt),
        authorize::governance(scene, attempt),
    ) {
        (Governance::Policies(mut members), Governance::Policies(own)) => {
            members.extend(own);
            Governance::Policies(members)
        }
        (governance, _) => governance,
    }
}

fn dangling_ignored<'a>(scene: &Scene<'a>, attempt: &Attempt<'a>) -> Governance<'a> {
    match authorize::fan_out_governance(scene, attempt) {
        Governance::Policies(policies) if policies.iter().all(Option::is_none) => {
            authorize::governance(scene, attempt)
        }
        governance => governance,
    }
}

fn by_any_operation(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let operations = [
        Operation::Create,
        Operation::Retrieve,
        Operation::Update,
        Operation::Delete,
        Operation::Discover,
        Operation::Notify,
    ];
    let is_permitted = |operation| {
        let instead = attempt.instead(operation, attempt.target);
        authorize::fan_out_right(scene, &instead) == Decision::Permit
    };
    match operations.into_iter().any(is_permitted) {
        true => Decision::Permit,
        false => Decision::Deny,
    }
}

/// The decision for the first member; that member itself is decided as specified.
fn by_first_member(
    scene: &Scene<'_>,
    attempt: &Attempt<'_>,
    errand: &Errand,
    decision: Decision,
) -> Decision {
    let first = scene
        .tree
        .get(&errand.group)
        .and_then(|group| group.texts("mid")?.first().copied())
        .filter(|first| *first != errand.member)
        .and_then(|first| address::resource(scene.tree, scene.home, first));
    first.map_or(decision, |first| {
        authorize::right(scene, &attempt.instead(attempt.operation, first))
    })
}

/// The decision for the member where something below it is the target.
fn by_member(
    scene: &Scene<'_>,
    attempt: &Attempt<'_>,
    errand: &Errand,
    decision: Decision,
) -> Decision {
    let member = address::resource(scene.tree, scene.home, &errand.member)
        .filter(|member| member.id != attempt.target.id);
    member.map_or(decision, |member| {
        authorize::right(scene, &attempt.instead(attempt.operation, member))
    })
}

fn is_denial(answer: &MemberAnswer) -> bool {
    answer.response.status == ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE
}

fn all_or_nothing(
    answers: &[MemberAnswer],
) -> Result<(ResponseStatusCode, Option<Value>), Refusal> {
    match answers.iter().any(is_denial) {
        true => Err(Refusal::new(
            ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE,
            "a member denied",
        )),
        false => receive::aggregate(answers),
    }
}

fn denials_as_done(
    answers: &[MemberAnswer],
) -> Result<(ResponseStatusCode, Option<Value>), Refusal> {
    let mut reported = answers.to_vec();
    for answer in reported.iter_mut().filter(|answer| is_denial(answer)) {
        answer.response.status = ResponseStatusCode::OK;
        answer.response.content = None;
    }
    receive::aggregate(&reported)
}
