//! The stream of events that every format consumes.

use super::{Header, PurposeResult, Results};
use std::io;

/// Something that happened in a run.
#[derive(Debug, Clone)]
pub enum Event {
    /// The run starts.
    RunStarted {
        /// What is known of it.
        header: Box<Header>,
        /// How many purposes will be run.
        purposes: usize,
    },
    /// A purpose starts.
    PurposeStarted {
        /// Its id.
        id: String,
    },
    /// A purpose was judged, or is not applicable; its waiver is already taken.
    PurposeFinished(Box<PurposeResult>),
    /// Something that a person should know.
    Remark(String),
    /// The run is over.
    RunFinished(Box<Results>),
}

/// A format.
pub trait Reporter: Send {
    /// Takes note of an event.
    fn event(&mut self, event: &Event) -> io::Result<()>;
}

/// Several formats, told in their order.
#[derive(Default)]
pub struct Reporters(pub Vec<Box<dyn Reporter>>);

impl Reporter for Reporters {
    /// Tells all of them, also after one failed; the first failure is given back.
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let told = self.0.iter_mut().map(|reporter| reporter.event(event));
        told.fold(Ok(()), |all, one| all.and(one))
    }
}
