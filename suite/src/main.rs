//! Parses the command line, dispatches, and sets the exit code.

use clap::Parser;
use onem2m_conform::cli::args::CommandLine;
use onem2m_conform::cli::{dispatch, output};
use std::process::ExitCode;

fn main() -> ExitCode {
    match dispatch(CommandLine::parse()) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            output::error(&error);
            ExitCode::from(error.exit_code)
        }
    }
}
