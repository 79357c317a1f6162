//! `report --out`: a folder as a run writes it, with copies of the transcripts.

use super::Located;
use crate::catalogue::Catalogue;
use crate::cli::CliError;
use crate::report::{
    Event, Folder, Html, JUnit, Json, Jsonl, Manifest, ManifestReporter, Reporter, Reporters,
};
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Writes the folder. A bundle that was changed is not made part of a new one.
pub fn write(located: &Located, catalogue: &Catalogue, path: &Path) -> Result<(), CliError> {
    let sources: BTreeSet<&Path> = located.folders.values().map(|it| it.as_path()).collect();
    for source in sources {
        refuse_what_was_changed(source)?;
    }
    let folder = Folder::create(path)
        .map_err(|error| CliError::usage(error.to_string()).hint(error.hint()))?;
    let mut results = located.results.clone();
    for purpose in &mut results.purposes {
        if let Some(source) = located.folders.get(&purpose.id) {
            folder
                .adopt_transcript(purpose, source)
                .map_err(|error| no_transcript(&purpose.id, source, &error))?;
        }
    }
    let lines = folder.result_lines().map_err(|error| unwritten(&error))?;
    let mut reporters = Reporters(vec![
        Box::new(Jsonl(lines)),
        Box::new(Json(folder.clone())),
        Box::new(JUnit(folder.clone())),
        Box::new(Html::new(folder.clone(), Arc::new(catalogue.clone()))),
        Box::new(ManifestReporter(folder)),
    ]);
    let started = Event::RunStarted {
        header: Box::new(results.header.clone()),
        purposes: results.purposes.len(),
    };
    let finished = |purpose| Event::PurposeFinished(Box::new(purpose));
    let purposes = results.purposes.clone().into_iter().map(finished);
    let end = Event::RunFinished(Box::new(results));
    std::iter::once(started)
        .chain(purposes)
        .chain([end])
        .try_for_each(|event| reporters.event(&event))
        .map_err(|error| unwritten(&error))
}

fn refuse_what_was_changed(folder: &Path) -> Result<(), CliError> {
    // A run that was killed has no manifest.
    let Ok(manifest) = Manifest::read(folder) else {
        return Ok(());
    };
    match manifest.check(folder).first() {
        None => Ok(()),
        Some(discrepancy) => {
            let folder = folder.display();
            Err(
                CliError::usage(format!("{folder} was changed since its run: {discrepancy}"))
                    .hint("bundle the folder as the run left it"),
            )
        }
    }
}

fn no_transcript(id: &str, folder: &Path, error: &io::Error) -> CliError {
    let folder = folder.display();
    CliError::usage(format!("{folder}: the transcript of {id}: {error}"))
        .hint("name the results in the folders that the runs left")
}

fn unwritten(error: &io::Error) -> CliError {
    CliError::tester(format!("the bundle cannot be written: {error}"))
}
