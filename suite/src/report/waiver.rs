//! Known nonconformities that the profile names, and those of them that no longer hold.

use super::{PurposeResult, Timestamp};
use crate::verdict::Verdict;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use time::Date;

time::serde::format_description!(iso_date, Date, "[year]-[month]-[day]");

/// A known nonconformity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waiver {
    /// Id of the purpose that fails.
    pub purpose: String,
    /// Who answers for it.
    pub owner: String,
    /// Why it is known and let be.
    pub reason: String,
    /// The last day, in UTC, on which it holds.
    #[serde(with = "iso_date")]
    #[schemars(with = "String", extend("format" = "date"))]
    pub expires: Date,
}

impl Waiver {
    /// Whether it no longer holds for a run that started then.
    pub fn is_expired(&self, started: Timestamp) -> bool {
        started.date() > self.expires
    }
}

/// A waiver that has to go: a finding of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StaleWaiver {
    /// The waiver.
    #[serde(flatten)]
    pub waiver: Waiver,
    /// Why it is stale.
    pub because: Staleness,
}

/// Why a waiver is stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Staleness {
    /// The run started after its last day.
    Expired,
    /// The purpose passes.
    Passes,
}

impl fmt::Display for StaleWaiver {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Waiver { owner, expires, .. } = &self.waiver;
        match self.because {
            Staleness::Expired => write!(formatter, "the waiver of {owner} expired on {expires}"),
            Staleness::Passes => write!(formatter, "the purpose passes, and {owner} waives it"),
        }
    }
}

/// The stale ones among the waivers for these purposes. What was not selected is not judged, nor is
/// its waiver.
pub fn stale_waivers(
    waivers: &[Waiver],
    purposes: &[PurposeResult],
    started: Timestamp,
) -> Vec<StaleWaiver> {
    let stale = |waiver: &Waiver| {
        let purpose = purposes.iter().find(|it| it.id == waiver.purpose)?;
        if waiver.is_expired(started) {
            Some(Staleness::Expired)
        } else {
            (purpose.judgement.verdict == Verdict::Pass).then_some(Staleness::Passes)
        }
    };
    waivers
        .iter()
        .filter_map(|waiver| {
            stale(waiver).map(|because| StaleWaiver {
                waiver: waiver.clone(),
                because,
            })
        })
        .collect()
}
