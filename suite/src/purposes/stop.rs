//! How a purpose ends before its end.

use super::answer::Answer;
use crate::catalogue::behaviour::Role;
use crate::tester::link::LinkError;
use crate::tester::template::Unfilled;
use crate::verdict::{Cause, Judgement, Reason};

/// Why a purpose goes no further.
#[derive(Debug, Clone, PartialEq)]
pub enum Stop {
    /// It is judged.
    Judged(Judgement),
    /// The IUT came to no decision; the judgement holds if a second attempt ends likewise.
    Undecided(Judgement),
}

impl Stop {
    /// The tester's own failure at a step.
    pub fn error(step: &str, detail: impl Into<String>) -> Self {
        Self::Judged(Judgement::error(detail).at(step))
    }

    /// What a stimulus showed that does not fit.
    pub fn found(step: &str, finding: Finding) -> Self {
        let Finding {
            cause,
            expected,
            observed,
        } = finding;
        Self::Judged(Judgement::fail(cause, expected, observed).at(step))
    }

    /// An answer that does not fit, in the role of its step.
    pub fn mismatch(step: &str, role: Role, finding: Finding, answer: &Answer) -> Self {
        let Finding {
            cause,
            expected,
            observed,
        } = finding;
        if let Answer::Unreachable(_) = answer {
            return Self::inconclusive(step, Reason::Unreachable, observed);
        }
        match role {
            Role::SetUp | Role::Twin | Role::Invariant | Role::CleanUp => {
                let reason = match answer {
                    Answer::Timeout => Reason::Timeout,
                    _ => Reason::Precondition,
                };
                Self::inconclusive(step, reason, format!("expected {expected}, got {observed}"))
            }
            Role::ReadBack if answer.is_undecided() => Self::inconclusive(
                step,
                Reason::Unstable,
                format!("expected {expected}, got {observed}"),
            ),
            Role::ReadBack => Self::seen(step, cause, expected, observed),
            Role::Stimulus => {
                let judgement = Judgement::fail(cause, expected, observed).at(step);
                match cause {
                    Cause::NoDecision | Cause::Hang | Cause::MalformedAnswer
                        if answer.is_undecided() =>
                    {
                        Self::Undecided(judgement)
                    }
                    _ => Self::Judged(judgement),
                }
            }
        }
    }

    /// A request of the IUT that should not have come, or not like this, in the role of its step.
    pub fn arrived(step: &str, role: Role, finding: Finding) -> Self {
        let Finding {
            cause,
            expected,
            observed,
        } = finding;
        match role {
            Role::Stimulus | Role::ReadBack => Self::seen(step, cause, expected, observed),
            Role::SetUp | Role::Twin | Role::Invariant | Role::CleanUp => {
                let detail = format!("expected {expected}, got {observed}");
                Self::inconclusive(step, Reason::Precondition, detail)
            }
        }
    }

    /// An effect that should not be there.
    fn seen(step: &str, cause: Cause, expected: String, observed: String) -> Self {
        let cause = match cause {
            Cause::Leak => Cause::Leak,
            _ => Cause::SideEffect,
        };
        Self::Judged(Judgement::fail(cause, expected, observed).at(step))
    }

    /// Nothing can be said.
    pub fn inconclusive(step: &str, reason: Reason, observed: impl Into<String>) -> Self {
        Self::Judged(Judgement::inconclusive(reason, observed).at(step))
    }

    /// Trouble of the link at a step.
    pub fn link(step: &str, error: &LinkError) -> Self {
        match error {
            LinkError::NoTarget(_) | LinkError::NoWay(_) => {
                Self::inconclusive(step, Reason::TestBed, error.to_string())
            }
            LinkError::NoTrigger(detail) => {
                Self::inconclusive(step, Reason::NeedsTrigger, detail.clone())
            }
            LinkError::Diverged { .. } | LinkError::Unsendable(_) => {
                Self::error(step, error.to_string())
            }
        }
    }

    /// Trouble with the data of a step.
    pub fn unfilled(step: &str, unfilled: &Unfilled) -> Self {
        match unfilled {
            Unfilled::NoClock => Self::inconclusive(
                step,
                Reason::Precondition,
                "the IUT did not show its clock: no creation time in the answer to a Create",
            ),
            Unfilled::NoResourceId(name) => Self::inconclusive(
                step,
                Reason::Precondition,
                format!(
                    "the IUT did not show the resourceID of {name} in the answer to its Create"
                ),
            ),
            Unfilled::Missing(key) => Self::inconclusive(
                step,
                Reason::TestBed,
                format!("the profile does not say {key}"),
            ),
            Unfilled::TestBed(detail) => Self::inconclusive(step, Reason::TestBed, detail.clone()),
            Unfilled::TooClose(_) => Self::error(step, "a time boundary stays too close"),
            Unfilled::Wrong(detail) => Self::error(step, detail.clone()),
        }
    }
}

/// An answer that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The cause, if the step is a stimulus.
    pub cause: Cause,
    /// What was expected.
    pub expected: String,
    /// What came.
    pub observed: String,
}

impl Finding {
    /// A finding.
    pub fn new(cause: Cause, expected: impl Into<String>, observed: impl Into<String>) -> Self {
        Self {
            cause,
            expected: expected.into(),
            observed: observed.into(),
        }
    }
}
