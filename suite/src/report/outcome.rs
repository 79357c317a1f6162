//! What a run comes to as a whole.

use super::{PurposeResult, StaleWaiver, Standing};
use crate::verdict::{Outcome, Reason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many purposes stand how; each is counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Passed.
    pub pass: usize,
    /// Failed, neither waived nor, unless the run is strict, advisory.
    pub fail: usize,
    /// Applicable and not judged.
    pub inconclusive: usize,
    /// Not applicable.
    pub not_applicable: usize,
    /// The tester failed.
    pub error: usize,
    /// Failed, and waived.
    pub waived: usize,
    /// Failed where only advice was not followed.
    pub advisory: usize,
}

impl Counts {
    /// Counts purposes.
    pub fn of(purposes: &[PurposeResult], strict: bool) -> Self {
        let mut counts = Self::default();
        for purpose in purposes {
            *counts.entry(purpose.standing(strict)) += 1;
        }
        counts
    }

    /// All of them together.
    pub fn total(&self) -> usize {
        self.pass
            + self.fail
            + self.inconclusive
            + self.not_applicable
            + self.error
            + self.waived
            + self.advisory
    }

    fn entry(&mut self, standing: Standing) -> &mut usize {
        match standing {
            Standing::Pass => &mut self.pass,
            Standing::Fail => &mut self.fail,
            Standing::AdvisoryFail => &mut self.advisory,
            Standing::WaivedFail => &mut self.waived,
            Standing::Inconclusive => &mut self.inconclusive,
            Standing::Error => &mut self.error,
            Standing::NotApplicable => &mut self.not_applicable,
        }
    }
}

/// The outcome of a run over these purposes, decided in the order of its variants. A run without a
/// single judgement is never conformant: that takes evidence.
pub fn outcome(purposes: &[PurposeResult], stale: &[StaleWaiver], strict: bool) -> Outcome {
    let counts = Counts::of(purposes, strict);
    if counts.fail > 0 || !stale.is_empty() {
        Outcome::Nonconformant
    } else if counts.error > 0 {
        Outcome::Error
    } else if never_reached(purposes) {
        Outcome::Unreachable
    } else if counts.inconclusive > 0 || counts.waived > 0 || counts.pass + counts.advisory == 0 {
        Outcome::Partial
    } else {
        Outcome::Conformant
    }
}

/// Some purpose found no connection, and none shows that another did.
fn never_reached(purposes: &[PurposeResult]) -> bool {
    let shows_contact = |purpose: &PurposeResult| match purpose.standing(false) {
        Standing::Pass | Standing::Fail | Standing::AdvisoryFail | Standing::WaivedFail => true,
        Standing::Inconclusive => matches!(
            purpose.judgement.reason,
            Some(Reason::Precondition | Reason::Unstable | Reason::Flaky)
        ),
        Standing::Error | Standing::NotApplicable => false,
    };
    let unreachable = Some(Reason::Unreachable);
    purposes.iter().any(|it| it.judgement.reason == unreachable)
        && !purposes.iter().any(shows_contact)
}
