//! The table of all purposes.

use super::{anchor, text::Text};
use crate::report::word::word;
use crate::report::{PurposeResult, Results, Standing};

/// One purpose.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) key: &'static str,
    pub(super) group: Text,
    pub(super) anchor: Text,
    /// Where it is told why it did not pass.
    pub(super) finding: Option<Text>,
    pub(super) id: Text,
    pub(super) title: Text,
    pub(super) requirements: Vec<Text>,
    pub(super) word: Text,
    /// The claim by which it does not apply.
    pub(super) claim: Option<Text>,
    pub(super) milliseconds: u64,
    /// How often it was attempted, if more than once.
    pub(super) attempts: Option<u32>,
}

/// All purposes, by id.
pub(super) fn rows(results: &Results) -> Vec<Row> {
    let strict = results.header.strict;
    let rows = results.purposes.iter();
    rows.map(|result| row(result, result.standing(strict)))
        .collect()
}

fn row(result: &PurposeResult, standing: Standing) -> Row {
    let is_told = !matches!(standing, Standing::Pass | Standing::NotApplicable);
    let observed = result.judgement.observed.as_ref();
    Row {
        key: standing.key(),
        group: Text::new(&result.group),
        anchor: anchor::purpose(&result.id),
        finding: is_told.then(|| anchor::finding(&result.id)),
        id: Text::new(&result.id),
        title: Text::new(&result.title),
        requirements: result.requirements.iter().map(|it| Text::new(it)).collect(),
        word: Text::new(&word(result, standing)),
        claim: Text::some(observed.filter(|_| standing == Standing::NotApplicable)),
        milliseconds: result.duration_ms,
        attempts: result.attempts,
    }
}
