//! ESPrim against `vectors/esprim.json`, and what holds for any object.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking, wherever it does"
)]

mod faults;
mod properties;
mod vectors;
