//! `results.jsonl`: one line for each purpose as it ends, so that a killed run loses nothing.

use super::{Event, Reporter};
use std::io::{self, Write};

/// Writes each result as a line of JSON and flushes it.
pub struct Jsonl<W>(pub W);

impl<W: Write + Send> Reporter for Jsonl<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let Event::PurposeFinished(result) = event else {
            return Ok(());
        };
        let mut line = serde_json::to_vec(result)?;
        line.push(b'\n');
        self.0.write_all(&line)?;
        self.0.flush()
    }
}
