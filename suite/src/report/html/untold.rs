//! What the run does not tell, as the page says it.

use super::text::Text;
use crate::report::untested::{Untested, ranges};
use crate::report::{PurposeResult, Results, Standing, Waiver};
use std::collections::BTreeMap;

/// Purposes that were not judged for one reason.
#[derive(Debug, Clone)]
pub(super) struct Together {
    pub(super) why: Text,
    pub(super) number: usize,
    pub(super) ids: Text,
}

/// What the run does not tell.
#[derive(Debug, Clone)]
pub(super) struct Untold {
    /// Not applicable, by the claim that decided it.
    pub(super) not_applicable: Vec<Together>,
    /// Inconclusive, by reason; the errors of the tester with them.
    pub(super) unjudged: Vec<Together>,
    /// Failed and waived, by who answers for it.
    pub(super) waived: Vec<Together>,
    /// Outside the selection, by subgroup.
    pub(super) unselected: Vec<Together>,
    /// Requirements that wait for purposes, by group.
    pub(super) planned: Vec<(Text, usize)>,
    /// How many those are.
    pub(super) planned_number: usize,
    /// Requirements that no black box can show.
    pub(super) untestable: usize,
    /// Requirements that the suite does not judge.
    pub(super) out_of_profile: usize,
}

impl Untold {
    pub(super) fn of(untested: &Untested<'_>) -> Self {
        let mut unjudged: Vec<Together> = untested
            .inconclusive
            .iter()
            .map(|(reason, purposes)| together(&format!("inconclusive: {reason}"), purposes))
            .collect();
        if !untested.errors.is_empty() {
            unjudged.push(together("error of the tester", &untested.errors));
        }
        let not_applicable = untested.not_applicable.iter();
        let unselected = untested.unselected.iter();
        let planned = untested.planned.iter();
        Self {
            not_applicable: not_applicable
                .map(|(claim, purposes)| together(claim, purposes))
                .collect(),
            unjudged,
            waived: untested.waived.iter().map(|it| waived(it)).collect(),
            unselected: unselected
                .map(|(subgroup, ids)| Together {
                    why: Text::new(subgroup),
                    number: ids.len(),
                    ids: Text::list(&ranges(ids.iter().copied())),
                })
                .collect(),
            planned: planned
                .map(|(group, number)| (Text::new(group), *number))
                .collect(),
            planned_number: untested.planned.values().sum(),
            untestable: untested.untestable,
            out_of_profile: untested.out_of_profile,
        }
    }
}

/// The failures that count, by cause.
pub(super) fn causes(results: &Results) -> Vec<Together> {
    let mut causes: BTreeMap<String, Vec<&PurposeResult>> = BTreeMap::new();
    for result in &results.purposes {
        if result.standing(results.header.strict) == Standing::Fail {
            let cause = result.judgement.cause.map(|cause| cause.to_string());
            let cause = cause.unwrap_or_else(|| "not said".into());
            causes.entry(cause).or_default().push(result);
        }
    }
    let causes = causes.iter();
    causes
        .map(|(cause, purposes)| together(cause, purposes))
        .collect()
}

fn together(why: &str, purposes: &[&PurposeResult]) -> Together {
    Together {
        why: Text::new(why),
        number: purposes.len(),
        ids: Text::list(&ranges(purposes.iter().map(|it| it.id.as_str()))),
    }
}

fn waived(result: &PurposeResult) -> Together {
    let why = |waiver: &Waiver| {
        format!(
            "{}, until {}: {}",
            waiver.owner, waiver.expires, waiver.reason
        )
    };
    let why = result.waiver.as_ref().map(why);
    Together {
        why: Text::new(&why.unwrap_or_default()),
        number: 1,
        ids: Text::new(&result.id),
    }
}
