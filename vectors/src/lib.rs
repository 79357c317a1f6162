//! The vectors of this folder, embedded, and what the reference crates answer to each.
//!
//! A [`VectorFile`] is a file with its [`Vector`]s, which have an identifier, a reason to exist, a source and an [`Expectation`]
//! in common; the rest is as the kind of the file has it. [`Vector::check`] holds the answer against the expectation. It is
//! the only evaluation of vectors: the tests of the reference crates and the command `vectors` both use it. A file of others
//! is read without trust: whatever is wrong in it is an error that names the vector.

#![forbid(unsafe_code)]

pub mod authorization;
mod difference;
mod esprim;
mod expectation;
mod file;
pub mod jose;
mod keys;
mod kind;
mod members;
mod unreadable;
mod vector;

pub use difference::Difference;
pub use expectation::{Answer, Expectation, Outcome};
pub use file::{FileError, VectorFile};
pub use kind::Kind;
pub use unreadable::Unreadable;
pub use vector::Vector;
