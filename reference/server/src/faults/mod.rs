//! Deliberate nonconformities of the CSE, one file for each group of clauses.
//!
//! A [`Fault`] replaces clauses of the table that the CSE is started with; the exemplary code knows nothing of it.

mod answers;
mod attributes;
mod combination;
mod contexts;
mod default_policy;
mod fault;
mod inheritance;
mod linking;
mod operations;
mod originators;
mod requester;
mod rewrite;
mod schedule_entries;
mod self_privileges;
mod wildcards;
mod windows;

pub use fault::Fault;

/// Every fault, by group.
pub fn all() -> impl Iterator<Item = &'static Fault> {
    GROUPS.iter().copied().flatten()
}

/// The fault of that name.
pub fn find(name: &str) -> Option<&'static Fault> {
    all().find(|fault| fault.name == name)
}

const GROUPS: &[&[Fault]] = &[
    operations::FAULTS,
    originators::FAULTS,
    wildcards::FAULTS,
    combination::FAULTS,
    windows::FAULTS,
    schedule_entries::FAULTS,
    contexts::FAULTS,
    self_privileges::FAULTS,
    attributes::FAULTS,
    linking::FAULTS,
    default_policy::FAULTS,
    inheritance::FAULTS,
    requester::FAULTS,
    answers::FAULTS,
];
