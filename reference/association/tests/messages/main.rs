//! The message codecs, from outside.

// What the test functions share may panic as they may.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod datagram;
mod octets;
mod round_trip;
mod totality;
mod values;
