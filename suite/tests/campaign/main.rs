//! The campaign against the reference within this process: it finds nothing in the reference as specified, and what was planted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod found;
mod hunting;
mod planted;
