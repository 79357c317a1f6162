//! The folder that a campaign writes into.

use crate::campaign::finding::Finding;
use crate::campaign::report::{self, Account, file_name};
use crate::cli::CliError;
use crate::cli::args::FuzzArgs;
use crate::report::Timestamp;
use std::path::{Path, PathBuf};
use time::OffsetDateTime;
use time::macros::format_description;

/// The findings, a file each.
const FINDINGS: &str = "findings";
/// The results as a whole.
const RESULTS: &str = "fuzz.json";
/// The results for CI systems.
const JUNIT: &str = "junit.xml";
/// The results for people.
const HTML: &str = "fuzz.html";
/// The results for those who gather them from many tools.
const SARIF: &str = "fuzz.sarif";

/// A folder that belongs to one campaign.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder that the command line names, or `reports/fuzz-<timestamp>`.
    pub fn create(args: &FuzzArgs, started: Timestamp) -> Result<Self, CliError> {
        let path = args.out.clone().unwrap_or_else(|| default(started));
        if path.join(RESULTS).exists() || path.join(FINDINGS).exists() {
            let message = format!("{} already holds a campaign", path.display());
            return Err(CliError::usage(message).hint("name another folder with --out"));
        }
        std::fs::create_dir_all(path.join(FINDINGS)).map_err(|error| {
            CliError::usage(format!("cannot write into {}: {error}", path.display()))
                .hint("name a folder with --out that can be made and written")
        })?;
        Ok(Self { path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a finding; where.
    pub fn keep(&self, number: usize, finding: &Finding) -> Result<PathBuf, CliError> {
        let path = self.path.join(file_name(number, finding));
        let text = finding.text().map_err(|error| unwritten(&error))?;
        write(&path, text.as_bytes())?;
        Ok(path)
    }

    /// Writes what the campaign came to.
    pub fn conclude(&self, account: &Account<'_>) -> Result<(), CliError> {
        let pretty = |value: &serde_json::Value| {
            serde_json::to_string_pretty(value).map_err(|error| unwritten(&error))
        };
        for (name, text) in [
            (RESULTS, pretty(&report::json(account))?.into_bytes()),
            (SARIF, pretty(&report::sarif(account))?.into_bytes()),
            (
                JUNIT,
                report::junit(account).map_err(|error| unwritten(&error))?,
            ),
            (
                HTML,
                report::page(account)
                    .map_err(|error| unwritten(&error))?
                    .into_bytes(),
            ),
        ] {
            write(&self.path.join(name), &text)?;
        }
        Ok(())
    }
}

fn unwritten(error: &dyn std::fmt::Display) -> CliError {
    CliError::tester(format!("results cannot be written: {error}"))
}

fn write(path: &Path, content: &[u8]) -> Result<(), CliError> {
    std::fs::write(path, content)
        .map_err(|error| CliError::tester(format!("{}: {error}", path.display())))
}

fn default(started: Timestamp) -> PathBuf {
    let form = format_description!("fuzz-[year][month][day]T[hour][minute][second]Z");
    let name = OffsetDateTime::from(started).format(form);
    Path::new("reports").join(name.unwrap_or_else(|_| "fuzz".into()))
}
