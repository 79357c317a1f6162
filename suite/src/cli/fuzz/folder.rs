//! The folder that a campaign writes into.

use crate::campaign::finding::{Circumstances, Finding};
use crate::campaign::hunt::Hunted;
use crate::cli::CliError;
use crate::cli::args::FuzzArgs;
use crate::report::Timestamp;
use std::path::{Path, PathBuf};
use std::time::Duration;
use time::OffsetDateTime;
use time::macros::format_description;

/// The findings, a file each.
const FINDINGS: &str = "findings";
/// The results as a whole.
const RESULTS: &str = "fuzz.json";

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
        let name = format!("{number:03}-{}.json", finding.id);
        let name: String = match name.len() > 120 {
            true => name.chars().take(110).chain(".json".chars()).collect(),
            false => name,
        };
        let path = self.path.join(FINDINGS).join(name);
        let text = finding
            .text()
            .map_err(|error| CliError::tester(format!("a finding cannot be written: {error}")))?;
        write(&path, text.as_bytes())?;
        Ok(path)
    }

    /// Writes what the campaign came to.
    pub fn conclude(
        &self,
        around: &Circumstances,
        hunted: &Hunted,
        elapsed: Duration,
    ) -> Result<(), CliError> {
        let summary = serde_json::json!({
            "schema": "onem2m-conform/fuzz-1",
            "seed": around.seed,
            "endpoint": around.endpoint,
            "surface": around.surface,
            "duration_ms": u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
            "sequences": hunted.standing.sequences,
            "requests": hunted.standing.requests,
            "shapes": hunted.standing.shapes,
            "ended": hunted.ended,
            "left_behind": hunted.left_behind,
            "findings": hunted.findings,
        });
        let text = serde_json::to_string_pretty(&summary)
            .map_err(|error| CliError::tester(format!("results cannot be written: {error}")))?;
        write(&self.path.join(RESULTS), (text + "\n").as_bytes())
    }
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
