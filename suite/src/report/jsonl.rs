//! `results.jsonl`: the run, then one line for each purpose as it ends, so that a killed run loses
//! nothing.

use super::{Event, Header, Reporter, SCHEMA};
use serde::Serialize;
use std::io::{self, Write};

/// Writes the run and each result as a line of JSON and flushes it.
pub struct Jsonl<W>(pub W);

/// The first line.
#[derive(Serialize)]
struct First<'a> {
    schema: &'a str,
    #[serde(flatten)]
    header: &'a Header,
}

impl<W: Write + Send> Reporter for Jsonl<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let mut line = match event {
            Event::RunStarted { header, .. } => serde_json::to_vec(&First {
                schema: SCHEMA,
                header,
            })?,
            Event::PurposeFinished(result) => serde_json::to_vec(result)?,
            _ => return Ok(()),
        };
        line.push(b'\n');
        self.0.write_all(&line)?;
        self.0.flush()
    }
}
