//! The command line: one file a command.

pub mod args;
mod error;

pub use error::CliError;
