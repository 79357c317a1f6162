//! `report`: converts results, and merges the parts of a run.

mod bundle;
mod formats;
mod located;

use super::args::ReportArgs;
use super::output::talk;
use super::{CliError, catalogue};
use crate::catalogue::Catalogue;
use crate::report::{Console, Event, Merged, Recorded, Reporter};
use formats::Format;
use located::Located;
use std::io;
use std::path::Path;

/// Writes the formats that are asked for, or the summary if none is. It exits with 0 whatever the
/// outcome is: that was said by the run.
pub fn execute(args: &ReportArgs) -> Result<u8, CliError> {
    let formats = Format::asked(args)?;
    let catalogue = catalogue()?;
    let merged = read(args, &catalogue)?;
    say_what_is_missing(&merged);
    let located = Located::of(merged)?;
    if let Some(folder) = &args.out {
        bundle::write(&located, &catalogue, folder)?;
    }
    for (format, path) in &formats {
        format.write(&located, &catalogue, path)?;
    }
    if formats.is_empty() && args.out.is_none() {
        summarize(located)?;
    }
    Ok(0)
}

fn read(args: &ReportArgs, catalogue: &Catalogue) -> Result<Merged, CliError> {
    let mut runs = Vec::new();
    for path in &args.files {
        let recorded = Recorded::read(path)?;
        if recorded.end.is_none() {
            let path = path.display();
            talk(&format!(
                "{path}: results as they came; what had not finished is not judged"
            ));
        }
        runs.push((path.clone(), recorded.conclude(catalogue)?));
    }
    Merged::of(runs)
        .map_err(|error| CliError::usage(error.to_string()).hint(error.hint().to_owned()))
}

fn say_what_is_missing(merged: &Merged) {
    let Some(parts) = &merged.results.header.partition else {
        return;
    };
    let missing: Vec<String> = parts.missing().iter().map(u32::to_string).collect();
    let missing = missing.join(", ");
    talk(&format!(
        "of {} parts, these are missing: {missing}; the scope is a selection",
        parts.of
    ));
}

fn summarize(located: Located) -> Result<(), CliError> {
    let results = located.named_from(Path::new("."))?;
    let mut console = Console::new(anstream::stdout(), io::sink(), false, None);
    console
        .event(&Event::RunFinished(Box::new(results)))
        .map_err(|error| CliError::tester(format!("standard output: {error}")))
}
