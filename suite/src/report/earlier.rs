//! What an earlier run recorded, read back: also of a run that was killed.

use super::text::visible;
use super::{Header, ProfileFinding, PurposeResult, Results, SCHEMA};
use crate::catalogue::{Catalogue, Ledger, SelectError};
use crate::verdict::{Judgement, Reason};
use serde::Deserialize;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use thiserror::Error;

/// What every schema of results begins with, before its number.
const SCHEMAS: &str = "https://onem2m-conform.example/schema/results-";

/// A run as its file tells it.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The file.
    pub path: PathBuf,
    /// What was known at the start.
    pub header: Header,
    /// The purposes that had finished.
    pub purposes: Vec<PurposeResult>,
    /// How it ended; none if it was killed.
    pub end: Option<End>,
}

/// What only a run that came to its end can tell.
#[derive(Debug, Clone)]
pub struct End {
    /// How long it took.
    pub duration: Duration,
    /// What becomes of every requirement.
    pub ledger: Ledger,
    /// Claims of the profile that the IUT contradicted.
    pub profile_findings: Vec<ProfileFinding>,
}

/// Why results cannot be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file holds something else.
    #[error("{}:{line}: not the results of a run: {message}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What was expected, and what is there.
        message: String,
    },
    /// The results follow a schema of later.
    #[error("{}: written by a newer version: results follow {got}, expected {SCHEMA}", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The schema that they name.
        got: String,
    },
    /// The results follow another schema.
    #[error("{}: results follow {got}, expected {SCHEMA}", path.display())]
    OtherSchema {
        /// The file.
        path: PathBuf,
        /// The schema that they name.
        got: String,
    },
    /// The run was killed before anything was written.
    #[error("{}: the run ended before it began", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// What a killed run left out is only known to the catalogue that it was judged with.
    #[error("{}: the run was killed, and judged with catalogue {got}, expected {expected}", path.display())]
    OtherCatalogue {
        /// The file.
        path: PathBuf,
        /// The digest of its catalogue.
        got: String,
        /// The digest of this one.
        expected: String,
    },
    /// The selection of a killed run selects nothing.
    #[error("{}: {error}", path.display())]
    Selection {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: SelectError,
    },
}

impl ReadError {
    /// What to try.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Newer { .. } => "read them with the version of onem2m-conform that wrote them",
            Self::Empty { .. } => "run it anew",
            Self::OtherCatalogue { .. } => {
                "use the version that ran it, or take it up with `run --rerun`"
            }
            _ => "name the results.json or results.jsonl of a run",
        }
    }
}

/// The member by which results are told from anything else.
#[derive(Deserialize)]
struct Named {
    schema: String,
}

impl Results {
    /// Reads `results.json`.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let text = text(path)?;
        of_schema(path, &text)?;
        serde_json::from_str(&text).map_err(|error| malformed(path, 1, &error))
    }
}

impl Recorded {
    /// Reads `results.json`, or `results.jsonl`. The last line of the latter may have been cut off
    /// when the run was killed; it is then left out.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let is_lines = path
            .extension()
            .is_some_and(|extension| extension == "jsonl");
        match is_lines {
            true => Self::from_lines(path),
            false => Results::read(path).map(|results| Self::from_results(path, results)),
        }
    }

    fn from_results(path: &Path, results: Results) -> Self {
        Self {
            path: path.to_owned(),
            header: results.header,
            purposes: results.purposes,
            end: Some(End {
                duration: Duration::from_millis(results.duration_ms),
                ledger: results.ledger,
                profile_findings: results.profile_findings,
            }),
        }
    }

    fn from_lines(path: &Path) -> Result<Self, ReadError> {
        let text = text(path)?;
        let is_complete = |line: &&str| line.ends_with('\n');
        let mut lines = text.split_inclusive('\n').take_while(is_complete);
        let empty = || ReadError::Empty {
            path: path.to_owned(),
        };
        let first = lines.next().ok_or_else(empty)?;
        of_schema(path, first)?;
        let header = serde_json::from_str(first).map_err(|error| malformed(path, 1, &error))?;
        let purposes = lines
            .zip(2..)
            .map(|(line, number)| {
                serde_json::from_str(line).map_err(|error| malformed(path, number, &error))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            path: path.to_owned(),
            header,
            purposes,
            end: None,
        })
    }

    /// The folder that transcripts are named from.
    pub fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        }
    }

    /// The results. Those of a killed run say of each purpose that had not finished that it was not
    /// judged; its selection is looked up in the catalogue, and its duration is that of its purposes.
    pub fn conclude(mut self, catalogue: &Catalogue) -> Result<Results, ReadError> {
        let end = match self.end.take() {
            Some(end) => end,
            None => self.fill_up(catalogue)?,
        };
        let mut results = Results::conclude(self.header, self.purposes, end.ledger, end.duration);
        results.profile_findings = end.profile_findings;
        Ok(results)
    }

    fn fill_up(&mut self, catalogue: &Catalogue) -> Result<End, ReadError> {
        let Header {
            tool,
            selection,
            partition,
            ..
        } = &self.header;
        let path = || self.path.clone();
        if tool.catalogue_sha256 != catalogue.sha256 {
            return Err(ReadError::OtherCatalogue {
                path: path(),
                got: visible(&tool.catalogue_sha256).into_owned(),
                expected: catalogue.sha256.clone(),
            });
        }
        let selected = catalogue.select(&selection.patterns);
        let selected = selected.map_err(|error| ReadError::Selection {
            path: path(),
            error,
        })?;
        let selected = match partition {
            Some(partition) => partition.share(selected.purposes),
            None => selected.purposes,
        };
        let why = "not judged: the run was killed before";
        for purpose in selected {
            if !self.purposes.iter().any(|it| it.id == purpose.id) {
                let judgement = Judgement::inconclusive(Reason::Timeout, why);
                let advisory = !catalogue.is_mandatory(purpose);
                self.purposes
                    .push(PurposeResult::new(purpose, advisory, judgement));
            }
        }
        let durations = self.purposes.iter().map(PurposeResult::duration);
        Ok(End {
            duration: durations.fold(Duration::ZERO, Duration::saturating_add),
            ledger: catalogue.ledger(),
            profile_findings: Vec::new(),
        })
    }
}

fn of_schema(path: &Path, text: &str) -> Result<(), ReadError> {
    let Named { schema: got } =
        serde_json::from_str(text).map_err(|error| malformed(path, 1, &error))?;
    let path = path.to_owned();
    let is_newer = number(&got) > number(SCHEMA);
    let got = visible(&got).into_owned();
    match is_newer {
        _ if got == SCHEMA => Ok(()),
        true => Err(ReadError::Newer { path, got }),
        false => Err(ReadError::OtherSchema { path, got }),
    }
}

fn number(schema: &str) -> Option<u32> {
    let number = schema.strip_prefix(SCHEMAS)?.strip_suffix(".json")?;
    number.parse().ok()
}

/// An error in text that begins at a line.
fn malformed(path: &Path, first: usize, error: &serde_json::Error) -> ReadError {
    ReadError::Malformed {
        path: path.to_owned(),
        line: first + error.line().saturating_sub(1),
        message: visible(&error.to_string()).into_owned(),
    }
}

fn text(path: &Path) -> Result<String, ReadError> {
    fs::read_to_string(path).map_err(|source| ReadError::Unreadable {
        path: path.to_owned(),
        source,
    })
}
