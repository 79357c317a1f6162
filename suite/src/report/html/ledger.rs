//! The requirement ledger: what becomes of every requirement, and what was found.

use super::standing::{ById, Found};
use super::text::Text;
use crate::catalogue::{Catalogue, Disposition, LedgerCounts, LedgerEntry};
use crate::report::Results;
use std::collections::BTreeMap;

/// What becomes of every requirement.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    pub(super) counts: LedgerCounts,
    /// Judged by purposes.
    pub(super) tested: Vec<Tested>,
    /// Waiting for purposes, by their group.
    pub(super) planned: Vec<Planned>,
    /// Not to be shown by a black box.
    pub(super) untestable: Vec<Dismissed>,
    /// Not judged by the suite.
    pub(super) out_of_profile: Vec<Dismissed>,
    /// Without a decision.
    pub(super) undisposed: Vec<Cited>,
}

/// A requirement as it is cited.
#[derive(Debug, Clone)]
pub(super) struct Cited {
    pub(super) id: Text,
    pub(super) level: Text,
    pub(super) text: Text,
}

/// A requirement that purposes judge.
#[derive(Debug, Clone)]
pub(super) struct Tested {
    pub(super) cited: Cited,
    pub(super) verdicts: Vec<Found>,
}

/// The requirements that wait for the purposes of a group.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    pub(super) group: Text,
    pub(super) requirements: Vec<Cited>,
}

/// A requirement that is not judged, and why.
#[derive(Debug, Clone)]
pub(super) struct Dismissed {
    pub(super) cited: Cited,
    pub(super) reason: Text,
}

impl Ledger {
    pub(super) fn of(results: &Results, catalogue: &Catalogue, by_id: &ById<'_>) -> Self {
        let mut ledger = Self {
            counts: results.ledger.counts,
            ..Self::default()
        };
        let mut planned: BTreeMap<&str, Vec<Cited>> = BTreeMap::new();
        for entry in &results.ledger.requirements {
            let cited = cited(entry, catalogue);
            let dismissed = |reason: &str| Dismissed {
                cited: cited.clone(),
                reason: Text::new(reason),
            };
            match &entry.disposition {
                Disposition::Tested { purposes } => {
                    let verdicts = by_id.verdicts(purposes.iter().map(String::as_str));
                    ledger.tested.push(Tested { cited, verdicts });
                }
                Disposition::Planned { group } => planned.entry(group).or_default().push(cited),
                Disposition::Untestable { reason } => ledger.untestable.push(dismissed(reason)),
                Disposition::OutOfProfile { reason } => {
                    ledger.out_of_profile.push(dismissed(reason));
                }
                Disposition::Undisposed => ledger.undisposed.push(cited),
            }
        }
        let group = |(group, requirements): (&str, _)| Planned {
            group: Text::new(group),
            requirements,
        };
        ledger.planned = planned.into_iter().map(group).collect();
        ledger
    }
}

fn cited(entry: &LedgerEntry, catalogue: &Catalogue) -> Cited {
    let known = catalogue.requirements.get(&entry.id);
    Cited {
        id: Text::new(&entry.id),
        level: Text::new(&entry.level.to_string()),
        text: Text::new(known.map_or("", |requirement| &requirement.text)),
    }
}
