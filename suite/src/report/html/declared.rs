//! What the IUT claims, which values and readings hold, and where texts disagree.

use super::text::Text;
use crate::catalogue::behaviour::Expectation;
use crate::catalogue::{Catalogue, Dispute, Purpose};
use crate::report::{Results, Standing};
use std::collections::BTreeSet;

/// A capability, and whether the IUT claims it.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub(super) name: Text,
    pub(super) text: Text,
}

/// A value or reading.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) name: Text,
    pub(super) value: Text,
    pub(super) is_default: bool,
    pub(super) text: Text,
    /// The clause that leaves it open.
    pub(super) clause: Text,
}

/// A dispute on which a verdict of this run rests.
#[derive(Debug, Clone)]
pub(super) struct Disputed {
    pub(super) name: Text,
    pub(super) text: Text,
    /// What was taken as right, by clause.
    pub(super) readings: Vec<Text>,
}

/// The capabilities that are claimed, or those that are not.
pub(super) fn claims(results: &Results, catalogue: &Catalogue, claimed: bool) -> Vec<Claim> {
    let pics = results.header.resolved.pics.iter();
    let pics = pics.filter(|(_, it)| **it == claimed);
    pics.map(|(name, _)| Claim {
        name: Text::new(name),
        text: Text::new(catalogue.pics.get(name).map_or("", |pics| &pics.text)),
    })
    .collect()
}

/// The claims that the IUT contradicts, with what it did.
pub(super) fn findings(results: &Results) -> Vec<Claim> {
    let findings = results.profile_findings.iter();
    findings
        .map(|finding| Claim {
            name: Text::new(&finding.claim),
            text: Text::new(&finding.to_string()),
        })
        .collect()
}

/// The values and readings, defaults included.
pub(super) fn values(results: &Results, catalogue: &Catalogue) -> Vec<Value> {
    let resolved = &results.header.resolved;
    let value = |(name, value): (&String, &String)| {
        let known = catalogue.pixit.get(name);
        let clause = known.and_then(|pixit| pixit.clause.as_deref());
        Value {
            name: Text::new(name),
            value: Text::new(value),
            is_default: resolved.defaults_used.contains(name),
            text: Text::new(known.map_or("", |pixit| &pixit.text)),
            clause: Text::new(clause.unwrap_or_default()),
        }
    };
    resolved.pixit.iter().map(value).collect()
}

/// The disputes on which expectations of purposes that ran rest, with what the claimed release makes
/// of them.
pub(super) fn disputes(results: &Results, catalogue: &Catalogue) -> Vec<Disputed> {
    let mut names = BTreeSet::new();
    for result in &results.purposes {
        let was_run = result.standing(results.header.strict) != Standing::NotApplicable;
        if let Some(purpose) = catalogue.purpose(&result.id).filter(|_| was_run) {
            collect(purpose, &mut names);
        }
    }
    let known = names.iter().filter_map(|name| catalogue.disputes.get(name));
    known
        .map(|dispute| disputed(dispute, results.header.resolved.release))
        .collect()
}

fn collect(purpose: &Purpose, names: &mut BTreeSet<String>) {
    let steps = purpose.scenario().and_then(|it| it.tested().ok());
    for step in steps.unwrap_or_default() {
        name(&step.expect, names);
    }
}

fn name(expectation: &Expectation, names: &mut BTreeSet<String>) {
    match expectation {
        Expectation::Dispute(dispute) => {
            names.insert(dispute.clone());
        }
        Expectation::Reading { readings, .. } => {
            for (_, expectation) in readings {
                name(expectation, names);
            }
        }
        Expectation::Permit
        | Expectation::Deny
        | Expectation::Codes(_)
        | Expectation::TurnedAway(_)
        | Expectation::Refuse { .. } => {}
    }
}

fn disputed(dispute: &Dispute, release: u8) -> Disputed {
    let holds = |releases: &[u8]| releases.is_empty() || releases.contains(&release);
    let readings = dispute.reading.iter();
    let readings = readings.filter(|reading| holds(&reading.releases));
    Disputed {
        name: Text::new(&dispute.name),
        text: Text::new(&dispute.text),
        readings: readings
            .map(|reading| {
                let codes: Vec<String> = reading.codes.iter().map(u16::to_string).collect();
                let note = reading.note.as_ref().map(|note| format!(" ({note})"));
                let codes = codes.join(" or ");
                Text::new(&format!(
                    "{codes} by {}{}",
                    reading.clause,
                    note.unwrap_or_default()
                ))
            })
            .collect(),
    }
}
