//! `completions`: what a shell needs to complete the command line.

use super::args::{CommandLine, CompletionsArgs};
use super::{CliError, output};
use clap::{Command, CommandFactory};

/// Prints the completions for a shell: of everything that `--help` names.
pub fn execute(args: &CompletionsArgs) -> Result<u8, CliError> {
    let mut script = Vec::new();
    let mut command = shown(&CommandLine::command());
    let name = command.get_name().to_owned();
    clap_complete::generate(args.shell, &mut command, name, &mut script);
    output::data(&String::from_utf8_lossy(&script))?;
    Ok(0)
}

/// The command without what is hidden: the generators would complete that too.
fn shown(command: &Command) -> Command {
    let arguments = command.get_arguments().filter(|it| !it.is_hide_set());
    let commands = command.get_subcommands().filter(|it| !it.is_hide_set());
    let mut shown = Command::new(command.get_name().to_owned())
        .args(arguments)
        .subcommands(commands.map(shown))
        .disable_help_subcommand(true);
    if let Some(about) = command.get_about() {
        shown = shown.about(about.clone());
    }
    if let Some(version) = command.get_version() {
        shown = shown.version(version.to_owned());
    }
    shown
}
