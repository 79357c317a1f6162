//! What the outcome of a run means, in one sentence.

use super::Results;
use super::text::count;
use crate::verdict::{Outcome, Scope};

/// The outcome in a sentence; only a full scope speaks of the IUT's conformance.
pub(super) fn meaning(results: &Results) -> String {
    let counts = &results.counts;
    match results.outcome {
        Outcome::Nonconformant => nonconformant(results),
        Outcome::Error => format!(
            "The tester itself failed at {}: nothing is said of the conformance of the IUT.",
            count(counts.error, "purpose")
        ),
        Outcome::Unreachable => {
            "The IUT was never reached: nothing was judged, and nothing is said of it.".into()
        }
        Outcome::Partial => format!(
            "Nothing that was judged failed unwaived, but {}: this is no statement of conformance.",
            gaps(results)
        ),
        Outcome::Conformant => conformant(results),
    }
}

fn nonconformant(results: &Results) -> String {
    let mut findings = Vec::new();
    if results.counts.fail > 0 {
        findings.push(format!("{} failed", count(results.counts.fail, "purpose")));
    }
    match results.stale_waivers.len() {
        0 => {}
        1 => findings.push("1 waiver is stale".into()),
        several => findings.push(format!("{several} waivers are stale")),
    }
    let what = match results.counts.fail {
        0 => "what is waived has to be looked at again",
        _ => "the IUT does not do what the specifications demand",
    };
    format!("{}: {what}.", findings.join(" and "))
}

fn gaps(results: &Results) -> String {
    let counts = &results.counts;
    let mut gaps = Vec::new();
    if counts.inconclusive > 0 {
        let not_judged = count(counts.inconclusive, "applicable purpose");
        gaps.push(format!("{not_judged} could not be judged"));
    }
    if counts.waived > 0 {
        gaps.push(format!("{} failed under a waiver", counts.waived));
    }
    if gaps.is_empty() {
        gaps.push("no purpose that was selected applies to the IUT".into());
    }
    gaps.join(" and ")
}

fn conformant(results: &Results) -> String {
    let counts = &results.counts;
    let mut sentence = match results.header.scope {
        Scope::Full => "Every purpose of the catalogue that applies to the IUT passed".to_owned(),
        Scope::Selection => {
            "Every selected purpose that applies passed, which says nothing of the IUT as a whole"
                .to_owned()
        }
    };
    if counts.advisory > 0 {
        let advisory = count(counts.advisory, "purpose");
        sentence.push_str(&format!(
            "; {advisory} of advice alone failed and does not count"
        ));
    }
    sentence + "."
}
