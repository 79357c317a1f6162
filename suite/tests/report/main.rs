//! The reports against what they have to say, through the real writers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod cases;
mod committed;
mod console;
mod fixture;
mod folder;
mod junit;
mod junit_reader;
mod outcome;
mod wicked_text;
