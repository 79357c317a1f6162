//! `vectors`: holds the reference against the test vectors, and lists them.

mod check;
mod chosen;
mod list;

use super::CliError;
use super::args::{VectorsArgs, VectorsCommand};

/// Checks or lists vectors.
pub fn execute(args: &VectorsArgs) -> Result<u8, CliError> {
    match &args.command {
        VectorsCommand::Check(chosen) => check::execute(chosen),
        VectorsCommand::List(args) => list::execute(args),
    }
}
