//! The HTTP binding against messages written by hand from TS-0009 V3.9.1, each direction alone, and both together on generated
//! primitives.

// What the test functions share may panic as they may.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../generated/mod.rs"]
mod generated;
mod octets;
mod random;
mod read_request;
mod read_response;
mod round_trip;
mod write_request;
mod write_response;
