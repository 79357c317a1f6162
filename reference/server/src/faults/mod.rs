//! Deliberate nonconformities of the CSE, one file for each group of clauses.
//!
//! A [`Fault`] replaces clauses of the table that the CSE is started with; the exemplary code knows nothing of it.

mod address_entries;
mod addresses;
mod aggregation;
mod answers;
mod association;
mod attributes;
mod authentication;
mod combination;
mod contexts;
mod default_policy;
mod domains;
mod elsewhere;
mod fan_out;
mod far_originators;
mod fault;
mod forwarding;
mod groups;
mod identities;
mod inheritance;
mod invalid_requests;
mod link_changes;
mod linking;
mod locations;
mod object_details;
mod operations;
mod order;
mod originators;
mod polling;
mod registration;
mod registree;
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
