//! A verdict is a function of the transcript, and neither seed nor order nor parallelism matters.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod determinism;
mod named_steps;
mod reference;
mod rejudged;
