//! Originators that are registered elsewhere, in the comparison with accessControlOriginators (TS-0003 V3.18.0, 7.1.3 and
//! 7.1.5).

use onem2m_access::{Clauses as Access, Decision, OriginatorEntry, Situation};
use onem2m_identity::SpId;

use super::Fault;
use crate::authorize::{self, Attempt};
use crate::peer::Associated;
use crate::receive::cse_of;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "WildcardCrossesSlash",
        requirement: "TS-0003/7.1.3/4",
        summary: "* stands for slashes too",
        apply: |clauses| {
            clauses.access.pattern =
                |clauses, pattern, identity| (clauses.segment)(pattern, identity)
        },
    },
    Fault {
        name: "WildcardAloneIsAll",
        requirement: "TS-0003/7.1.3/4",
        summary: "an entry that is * alone stands for everybody",
        apply: |clauses| {
            clauses.access.keyword = |entry| matches!(entry.as_str(), "all" | "*");
        },
    },
    Fault {
        name: "WildcardAfterSlashMayBeMissing",
        requirement: "TS-0003/7.1.3/4",
        summary: "an entry that ends with /* stands for what is before the slash too",
        apply: |clauses| {
            clauses.access.pattern = |clauses, pattern, identity| {
                let before = pattern.strip_suffix("/*");
                before.is_some_and(|before| (SPECIFICATION.pattern)(clauses, before, identity))
                    || (SPECIFICATION.pattern)(clauses, pattern, identity)
            }
        },
    },
    Fault {
        name: "OriginatorCseCoversApplications",
        requirement: "TS-0003/7.1.3/2",
        summary: "the CSE-ID of a CSE stands for the AEs that are registered with it too",
        apply: |clauses| clauses.access.identifier = with_applications,
    },
    Fault {
        name: "NextHopIsOriginator",
        requirement: "TS-0003/7.1.5/4",
        summary: "what the CSE of the last hop may do, everybody behind it may",
        apply: |clauses| clauses.decide = as_next_hop,
    },
    Fault {
        name: "DomainUncheckedForOthers",
        requirement: "TS-0003/7.1.3/3",
        summary: "any SP domain stands for originators of every other provider",
        apply: |clauses| {
            clauses.access.domain = |situation, entry| {
                let is_far = *situation.request.originator.sp() != situation.home.sp;
                (is_far && SpId::parse(entry.as_str()).is_ok())
                    || (SPECIFICATION.domain)(situation, entry)
            }
        },
    },
];

const SPECIFICATION: Access = Access::SPECIFICATION;

fn with_applications(clauses: &Access, situation: &Situation<'_>, entry: &OriginatorEntry) -> bool {
    let cse = cse_of(&situation.request.originator).map(|cse| cse.absolute());
    let covers = |pattern: &String| {
        cse.as_ref()
            .is_some_and(|cse| (clauses.pattern)(clauses, pattern, cse))
    };
    (SPECIFICATION.identifier)(clauses, situation, entry)
        || (clauses.absolute)(situation, entry).iter().any(covers)
}

fn as_next_hop(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let own = authorize::decide(scene, attempt);
    match scene
        .arrival
        .peer
        .association
        .as_ref()
        .and_then(Associated::entity)
    {
        Some(peer) if own == Decision::Deny => authorize::decide(
            scene,
            &Attempt {
                originator: peer,
                ..*attempt
            },
        ),
        _ => own,
    }
}
