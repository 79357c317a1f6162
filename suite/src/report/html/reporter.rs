//! The report as one of the formats of a run.

use super::page::render;
use crate::catalogue::Catalogue;
use crate::report::folder::{Folder, HTML};
use crate::report::{Event, Reporter, TranscriptFolder};
use std::io;
use std::sync::Arc;

/// Writes `report.html` into a folder, with the exchanges of the transcripts that are there.
pub struct Html {
    folder: Folder,
    catalogue: Arc<Catalogue>,
}

impl Html {
    /// Writes into a folder what was judged by a catalogue.
    pub fn new(folder: Folder, catalogue: Arc<Catalogue>) -> Self {
        Self { folder, catalogue }
    }
}

impl Reporter for Html {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let Event::RunFinished(results) = event else {
            return Ok(());
        };
        let transcripts = TranscriptFolder(self.folder.path().to_owned());
        let page = render(results, &self.catalogue, &transcripts)?;
        self.folder.write(HTML, page.as_bytes())
    }
}
