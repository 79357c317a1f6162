//! Why a purpose did not pass.

use super::exchange::{Evidence, Exchanges};
use super::{anchor, text::Text};
use crate::catalogue::Catalogue;
use crate::report::word::word;
use crate::report::{PurposeResult, Results, StaleWaiver, Standing};

/// A demand of a specification, as it is cited.
#[derive(Debug, Clone)]
pub(super) struct Demand {
    pub(super) id: Text,
    /// Specification, clause and level; empty if this catalogue does not have it.
    pub(super) place: Text,
    pub(super) text: Text,
}

/// A failure with everything that explains it.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) key: &'static str,
    pub(super) anchor: Text,
    pub(super) row: Text,
    pub(super) id: Text,
    pub(super) title: Text,
    /// `fail`, with cause and what weakens it.
    pub(super) word: Text,
    pub(super) demands: Vec<Demand>,
    pub(super) expected: Option<Text>,
    pub(super) observed: Option<Text>,
    pub(super) step: Option<Text>,
    pub(super) waiver: Option<Text>,
    pub(super) reproduce: Option<Text>,
    pub(super) transcript: Option<Text>,
    /// Where the transcript is, relative to the page.
    pub(super) file: Option<Text>,
    pub(super) evidence: Evidence,
}

/// A waiver that has to go.
#[derive(Debug, Clone)]
pub(super) struct Stale {
    pub(super) purpose: Text,
    pub(super) row: Text,
    pub(super) why: Text,
    pub(super) reason: Text,
}

/// A purpose that was not judged.
#[derive(Debug, Clone)]
pub(super) struct Unjudged {
    pub(super) key: &'static str,
    pub(super) anchor: Text,
    pub(super) row: Text,
    pub(super) id: Text,
    pub(super) word: Text,
    pub(super) step: Option<Text>,
    pub(super) observed: Option<Text>,
    pub(super) file: Option<Text>,
}

/// All failures of a standing.
pub(super) fn failures(
    results: &Results,
    wanted: Standing,
    catalogue: &Catalogue,
    exchanges: &mut Exchanges<'_>,
) -> Vec<Failure> {
    standing_so(results, wanted)
        .map(|result| failure(result, wanted, catalogue, exchanges))
        .collect()
}

fn failure(
    result: &PurposeResult,
    standing: Standing,
    catalogue: &Catalogue,
    exchanges: &mut Exchanges<'_>,
) -> Failure {
    let judgement = &result.judgement;
    let waiver = result.waiver.as_ref().map(|waiver| {
        Text::new(&format!(
            "{}, until {}: {}",
            waiver.owner, waiver.expires, waiver.reason
        ))
    });
    Failure {
        key: standing.key(),
        anchor: anchor::finding(&result.id),
        row: anchor::purpose(&result.id),
        id: Text::new(&result.id),
        title: Text::new(&result.title),
        word: Text::new(&word(result, standing)),
        demands: demands(result, catalogue),
        expected: Text::some(judgement.expected.as_ref()),
        observed: Text::some(judgement.observed.as_ref()),
        step: Text::some(judgement.step.as_ref()),
        waiver,
        reproduce: Text::some(result.reproduce.as_ref()),
        transcript: Text::some(result.transcript.as_ref()),
        file: result.transcript.as_deref().and_then(anchor::file),
        evidence: exchanges.deciding(result),
    }
}

fn demands(result: &PurposeResult, catalogue: &Catalogue) -> Vec<Demand> {
    let demand = |id: &String| {
        let known = catalogue.requirements.get(id);
        let place = known.map(|it| format!("{}, {} ({})", it.spec, it.clause, it.level));
        Demand {
            id: Text::new(id),
            place: Text::new(&place.unwrap_or_default()),
            text: Text::new(known.map_or("", |it| &it.text)),
        }
    };
    result.requirements.iter().map(demand).collect()
}

/// Waivers that have to go.
pub(super) fn stale(results: &Results) -> Vec<Stale> {
    let stale = |stale: &StaleWaiver| Stale {
        purpose: Text::new(&stale.waiver.purpose),
        row: anchor::purpose(&stale.waiver.purpose),
        why: Text::new(&stale.to_string()),
        reason: Text::new(&stale.waiver.reason),
    };
    results.stale_waivers.iter().map(stale).collect()
}

/// What was not judged: the errors of the tester first.
pub(super) fn unjudged(results: &Results) -> Vec<Unjudged> {
    [Standing::Error, Standing::Inconclusive]
        .into_iter()
        .flat_map(|standing| standing_so(results, standing).map(move |it| (it, standing)))
        .map(|(result, standing)| Unjudged {
            key: standing.key(),
            anchor: anchor::finding(&result.id),
            row: anchor::purpose(&result.id),
            id: Text::new(&result.id),
            word: Text::new(&word(result, standing)),
            step: Text::some(result.judgement.step.as_ref()),
            observed: Text::some(result.judgement.observed.as_ref()),
            file: result.transcript.as_deref().and_then(anchor::file),
        })
        .collect()
}

fn standing_so(results: &Results, wanted: Standing) -> impl Iterator<Item = &PurposeResult> {
    let strict = results.header.strict;
    let purposes = results.purposes.iter();
    purposes.filter(move |result| result.standing(strict) == wanted)
}
