//! Associations of our client with our server, in memory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod anything;
mod certificates;
mod clauses;
mod datagrams;
mod interoperation;
mod keys;
mod neighbours;
mod paths;
mod raw_public_keys;
mod refused_certificates;
mod resumption;
mod secrets;
mod streams;
mod suites;
mod support;
