//! `results.json`: everything, at the end.

use super::folder::{Folder, RESULTS};
use super::{Event, Reporter, Results};
use std::io::{self, Write};

/// Writes `results.json` into a folder.
pub struct Json(pub Folder);

impl Reporter for Json {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let Event::RunFinished(results) = event else {
            return Ok(());
        };
        let mut text = Vec::new();
        write_json(results, &mut text)?;
        self.0.write(RESULTS, &text)
    }
}

/// Writes results as JSON.
pub fn write_json(results: &Results, mut output: impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut output, results)?;
    output.write_all(b"\n")
}
