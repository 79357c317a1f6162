//! The parts of one run put together: they equal the run that was never parted, but for its times.

use super::same_run::{self, Difference};
use super::text::visible;
use super::{Header, ProfileFinding, PurposeResult, Results, Timestamp};
use crate::catalogue::Partition;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use thiserror::Error;
use time::OffsetDateTime;

/// One run, out of its parts.
#[derive(Debug, Clone)]
pub struct Merged {
    /// Its results. Without all parts their scope is a selection, and their partition says which
    /// parts are missing.
    pub results: Results,
    /// The file that each purpose came from, by id: transcripts are named from there.
    pub origins: BTreeMap<String, PathBuf>,
}

/// Why runs are not the parts of one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MergeError {
    /// There is no run.
    #[error("expected at least one run")]
    Nothing,
    /// A run that is not parted, beside others.
    #[error("{} is a whole run and no part of one", .0.display())]
    NoPart(PathBuf),
    /// Parts of different runs.
    #[error("{} and {} are of different runs: {} is {} in the first, {} in the second",
        .0.display(), .1.display(), .2.field, .2.left, .2.right)]
    Differ(PathBuf, PathBuf, Difference),
    /// The same part twice.
    #[error("{} and {} both hold part {part}", .first.display(), .second.display())]
    Twice {
        /// The part.
        part: Partition,
        /// Who holds it.
        first: PathBuf,
        /// Who holds it too.
        second: PathBuf,
    },
    /// Parts that overlap, though their numbers differ.
    #[error("{} and {} both judge {purpose}", .first.display(), .second.display())]
    Overlap {
        /// The purpose.
        purpose: String,
        /// Who judges it.
        first: PathBuf,
        /// Who judges it too.
        second: PathBuf,
    },
}

impl MergeError {
    /// What to try.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Nothing | Self::NoPart(_) => {
                "`run --partition I/N` makes parts; `diff` compares whole runs"
            }
            Self::Differ(..) => {
                "run all parts with one version, profile and selection, and with one --seed"
            }
            Self::Twice { .. } | Self::Overlap { .. } => {
                "name each part once; of a run that was taken up, the last"
            }
        }
    }
}

impl Merged {
    /// Puts parts together; a single run stays as it is.
    pub fn of(runs: Vec<(PathBuf, Results)>) -> Result<Self, MergeError> {
        let mut merged = Merging::default();
        for (path, results) in runs {
            merged.add(path, results)?;
        }
        merged.conclude()
    }
}

#[derive(Default)]
struct Merging {
    first: Option<(PathBuf, Results)>,
    held: BTreeMap<u32, PathBuf>,
    origins: BTreeMap<String, PathBuf>,
    purposes: Vec<PurposeResult>,
    findings: BTreeMap<String, ProfileFinding>,
    ended: Option<OffsetDateTime>,
    alone: bool,
}

impl Merging {
    fn add(&mut self, path: PathBuf, mut results: Results) -> Result<(), MergeError> {
        if let Some((first_path, first)) = &mut self.first {
            let both = [(&*first_path, &*first), (&path, &results)];
            if let Some((path, _)) = both.iter().find(|(_, run)| run.header.partition.is_none()) {
                return Err(MergeError::NoPart(path.to_path_buf()));
            }
            if let Some(difference) = difference(&first.header, &results.header) {
                return Err(MergeError::Differ(first_path.clone(), path, difference));
            }
            first.header.started = first.header.started.min(results.header.started);
        }
        self.take_parts(&path, results.header.partition.as_ref())?;
        self.take_purposes(&path, &mut results.purposes)?;
        for mut finding in results.profile_findings.drain(..) {
            // Its transcript stays with the run that asked.
            finding.transcript = None;
            self.findings
                .entry(finding.claim.clone())
                .or_insert(finding);
        }
        let ended = ended(&results);
        self.ended = Some(self.ended.map_or(ended, |other| other.max(ended)));
        self.alone = self.first.is_none();
        self.first.get_or_insert((path, results));
        Ok(())
    }

    fn take_parts(&mut self, path: &Path, parts: Option<&Partition>) -> Result<(), MergeError> {
        let Some(parts) = parts else { return Ok(()) };
        for number in &parts.held {
            if let Some(first) = self.held.insert(*number, path.to_owned()) {
                let (of, held) = (parts.of, vec![*number]);
                return Err(MergeError::Twice {
                    part: Partition { of, held },
                    first,
                    second: path.to_owned(),
                });
            }
        }
        Ok(())
    }

    fn take_purposes(
        &mut self,
        path: &Path,
        purposes: &mut Vec<PurposeResult>,
    ) -> Result<(), MergeError> {
        for purpose in purposes.drain(..) {
            let id = purpose.id.clone();
            if let Some(first) = self.origins.insert(id, path.to_owned()) {
                return Err(MergeError::Overlap {
                    purpose: visible(&purpose.id).into_owned(),
                    first,
                    second: path.to_owned(),
                });
            }
            self.purposes.push(purpose);
        }
        Ok(())
    }

    fn conclude(self) -> Result<Merged, MergeError> {
        let (_, first) = self.first.ok_or(MergeError::Nothing)?;
        let mut header = first.header;
        let mut duration = Duration::from_millis(first.duration_ms);
        if !self.alone {
            let started = OffsetDateTime::from(header.started);
            let ended = self.ended.unwrap_or(started);
            duration = (ended - started).try_into().unwrap_or_default();
            join(&mut header, self.held.into_keys().collect());
        }
        let mut results = Results::conclude(header, self.purposes, first.ledger, duration);
        results.profile_findings = self.findings.into_values().collect();
        Ok(Merged {
            results,
            origins: self.origins,
        })
    }
}

/// What a run is that holds these parts.
fn join(header: &mut Header, held: Vec<u32>) {
    let of = header.partition.as_ref().map_or(0, |parts| parts.of);
    let parts = Partition { of, held };
    if parts.is_whole() {
        header.scope = header.selection.scope;
        header.partition = None;
    } else {
        header.partition = Some(parts);
    }
}

fn difference(first: &Header, second: &Header) -> Option<Difference> {
    let of = |header: &Header| header.partition.as_ref().map_or(0, |parts| parts.of);
    let mut all = same_run::differences(first, second, same_run::PARTS).into_iter();
    all.next().or_else(|| {
        (of(first) != of(second)).then(|| Difference {
            field: "partition.of".into(),
            left: of(first).to_string(),
            right: of(second).to_string(),
        })
    })
}

fn ended(results: &Results) -> OffsetDateTime {
    let started: Timestamp = results.header.started;
    let duration = Duration::from_millis(results.duration_ms);
    let duration = time::Duration::try_from(duration).unwrap_or_default();
    let started = OffsetDateTime::from(started);
    started.checked_add(duration).unwrap_or(started)
}
