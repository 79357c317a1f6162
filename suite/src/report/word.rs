//! How the standing of a purpose is spelled, in every format that people read.

use super::{Counts, PurposeResult, Standing};

impl Standing {
    /// All of them, what is worst first.
    pub const ALL: [Self; 7] = [
        Self::Fail,
        Self::Error,
        Self::Inconclusive,
        Self::AdvisoryFail,
        Self::WaivedFail,
        Self::Pass,
        Self::NotApplicable,
    ];

    /// Its name among the counts of `results.json`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::AdvisoryFail => "advisory",
            Self::WaivedFail => "waived",
            Self::Inconclusive => "inconclusive",
            Self::Error => "error",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::AdvisoryFail => "fail (advisory)",
            Self::WaivedFail => "fail (waived)",
            Self::Inconclusive => "inconclusive",
            Self::Error => "error",
            Self::NotApplicable => "not applicable",
        }
    }
}

impl Counts {
    /// How many stand so.
    pub fn of_standing(&self, standing: Standing) -> usize {
        match standing {
            Standing::Pass => self.pass,
            Standing::Fail => self.fail,
            Standing::AdvisoryFail => self.advisory,
            Standing::WaivedFail => self.waived,
            Standing::Inconclusive => self.inconclusive,
            Standing::Error => self.error,
            Standing::NotApplicable => self.not_applicable,
        }
    }
}

/// How a purpose stands, with cause or reason.
pub(super) fn word(result: &PurposeResult, standing: Standing) -> String {
    let judgement = &result.judgement;
    let cause = judgement.cause.map(|cause| cause.to_string());
    let (word, mut remarks) = match standing {
        Standing::Pass => ("pass", vec![]),
        Standing::Fail => ("fail", vec![cause]),
        Standing::AdvisoryFail => ("fail", vec![Some("advisory".into()), cause]),
        Standing::WaivedFail => ("fail", vec![Some("waived".into()), cause]),
        Standing::Inconclusive => {
            let reason = judgement.reason.map(|reason| reason.to_string());
            ("inconclusive", vec![reason])
        }
        Standing::Error => ("error", vec![]),
        Standing::NotApplicable => ("not applicable", vec![]),
    };
    let remarks: Vec<String> = remarks.drain(..).flatten().collect();
    if remarks.is_empty() {
        word.into()
    } else {
        format!("{word} ({})", remarks.join(", "))
    }
}
