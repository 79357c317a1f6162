//! What a run says of one purpose.

use super::{Timestamp, Waiver};
use crate::catalogue::{Kind, Purpose};
use crate::verdict::{Judgement, Verdict};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What a run says of one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PurposeResult {
    /// Id of the purpose.
    pub id: String,
    /// Its group, which is the stem of its catalogue file.
    pub group: String,
    /// The one thing that it shows.
    pub title: String,
    /// The kind of its stimulus.
    pub kind: Kind,
    /// The verdict with what explains it.
    #[serde(flatten)]
    pub judgement: Judgement,
    /// Whether none of its requirements is mandatory.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub advisory: bool,
    /// Ids of the requirements that it judges.
    pub requirements: Vec<String>,
    /// Threats of TR-0008 that it answers.
    pub threats: Vec<u32>,
    /// The command that runs it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reproduce: Option<String>,
    /// Its transcript, relative to the folder of the results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcript: Option<String>,
    /// How long it took.
    pub duration_ms: u64,
    /// The waiver that covers its failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<Waiver>,
    /// How often it was attempted, if more than once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u32>,
}

/// How a purpose counts in the outcome: the verdict after waivers and advice. Every format tells it
/// from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Passed.
    Pass,
    /// Failed, and it matters.
    Fail,
    /// Failed, and only advice was not followed.
    AdvisoryFail,
    /// Failed, and a waiver covers it.
    WaivedFail,
    /// Applicable and not judged.
    Inconclusive,
    /// The tester failed.
    Error,
    /// Not applicable.
    NotApplicable,
}

impl PurposeResult {
    /// A result without reproducer, transcript, duration and waiver, which the caller adds.
    pub fn new(purpose: &Purpose, advisory: bool, judgement: Judgement) -> Self {
        Self {
            id: purpose.id.clone(),
            group: purpose.group(),
            title: purpose.title.clone(),
            kind: purpose.kind,
            judgement,
            advisory,
            requirements: purpose.requirements.clone(),
            threats: purpose.threats.clone(),
            reproduce: None,
            transcript: None,
            duration_ms: 0,
            waiver: None,
            attempts: None,
        }
    }

    /// Takes the waiver that covers this result, if it is a fail and the waiver holds at the start of
    /// the run.
    pub fn waive(&mut self, waivers: &[Waiver], started: Timestamp) {
        self.waiver = waivers
            .iter()
            .filter(|_| self.judgement.verdict == Verdict::Fail)
            .find(|waiver| waiver.purpose == self.id && !waiver.is_expired(started))
            .cloned();
    }

    /// How it counts; under `strict` advice counts as if it were mandatory.
    pub fn standing(&self, strict: bool) -> Standing {
        match self.judgement.verdict {
            Verdict::Pass => Standing::Pass,
            Verdict::Fail if self.waiver.is_some() => Standing::WaivedFail,
            Verdict::Fail if self.advisory && !strict => Standing::AdvisoryFail,
            Verdict::Fail => Standing::Fail,
            Verdict::Inconclusive => Standing::Inconclusive,
            Verdict::Error => Standing::Error,
            Verdict::NotApplicable => Standing::NotApplicable,
        }
    }

    /// How long it took.
    pub fn duration(&self) -> Duration {
        Duration::from_millis(self.duration_ms)
    }
}
