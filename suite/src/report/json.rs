//! `results.json`: everything, at the end.

use super::folder::{Folder, RESULTS};
use super::{Event, Reporter};
use std::io;

/// Writes `results.json` into a folder.
pub struct Json(pub Folder);

impl Reporter for Json {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let Event::RunFinished(results) = event else {
            return Ok(());
        };
        let mut text = serde_json::to_vec_pretty(results)?;
        text.push(b'\n');
        self.0.write(RESULTS, &text)
    }
}
