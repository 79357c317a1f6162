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
        let mut all = Ok(());
        for reporter in &mut self.0 {
            all = all.and(reporter.event(event));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    struct Failing(Arc<AtomicUsize>, &'static str);

    impl Reporter for Failing {
        fn event(&mut self, _: &Event) -> io::Result<()> {
            self.0.fetch_add(1, Ordering::Relaxed);
            Err(io::Error::other(self.1))
        }
    }

    #[test]
    fn a_failing_format_does_not_silence_the_others() {
        let told = Arc::new(AtomicUsize::new(0));
        let failing = |why| Box::new(Failing(Arc::clone(&told), why));
        let mut reporters = Reporters(vec![failing("first"), failing("second")]);
        let error = reporters.event(&Event::Remark("hello".into())).unwrap_err();
        assert_eq!(told.load(Ordering::Relaxed), 2);
        assert_eq!(error.to_string(), "first");
    }
}
