//! The CoAP binding against messages written by hand from TS-0008 V3.9.0, RFC 7252 and RFC 7959, each direction alone, and both
//! together on generated primitives.

// What the test functions share may panic as they may.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod exchange;
#[path = "../generated/mod.rs"]
mod generated;
mod message;
mod octets;
mod random;
mod read_request;
mod read_response;
mod round_trip;
mod write_request;
mod write_response;
