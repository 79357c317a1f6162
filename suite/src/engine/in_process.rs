//! Links to a fresh reference server for every attempt, with or without faults.

use super::purpose::Links;
use crate::tester::embedded::EmbeddedLink;
use crate::tester::link::Link;
use onem2m_server::faults::Fault;
use onem2m_server::{Clauses, Configuration};

/// The reference server in the same process.
#[derive(Clone)]
pub struct InProcess {
    configuration: Configuration,
    faults: Vec<&'static Fault>,
}

impl InProcess {
    /// Servers with these faults.
    pub fn new(configuration: Configuration, faults: Vec<&'static Fault>) -> Self {
        Self {
            configuration,
            faults,
        }
    }
}

impl Links for InProcess {
    fn open(&self, _purpose: &str, _attempt: u32) -> Option<Box<dyn Link>> {
        let mut clauses = Clauses::SPECIFICATION;
        for fault in &self.faults {
            (fault.apply)(&mut clauses);
        }
        Some(Box::new(EmbeddedLink::new(
            self.configuration.clone(),
            clauses,
        )))
    }
}
