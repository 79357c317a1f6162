//! Results of an earlier run, read back.

use super::{PurposeResult, Results, SCHEMA};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

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
    /// The results follow another schema.
    #[error("{}: results follow {got}, expected {SCHEMA}", path.display())]
    OtherSchema {
        /// The file.
        path: PathBuf,
        /// The schema that they name.
        got: String,
    },
}

impl Results {
    /// Reads `results.json`.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let text = text(path)?;
        let results: Self = serde_json::from_str(&text).map_err(|error| ReadError::Malformed {
            path: path.to_owned(),
            line: error.line(),
            message: error.to_string(),
        })?;
        if results.schema == SCHEMA {
            Ok(results)
        } else {
            Err(ReadError::OtherSchema {
                path: path.to_owned(),
                got: results.schema,
            })
        }
    }
}

/// The purposes of an earlier run, from `results.json` or from `results.jsonl`. The last line of the
/// latter may have been cut off when the run was killed; it is then left out.
pub fn read_purposes(path: &Path) -> Result<Vec<PurposeResult>, ReadError> {
    let is_lines = path
        .extension()
        .is_some_and(|extension| extension == "jsonl");
    if !is_lines {
        return Results::read(path).map(|results| results.purposes);
    }
    let text = text(path)?;
    let is_complete = |line: &&str| line.ends_with('\n');
    text.split_inclusive('\n')
        .take_while(is_complete)
        .enumerate()
        .map(|(index, line)| {
            serde_json::from_str(line).map_err(|error| ReadError::Malformed {
                path: path.to_owned(),
                line: index + 1,
                message: error.to_string(),
            })
        })
        .collect()
}

fn text(path: &Path) -> Result<String, ReadError> {
    fs::read_to_string(path).map_err(|source| ReadError::Unreadable {
        path: path.to_owned(),
        source,
    })
}
