//! The words of judgement: verdict, cause, reason, outcome.
//!
//! A verdict merges upward (`none < pass < inconclusive < fail < error`), as in TTCN-3.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a purpose found; the order of the variants is the order of merging.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Decided before the start from the profile's roles and claims; it never merges.
    NotApplicable,
    /// The IUT behaved as required, and the transcript shows it.
    Pass,
    /// Nothing can be said of the IUT.
    Inconclusive,
    /// The IUT did not behave as required.
    Fail,
    /// The tester failed; this never blames the IUT.
    Error,
}

/// Why a purpose failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Permitted what had to be denied, or the reverse.
    WrongDecision,
    /// Rightly refused, with another code.
    WrongCode,
    /// Twice no decision at all, while the twin works.
    NoDecision,
    /// The effect does not fit the answer.
    SideEffect,
    /// A refusal that shows what it protects.
    Leak,
    /// The stimulus ended the IUT.
    Crash,
    /// The stimulus silenced the IUT.
    Hang,
    /// An answer that is no valid primitive of the binding.
    MalformedAnswer,
    /// The stimulus broke the IUT for everybody.
    Poison,
}

/// Why nothing can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A step before the stimulus did not succeed.
    Precondition,
    /// No connection.
    Unreachable,
    /// No answer in time.
    Timeout,
    /// No decision once, a decision when repeated.
    Unstable,
    /// Repetitions differ.
    Flaky,
    /// The profile has no trigger for it.
    NeedsTrigger,
    /// Our own set-up cannot show it.
    TestBed,
    /// The IUT died and could not be restarted.
    IutDied,
    /// Not in the suite yet.
    NotImplemented,
}

/// How a whole run ended, in the order in which it is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A mandatory purpose failed, or a waiver is stale.
    Nonconformant,
    /// The tester failed somewhere.
    Error,
    /// The IUT was never reached.
    Unreachable,
    /// Something applicable was not judged, or a waiver was used.
    Partial,
    /// Everything applicable in the selection passed.
    Conformant,
}

impl Outcome {
    /// The exit code of `run`.
    pub fn exit_code(self) -> u8 {
        match self {
            Outcome::Conformant => 0,
            Outcome::Nonconformant => 1,
            Outcome::Unreachable => 3,
            Outcome::Partial => 4,
            Outcome::Error => 5,
        }
    }
}

/// Whether all purposes were selected; only a full scope speaks of the IUT's conformance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Every purpose of the catalogue.
    Full,
    /// A part of it.
    Selection,
}

/// The verdict on one purpose with what explains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Present for `fail`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// Present for `inconclusive`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// What the requirement demands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What came instead; for `not_applicable` the claim that decided it, for `error` what went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed: Option<String>,
    /// The step of the transcript at which the verdict fell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// What else there is to say, in lines: further classes of wrong decisions, or how many cases were decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
}

impl Judgement {
    /// A pass.
    pub fn pass() -> Self {
        Self::bare(Verdict::Pass)
    }

    /// A fail with its cause.
    pub fn fail(cause: Cause, expected: impl Into<String>, observed: impl Into<String>) -> Self {
        Self {
            cause: Some(cause),
            expected: Some(expected.into()),
            observed: Some(observed.into()),
            ..Self::bare(Verdict::Fail)
        }
    }

    /// Inconclusive with its reason.
    pub fn inconclusive(reason: Reason, observed: impl Into<String>) -> Self {
        Self {
            reason: Some(reason),
            observed: Some(observed.into()),
            ..Self::bare(Verdict::Inconclusive)
        }
    }

    /// The tester's own failure.
    pub fn error(observed: impl Into<String>) -> Self {
        Self {
            observed: Some(observed.into()),
            ..Self::bare(Verdict::Error)
        }
    }

    /// Not applicable, with the claim that decided it.
    pub fn not_applicable(claim: impl Into<String>) -> Self {
        Self {
            observed: Some(claim.into()),
            ..Self::bare(Verdict::NotApplicable)
        }
    }

    /// The same judgement, fallen at a step.
    #[must_use]
    pub fn at(mut self, step: impl Into<String>) -> Self {
        self.step = Some(step.into());
        self
    }

    /// The same judgement with more to say.
    #[must_use]
    pub fn with_details(mut self, details: Vec<String>) -> Self {
        self.details = details;
        self
    }

    fn bare(verdict: Verdict) -> Self {
        Self {
            verdict,
            cause: None,
            reason: None,
            expected: None,
            observed: None,
            step: None,
            details: Vec::new(),
        }
    }
}

macro_rules! spelled_as_serialized {
    ($($name:ty),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.serialize(formatter)
            }
        }
    )*};
}
spelled_as_serialized!(Verdict, Cause, Reason, Outcome, Scope);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_merge_upward() {
        assert!(Verdict::Pass < Verdict::Inconclusive);
        assert!(Verdict::Inconclusive < Verdict::Fail);
        assert!(Verdict::Fail < Verdict::Error);
    }

    #[test]
    fn words_are_spelled_as_in_results() {
        assert_eq!(Cause::WrongDecision.to_string(), "wrong_decision");
        assert_eq!(Verdict::NotApplicable.to_string(), "not_applicable");
    }
}
