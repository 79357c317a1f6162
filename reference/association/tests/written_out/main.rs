//! The written-out server against the client of OpenSSL, and against scripted clients.

// What the test functions share may panic as they may.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod any_octets;
mod certificates;
mod client;
mod datagram_records;
mod datagram_script;
mod datagrams;
mod handshakes;
mod messages;
mod order;
mod raw_public_keys;
mod refusals;
mod replacements;
mod resumption;
mod script;
mod servers;
mod wire;
