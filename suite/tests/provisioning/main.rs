//! Purposes for which an IUT is given keys while it runs, by the triggers of a profile and within this process.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod key_service;
mod lenient;
mod triggered;
