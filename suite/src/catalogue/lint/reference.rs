//! Names in a purpose that have to exist elsewhere.

use super::Problem;
use crate::catalogue::{Catalogue, Purpose, Question};

pub(super) fn question(catalogue: &Catalogue, question: &Question, problems: &mut Vec<Problem>) {
    if !catalogue.pics.contains_key(&question.pics) {
        problems.push(Problem::Unknown {
            kind: "claim",
            name: question.pics.clone(),
        });
    }
    if let Err(error) = question.steps() {
        problems.push(Problem::Step(error));
    }
}

pub(super) fn check(
    catalogue: &Catalogue,
    purpose: &Purpose,
    faults: &[(&str, &str)],
    problems: &mut Vec<Problem>,
) {
    let mut demand = |exists: bool, kind: &'static str, name: &str| {
        if !exists {
            let name = name.into();
            problems.push(Problem::Unknown { kind, name });
        }
    };
    for id in &purpose.requirements {
        demand(catalogue.requirements.contains_key(id), "requirement", id);
    }
    for threat in &purpose.threats {
        demand(
            catalogue.threats.contains_key(threat),
            "threat",
            &threat.to_string(),
        );
    }
    for name in purpose.claims() {
        demand(catalogue.pics.contains_key(name), "claim", name);
    }
    for name in &purpose.kills {
        demand(faults.iter().any(|(fault, _)| fault == name), "fault", name);
    }
    if purpose.requirements.is_empty() {
        problems.push(Problem::NoRequirement);
    }
    for (fault, requirement) in faults {
        let claimed = purpose.kills.iter().any(|name| name == fault);
        if claimed && !purpose.requirements.iter().any(|id| id == requirement) {
            problems.push(Problem::ForeignFault {
                fault: (*fault).into(),
                requirement: (*requirement).into(),
            });
        }
    }
    if purpose.kills.len() > 5 && purpose.kills_reason.is_none() {
        problems.push(Problem::KillsReason(purpose.kills.len()));
    }
}
