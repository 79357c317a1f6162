//! What the lint finds.

use crate::catalogue::behaviour::StepError;
use thiserror::Error;

/// A problem of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{at}: {problem}")]
pub struct LintError {
    /// The purpose, requirement or name that has it.
    pub at: String,
    /// What it is.
    pub problem: Problem,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Problem {
    /// An id or name stands there twice.
    #[error("occurs more than once")]
    Repeated,
    /// An id of a purpose of another form.
    #[error("expected an id of the form ROLE/GROUP/SUBGROUP/nnn")]
    Id,
    /// A purpose in a file of another group.
    #[error("stands in {file}.toml, expected the file of its group")]
    Group {
        /// The stem of the file.
        file: String,
    },
    /// A name that refers to nothing.
    #[error("unknown {kind} {name}")]
    Unknown {
        /// What kind of name it is.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// A purpose that judges nothing.
    #[error("expected at least one requirement")]
    NoRequirement,
    /// A purpose with no behaviour, or with several.
    #[error("expected exactly one behaviour, got {0}")]
    Behaviours(usize),
    /// Steps that do not read.
    #[error("{0}")]
    Step(#[from] StepError),
    /// Two steps with one name.
    #[error("step {0:?} occurs more than once")]
    RepeatedStep(String),
    /// A step that depends on one that does not come before it.
    #[error("step {step:?} depends on {on:?}, which is no earlier step")]
    Dependence {
        /// The step.
        step: String,
        /// What it depends on.
        on: String,
    },
    /// An invalid purpose whose refusal nothing compares with.
    #[error("an invalid purpose needs a twin before its stimulus")]
    NoTwin,
    /// An invalid purpose whose refusal nothing confirms.
    #[error("an invalid purpose needs a read-back after its stimulus")]
    NoReadBack,
    /// A purpose without anything to judge.
    #[error("expected a stimulus")]
    NoStimulus,
    /// Readings that do not fit the values of the PIXIT.
    #[error("expected a reading for each of {expected:?} of {pixit}, got {got:?}")]
    Readings {
        /// The PIXIT.
        pixit: String,
        /// Its values.
        expected: Vec<String>,
        /// The readings.
        got: Vec<String>,
    },
    /// Credentials that others act with too.
    #[error("expected a credential_set of its own, got {0}")]
    CredentialSet(usize),
    /// A claim to kill a fault of another requirement.
    #[error("kills {fault}, which breaks {requirement}, and that is none of its requirements")]
    ForeignFault {
        /// The fault.
        fault: String,
        /// What it breaks.
        requirement: String,
    },
    /// A claim to kill, by a purpose that is not judged.
    #[error("claims kills, and says what the suite lacks to judge it")]
    KillsUnjudged,
    /// Many kills without a reason.
    #[error("claims {0} kills, expected a kills_reason beyond 5")]
    KillsReason(usize),
    /// An official case of another form.
    #[error("expected an official name, TP/oneM2M/…")]
    OfficialName,
    /// An official case that is not covered, or covered and planned.
    #[error("expected either purposes or the subgroup in which they are planned")]
    Coverage,
    /// An official case that waits for purposes that are there.
    #[error("planned in {subgroup}, which has purposes now: name those that cover it")]
    NoLongerPlanned {
        /// The subgroup.
        subgroup: String,
    },
    /// A requirement with no disposition, or with too many.
    #[error("expected {expected} of planned, untestable and out_of_profile, got {got}")]
    Dispositions {
        /// None if a purpose judges it, else one.
        expected: usize,
        /// How many it has.
        got: usize,
    },
}

impl Problem {
    pub(in crate::catalogue) fn at(self, at: &str) -> LintError {
        LintError {
            at: at.into(),
            problem: self,
        }
    }
}
