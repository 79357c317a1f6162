//! What is accepted is written back as it was read, and nothing that is read makes a parser panic.

#![allow(clippy::unwrap_used)]

mod anything;
mod certificates;
mod entities;
mod grammar;
mod keys;
