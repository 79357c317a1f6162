//! Deliberate nonconformities of the CSE, one file for each group of clauses.
//!
//! A [`Fault`] replaces clauses of the table that the CSE is started with; the exemplary code knows nothing of it.

mod fault;

pub use fault::Fault;

/// Every fault, by group.
pub fn all() -> impl Iterator<Item = &'static Fault> {
    GROUPS.iter().copied().flatten()
}

/// The fault of that name.
pub fn find(name: &str) -> Option<&'static Fault> {
    all().find(|fault| fault.name == name)
}

const GROUPS: &[&[Fault]] = &[];
