//! Where reports that show exchanges find the transcripts.

use super::folder::stays_inside;
use crate::tester::transcript::{self, Entry};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

/// Gives transcripts by the name that results have for them.
pub trait Transcripts {
    /// The entries of a transcript, in their order.
    fn entries(&self, name: &str) -> io::Result<Vec<Entry>>;
}

/// The transcripts below the folder of a run; names that lead out of it are refused.
#[derive(Debug, Clone)]
pub struct TranscriptFolder(pub PathBuf);

impl Transcripts for TranscriptFolder {
    fn entries(&self, name: &str) -> io::Result<Vec<Entry>> {
        if !stays_inside(Path::new(name)) {
            let message = format!("{name:?} leads out of the folder");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        transcript::read(BufReader::new(File::open(self.0.join(name))?))
    }
}
