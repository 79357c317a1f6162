//! What a run does not tell: what did not apply, was not judged, was waived, was not selected, and
//! what the catalogue does not hold yet.

use super::{PurposeResult, Results, Standing};
use crate::catalogue::{Catalogue, Disposition};
use std::collections::{BTreeMap, BTreeSet};

/// What a run does not tell.
#[derive(Debug, Default)]
pub(super) struct Untested<'a> {
    /// Not applicable, by the claim that decided it.
    pub(super) not_applicable: BTreeMap<String, Vec<&'a PurposeResult>>,
    /// Applicable and not judged, by reason.
    pub(super) inconclusive: BTreeMap<String, Vec<&'a PurposeResult>>,
    /// The tester failed.
    pub(super) errors: Vec<&'a PurposeResult>,
    /// Failed, and waived.
    pub(super) waived: Vec<&'a PurposeResult>,
    /// Purposes of the catalogue outside the selection, by subgroup.
    pub(super) unselected: BTreeMap<String, Vec<&'a str>>,
    /// How many requirements wait for purposes, by the group in which those will be.
    pub(super) planned: BTreeMap<&'a str, usize>,
    /// How many requirements no black box can show.
    pub(super) untestable: usize,
    /// How many requirements the suite does not judge.
    pub(super) out_of_profile: usize,
}

impl<'a> Untested<'a> {
    /// What the results, held against the catalogue, do not tell.
    pub(super) fn of(results: &'a Results, catalogue: &'a Catalogue) -> Self {
        let mut untested = Self {
            unselected: unselected(results, catalogue),
            ..Self::default()
        };
        for result in &results.purposes {
            let judgement = &result.judgement;
            match result.standing(results.header.strict) {
                Standing::NotApplicable => {
                    let claim = judgement.observed.clone().unwrap_or_default();
                    let by_claim = &mut untested.not_applicable;
                    by_claim.entry(claim).or_default().push(result);
                }
                Standing::Inconclusive => {
                    let reason = judgement.reason.map(|reason| reason.to_string());
                    let by_reason = &mut untested.inconclusive;
                    by_reason
                        .entry(reason.unwrap_or_default())
                        .or_default()
                        .push(result);
                }
                Standing::Error => untested.errors.push(result),
                Standing::WaivedFail => untested.waived.push(result),
                Standing::Pass | Standing::Fail | Standing::AdvisoryFail => {}
            }
        }
        for entry in &results.ledger.requirements {
            match &entry.disposition {
                Disposition::Planned { group } => *untested.planned.entry(group).or_default() += 1,
                Disposition::Untestable { .. } => untested.untestable += 1,
                Disposition::OutOfProfile { .. } => untested.out_of_profile += 1,
                Disposition::Tested { .. } | Disposition::Undisposed => {}
            }
        }
        untested
    }
}

fn unselected<'a>(results: &Results, catalogue: &'a Catalogue) -> BTreeMap<String, Vec<&'a str>> {
    let selected: BTreeSet<&str> = results.purposes.iter().map(|it| it.id.as_str()).collect();
    let mut unselected: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for purpose in &catalogue.purposes {
        if !selected.contains(purpose.id.as_str()) {
            let (subgroup, _) = purpose.id.rsplit_once('/').unwrap_or_default();
            unselected
                .entry(subgroup.to_owned())
                .or_default()
                .push(&purpose.id);
        }
    }
    unselected
}

/// Ids in their order, with consecutive numbers of a subgroup as a range: `CSE/ACP/OPS/001–003, 007`.
pub(super) fn ranges<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    let mut ranges: Vec<Range<'a>> = Vec::new();
    for id in ids {
        match ranges.last_mut() {
            Some(range) if range.is_continued_by(id) => range.last = id,
            _ => ranges.push(Range {
                first: id,
                last: id,
            }),
        }
    }
    let mut text = String::new();
    let mut before = "";
    for range in &ranges {
        let subgroup = subgroup(range.first);
        let is_same = !subgroup.is_empty() && subgroup == before;
        text.push_str(if text.is_empty() { "" } else { ", " });
        text.push_str(if is_same {
            number(range.first)
        } else {
            range.first
        });
        if range.first != range.last {
            text.push('–');
            text.push_str(number(range.last));
        }
        before = subgroup;
    }
    text
}

struct Range<'a> {
    first: &'a str,
    last: &'a str,
}

impl Range<'_> {
    fn is_continued_by(&self, id: &str) -> bool {
        let parsed = |id: &str| number(id).parse::<u32>().ok();
        subgroup(self.last) == subgroup(id)
            && parsed(self.last)
                .and_then(|last| last.checked_add(1))
                .is_some_and(|next| parsed(id) == Some(next))
    }
}

fn subgroup(id: &str) -> &str {
    id.rsplit_once('/').map_or("", |(subgroup, _)| subgroup)
}

fn number(id: &str) -> &str {
    id.rsplit_once('/').map_or(id, |(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consecutive_numbers_are_a_range() {
        let ids = ["CSE/ACP/OPS/001", "CSE/ACP/OPS/002", "CSE/ACP/OPS/004"];
        assert_eq!(ranges(ids), "CSE/ACP/OPS/001–002, 004");
    }

    #[test]
    fn another_subgroup_is_named_in_full() {
        let ids = ["CSE/ACP/OPS/001", "CSE/ACP/TIM/002"];
        assert_eq!(ranges(ids), "CSE/ACP/OPS/001, CSE/ACP/TIM/002");
    }

    #[test]
    fn what_is_no_id_stays_as_it_is() {
        assert_eq!(
            ranges(["x", "", "4294967295", "/4294967295"]),
            "x, , 4294967295, /4294967295"
        );
    }
}
