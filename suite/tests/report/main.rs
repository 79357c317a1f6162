//! The reports against what they have to say, through the real writers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod cases;
mod catalogue;
mod committed;
mod console;
mod fixture;
mod folder;
mod html;
mod html_reader;
mod html_wicked;
mod junit;
mod junit_reader;
mod markdown;
mod outcome;
mod recorded;
mod wicked_text;
