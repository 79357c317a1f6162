//! A CSE without access control fails every purpose that expects a denial.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

#[path = "degenerate/applicable.rs"]
mod applicable;
#[path = "sensitivity/credulous.rs"]
mod credulous;
#[path = "degenerate/denial.rs"]
mod denial;

use applicable::Applicable;
use credulous::Credulous;
use denial::{Denials, denials};
use onem2m_conform::engine::in_process::{self, InProcess};
use onem2m_conform::engine::purpose::Finished;
use onem2m_conform::tester::transcript::Entry;
use onem2m_conform::verdict::Verdict;
use onem2m_server::{Clauses, faults};
use std::collections::BTreeMap;

/// What is refused without access control too, or need not be refused, and why.
const REFUSED_ANYWAY: [(&str, &str); 8] = [
    (
        "CSE/SAE/PSK/037",
        "nobody knows the originator, so that no policy is looked at",
    ),
    (
        "CSE/SAE/PSK/039",
        "the CSE serves nobody in the clear, whatever policies grant",
    ),
    (
        "CSE/ESPRIM/CAP/005",
        "nobody writes e2eSecInfo of a <CSEBase>, whatever policies grant",
    ),
    (
        "CSE/ESPRIM/IMP/006",
        "a primitive with two originators is refused as such",
    ),
    (
        "CSE/ESPRIM/IMP/009",
        "who carries an object reads nothing of the answer, whatever it is",
    ),
    (
        "CSE/ESPRIM/OUT/009",
        "a <container> is no target of ESPrim, whatever policies grant",
    ),
    (
        "CSE/ESPRIM/RND/008",
        "no rand object of another originator is taken",
    ),
    (
        "CSE/ESPRIM/RRO/010",
        "a rand object is no secret, so that giving one is lawful too",
    ),
];

/// A token that does not hold is refused whatever policies grant.
const OF_TOKENS: &str = "PICS_ESDATA_TOKEN";

/// Whether the exchange of a step took place: what depends on the acceptance of a bad policy does
/// not, where the policy is refused.
fn reached(finished: &Finished, step: &str) -> bool {
    finished.transcript.iter().any(|entry| match entry {
        Entry::Exchange(exchange) => exchange.step == step,
        _ => false,
    })
}

fn fails(judged: &BTreeMap<String, Finished>, id: &str) -> bool {
    judged[id].judgement.verdict == Verdict::Fail
}

#[test]
fn without_access_control_every_expected_denial_fails() {
    let applicable = Applicable::to_the_reference();
    let expected: BTreeMap<&str, Denials> = applicable
        .purposes
        .iter()
        .filter(|(purpose, _)| !purpose.pics.iter().any(|pics| pics == OF_TOKENS))
        .map(|(purpose, behaviour)| {
            let denials = denials(purpose, behaviour, &applicable.facts);
            (purpose.id.as_str(), denials)
        })
        .filter(|(id, denials)| {
            let anyway = REFUSED_ANYWAY.iter().any(|(known, _)| known == id);
            *denials != Denials::None && !anyway
        })
        .collect();
    assert!(expected.len() >= 90, "{}", expected.len());

    let right = InProcess::new(in_process::configuration(), Vec::new());
    let right = applicable.judge(right);
    let off = faults::find("AcpOff").unwrap();
    let wrong = applicable.judge(InProcess::new(in_process::configuration(), vec![off]));
    let mut clauses = Clauses::SPECIFICATION;
    (off.apply)(&mut clauses);
    let credulous = applicable.judge(Credulous(clauses));
    let mut missed = Vec::new();
    for (id, denials) in expected {
        assert_eq!(right[id].judgement.verdict, Verdict::Pass, "{id}");
        let noticed = match denials {
            Denials::Steps(steps) if !steps.iter().any(|step| reached(&right[id], step)) => {
                // The denial stands behind an accepted write, and it is where the purpose fails.
                let step = &credulous[id].judgement.step;
                fails(&credulous, id) && step.as_ref().is_some_and(|step| steps.contains(step))
            }
            _ => fails(&wrong, id),
        };
        if !noticed {
            missed.push(id);
        }
    }
    assert_eq!(missed, Vec::<&str>::new());
}
