//! Every way in which a purpose can end, and what it has to come to: a model of its own, against
//! which the real outcome and the real writer are held.

use crate::fixture::{conclude, expired_waiver, header, judgement, result, valid_waiver};
use onem2m_conform::report::{PurposeResult, Results, Waiver};
use onem2m_conform::verdict::{Outcome, Verdict};

const VERDICTS: [Verdict; 5] = [
    Verdict::NotApplicable,
    Verdict::Pass,
    Verdict::Inconclusive,
    Verdict::Fail,
    Verdict::Error,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waived {
    Not,
    Validly,
    Expired,
}

/// What a case of JUnit says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Element {
    Success,
    Failure,
    Error,
    Skipped,
}

/// One way in which a purpose can end.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub verdict: Verdict,
    pub waived: Waived,
    pub advisory: bool,
}

/// All of them.
pub fn all() -> impl Iterator<Item = Case> {
    VERDICTS.into_iter().flat_map(|verdict| {
        [Waived::Not, Waived::Validly, Waived::Expired]
            .into_iter()
            .flat_map(move |waived| {
                [false, true].into_iter().map(move |advisory| Case {
                    verdict,
                    waived,
                    advisory,
                })
            })
    })
}

impl Case {
    /// What JUnit has to say of the purpose.
    pub fn element(self, strict: bool) -> Element {
        match (self.verdict, self.waived) {
            (Verdict::Pass, _) => Element::Success,
            (Verdict::NotApplicable, _) | (Verdict::Fail, Waived::Validly) => Element::Skipped,
            (Verdict::Fail, _) if self.advisory && !strict => Element::Skipped,
            (Verdict::Fail, _) => Element::Failure,
            (Verdict::Inconclusive | Verdict::Error, _) => Element::Error,
        }
    }

    /// Whether the waiver is a finding.
    pub fn is_stale(self) -> bool {
        self.waived == Waived::Expired
            || (self.waived == Waived::Validly && self.verdict == Verdict::Pass)
    }

    /// What a run of this purpose alone has to come to.
    pub fn outcome(self, strict: bool) -> Outcome {
        match self.element(strict) {
            _ if self.is_stale() => Outcome::Nonconformant,
            Element::Failure => Outcome::Nonconformant,
            Element::Error if self.verdict == Verdict::Error => Outcome::Error,
            Element::Error => Outcome::Partial,
            Element::Skipped if self.waived == Waived::Validly => Outcome::Partial,
            Element::Skipped if self.verdict == Verdict::NotApplicable => Outcome::Partial,
            Element::Skipped | Element::Success => Outcome::Conformant,
        }
    }

    /// The purpose, and its waiver if it has one.
    pub fn purpose(self, id: &str) -> (PurposeResult, Option<Waiver>) {
        let mut purpose = result(id, judgement(self.verdict));
        purpose.advisory = self.advisory;
        let waiver = match self.waived {
            Waived::Not => None,
            Waived::Validly => Some(valid_waiver(id)),
            Waived::Expired => Some(expired_waiver(id)),
        };
        (purpose, waiver)
    }
}

/// A run in which purposes ended in these ways; the first has the number 001.
pub fn run(cases: &[Case], strict: bool) -> Results {
    let (purposes, waivers): (Vec<_>, Vec<_>) = cases
        .iter()
        .zip(1..)
        .map(|(case, number)| case.purpose(&format!("CSE/ACP/OPS/{number:03}")))
        .unzip();
    let waivers = waivers.into_iter().flatten().collect();
    conclude(header(strict, waivers), purposes)
}
