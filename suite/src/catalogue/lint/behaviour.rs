//! What has to hold of the steps of a purpose.

use super::Problem;
use crate::catalogue::behaviour::{Action, Expectation, Role, Step};
use crate::catalogue::{Catalogue, Kind, Purpose};
use std::collections::BTreeSet;

pub(super) fn check(catalogue: &Catalogue, purpose: &Purpose, problems: &mut Vec<Problem>) {
    let behaviours = [
        purpose.decision.is_some(),
        purpose.policy.is_some(),
        purpose.spoof.is_some(),
        purpose.identity.is_some(),
        purpose.links.is_some(),
        purpose.esprim.is_some(),
        purpose.tokens.is_some(),
        purpose.steps.is_some(),
        purpose.handshake.is_some(),
        purpose.service.is_some(),
        purpose.function.is_some(),
    ];
    let behaviours = behaviours.into_iter().filter(|present| *present).count();
    if behaviours != 1 {
        problems.push(Problem::Behaviours(behaviours));
    }
    if purpose.lacks().is_some() && !purpose.kills.is_empty() {
        problems.push(Problem::KillsUnjudged);
    }
    let Some(scenario) = purpose.scenario() else {
        return;
    };
    match (scenario.tested(), scenario.twin()) {
        (Ok(tested), Ok(twin)) => {
            names(&tested, problems);
            dependences(&tested, problems);
            evidence(purpose, &tested, &twin, problems);
            for step in &tested {
                waits(catalogue, step, problems);
                expectation(catalogue, &step.expect, problems);
            }
        }
        (Err(error), _) | (_, Err(error)) => problems.push(Problem::Step(error)),
    }
}

fn names(steps: &[Step], problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    let repeated = steps.iter().filter(|step| !seen.insert(&step.name));
    problems.extend(repeated.map(|step| Problem::RepeatedStep(step.name.clone())));
}

fn dependences(steps: &[Step], problems: &mut Vec<Problem>) {
    let mut earlier = BTreeSet::new();
    for step in steps {
        for on in step.when.iter().chain(&step.unless) {
            if !earlier.contains(on) {
                let (step, on) = (step.name.clone(), on.clone());
                problems.push(Problem::Dependence { step, on });
            }
        }
        earlier.insert(&step.name);
    }
}

/// A refusal shows nothing without a twin that succeeded and a read-back without effect.
fn evidence(purpose: &Purpose, tested: &[Step], twin: &[Step], problems: &mut Vec<Problem>) {
    let position = |role: Role| tested.iter().position(|step| step.role == role);
    let Some(stimulus) = position(Role::Stimulus) else {
        problems.push(Problem::NoStimulus);
        return;
    };
    if purpose.kind != Kind::Invalid {
        return;
    }
    let in_twin = twin.iter().any(|step| step.role == Role::Twin);
    let before = position(Role::Twin).is_some_and(|twin| twin < stimulus);
    if !in_twin && !before {
        problems.push(Problem::NoTwin);
    }
    let after = tested
        .iter()
        .skip(stimulus)
        .any(|step| step.role == Role::ReadBack);
    if !after {
        problems.push(Problem::NoReadBack);
    }
}

fn waits(catalogue: &Catalogue, step: &Step, problems: &mut Vec<Problem>) {
    if let Action::WaitUntil {
        plus: Some(pixit), ..
    } = &step.action
    {
        known_pixit(catalogue, pixit, problems);
    }
    if let Some(pixit) = &step.within {
        known_pixit(catalogue, pixit, problems);
    }
}

fn expectation(catalogue: &Catalogue, expect: &Expectation, problems: &mut Vec<Problem>) {
    match expect {
        Expectation::Dispute(name) if !catalogue.disputes.contains_key(name) => {
            let name = name.clone();
            problems.push(Problem::Unknown {
                kind: "dispute",
                name,
            });
        }
        Expectation::Reading { pixit, readings } => {
            known_pixit(catalogue, pixit, problems);
            let mut got: Vec<String> = readings.iter().map(|(value, _)| value.clone()).collect();
            let values = catalogue.pixit.get(pixit).map(|pixit| &pixit.values);
            let mut expected = values.cloned().unwrap_or_default();
            got.sort_unstable();
            expected.sort_unstable();
            if got != expected {
                let pixit = pixit.clone();
                problems.push(Problem::Readings {
                    pixit,
                    expected,
                    got,
                });
            }
            for (_, inner) in readings {
                expectation(catalogue, inner, problems);
            }
        }
        _ => {}
    }
}

fn known_pixit(catalogue: &Catalogue, name: &str, problems: &mut Vec<Problem>) {
    if !catalogue.pixit.contains_key(name) {
        let name = name.into();
        problems.push(Problem::Unknown {
            kind: "value",
            name,
        });
    }
}
