//! Deliberate nonconformities of the CSE, one file for each group of clauses.
//!
//! A [`Fault`] replaces clauses of the table that the CSE is started with; the exemplary code knows nothing of it.

mod answers;
mod association;
mod attributes;
mod combination;
mod contexts;
mod default_policy;
mod elsewhere;
mod far_originators;
mod fault;
mod forwarding;
mod inheritance;
mod linking;
mod operations;
mod originators;
mod registree;
mod registry;
mod requester;
mod rewrite;
mod schedule_entries;
mod self_privileges;
mod wildcards;
mod windows;

pub use fault::Fault;
pub use registry::{all, find};
