//! The command line: one file a command.

pub mod args;
mod bench;
mod completions;
mod diff;
mod error;
mod fuzz;
mod later;
mod ledger;
mod list;
mod open;
pub mod output;
mod probe;
mod promote;
mod rejudge;
mod replay;
mod report;
mod run;
mod self_test;
mod send;
mod serve;
mod show;
mod ts0018;
mod vectors;

pub use error::CliError;
pub use open::{catalogue, profile};

use args::{Command, CommandLine};

/// Does what the command line asks; the exit code.
pub fn dispatch(line: CommandLine) -> Result<u8, CliError> {
    let command = line.command.unwrap_or(Command::Run(line.run));
    match &command {
        Command::List(args) => list::execute(args),
        Command::Show(args) => show::execute(args),
        Command::Ledger(args) => ledger::execute(args),
        Command::Run(args) => run::execute(args),
        Command::Serve(args) => serve::execute(args),
        Command::SelfTest(args) => self_test::execute(args),
        Command::Rejudge(args) => rejudge::execute(args),
        Command::Probe(args) => probe::execute(args),
        Command::Report(args) => report::execute(args),
        Command::Diff(args) => diff::execute(args),
        Command::Completions(args) => completions::execute(args),
        Command::Send(args) => send::execute(args),
        Command::Vectors(args) => vectors::execute(args),
        Command::Fuzz(args) => fuzz::execute(args),
        Command::Replay(args) => replay::execute(args),
        Command::Bench(args) => bench::execute(args),
        Command::Promote(args) => promote::execute(args),
    }
}
