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
mod invalid_requests;
mod link_changes;
mod linking;
mod operations;
mod order;
mod originators;
mod registry;
mod requester;
mod rewrite;
mod schedule_entries;
mod self_privileges;
mod subscriptions;
mod targets;
mod visibility;
mod wildcards;
mod windows;

pub use fault::Fault;
pub use registry::{all, find};
