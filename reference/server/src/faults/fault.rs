use std::fmt;

use crate::clauses::Clauses;

/// One nonconformity that a CSE can be started with.
#[derive(Clone, Copy)]
pub struct Fault {
    /// What goes wrong, in upper camel case.
    pub name: &'static str,
    /// The requirement that it breaks.
    pub requirement: &'static str,
    /// What the CSE does instead, in a line.
    pub summary: &'static str,
    /// Replaces the clauses concerned. Several faults can be applied to one table; of two that replace the same clause,
    /// the later holds.
    pub apply: fn(&mut Clauses),
}

impl fmt::Debug for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Fault").field(&self.name).finish()
    }
}
