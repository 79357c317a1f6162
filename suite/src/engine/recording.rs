//! Links that answer from a transcript.

use super::purpose::{ATTEMPTS, Links};
use crate::tester::link::Link;
use crate::tester::playback::{Playback, attempts};
use crate::tester::transcript::Entry;

/// The transcript of one purpose.
pub struct Recording {
    entries: Vec<Entry>,
}

impl Recording {
    /// Takes a transcript.
    pub fn new(entries: Vec<Entry>) -> Self {
        Self { entries }
    }
}

impl Links for Recording {
    fn open(&self, _purpose: &str, attempt: u32) -> Option<Box<dyn Link>> {
        attempts(&self.entries)
            .into_iter()
            .find(|entries| number(entries) == Some(attempt))
            .map(|entries| Box::new(Playback::new(entries)) as Box<dyn Link>)
    }
}

/// How often the purpose was run.
pub fn rounds(entries: &[Entry]) -> u32 {
    let last = attempts(entries).into_iter().filter_map(number).max();
    last.unwrap_or(1).div_ceil(ATTEMPTS)
}

fn number(entries: &[Entry]) -> Option<u32> {
    match entries.first() {
        Some(Entry::Attempt { number, .. }) => Some(*number),
        _ => None,
    }
}
