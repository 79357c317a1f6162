//! The model check alone: what it finds of the faults of the access decision, and that a verdict of it is a function of
//! the seed and of what was recorded.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod counterexample;
mod faults;
mod reference;
mod repeatable;
mod together;
