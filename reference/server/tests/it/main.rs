//! The CSE over an in-memory connection, through the same codecs as over a socket.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it does"
)]

mod access;
mod aggregation;
mod bench;
mod binding;
mod contexts;
mod defaults;
mod discovery;
mod faulty;
mod groups;
mod links;
mod mcc;
mod non_blocking;
mod notification;
mod policies;
mod polling;
mod registration;
mod resources;
