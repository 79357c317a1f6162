//! The formats that results are converted into.

use super::Located;
use crate::catalogue::Catalogue;
use crate::cli::args::ReportArgs;
use crate::cli::{CliError, output};
use crate::report::{TranscriptFolder, html, write_json, write_junit, write_markdown};
use std::fs;
use std::io;
use std::path::Path;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For CI systems.
    JUnit,
    /// A page for people.
    Html,
    /// Everything.
    Json,
    /// A summary for CI jobs.
    Markdown,
}

impl Format {
    /// The formats that are asked for, each with its file; `-` is standard output.
    pub fn asked(args: &ReportArgs) -> Result<Vec<(Self, &Path)>, CliError> {
        let asked = [
            (Self::JUnit, &args.junit),
            (Self::Html, &args.html),
            (Self::Json, &args.json),
            (Self::Markdown, &args.markdown),
        ];
        let asked: Vec<(Self, &Path)> = asked
            .into_iter()
            .filter_map(|(format, path)| Some((format, path.as_deref()?)))
            .collect();
        let shown = asked.iter().filter(|(_, path)| is_output(path)).count();
        match shown {
            0 | 1 => Ok(asked),
            _ => Err(
                CliError::usage("several formats cannot share standard output")
                    .hint("give `-` to one of them, and files to the others"),
            ),
        }
    }

    /// Writes the results into a file, with transcripts named from its folder.
    pub fn write(
        self,
        located: &Located,
        catalogue: &Catalogue,
        path: &Path,
    ) -> Result<(), CliError> {
        let folder = match path.parent() {
            Some(folder) if !is_output(path) => folder,
            _ => Path::new(""),
        };
        let results = located.named_from(folder)?;
        let text = match self {
            Self::JUnit => text(|text| write_junit(&results, text))?,
            Self::Html => html::render(&results, catalogue, &TranscriptFolder(folder.to_owned()))
                .map_err(|error| CliError::tester(error.to_string()))?,
            Self::Json => text(|text| write_json(&results, text))?,
            Self::Markdown => text(|text| write_markdown(&results, catalogue, text))?,
        };
        if is_output(path) {
            return output::data(&text);
        }
        fs::write(path, text).map_err(|error| {
            CliError::usage(format!("cannot write {}: {error}", path.display()))
                .hint("name a file in a folder that is there and can be written")
        })
    }
}

fn is_output(path: &Path) -> bool {
    path == Path::new("-")
}

fn text(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Result<String, CliError> {
    let mut octets = Vec::new();
    write(&mut octets).map_err(|error| CliError::tester(error.to_string()))?;
    String::from_utf8(octets).map_err(|error| CliError::tester(error.to_string()))
}
