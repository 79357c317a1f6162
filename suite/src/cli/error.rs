//! What a command says when it cannot do what it was asked.

use super::args::CommandLine;
use crate::catalogue::{CatalogueError, SelectError};
use crate::profile::ProfileError;
use crate::report::ReadError;
use crate::suggest::nearest;
use clap::CommandFactory;
use thiserror::Error;

/// An error for a person: what is wrong, and what to try.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct CliError {
    /// What is wrong, and where.
    pub message: String,
    /// What to try.
    pub hint: Option<String>,
    /// The exit code of the process.
    pub exit_code: u8,
}

/// Exit code of a usage or profile error.
pub const USAGE: u8 = 2;
/// Exit code of an IUT that cannot be reached.
pub const UNREACHABLE: u8 = 3;
/// Exit code of the tester's own failure.
pub const TESTER: u8 = 5;

impl CliError {
    /// The command was called wrongly, or the profile is wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::with_code(message, USAGE)
    }

    /// The IUT cannot be reached.
    pub fn unreachable(message: impl Into<String>) -> Self {
        Self::with_code(message, UNREACHABLE)
    }

    /// The tester failed.
    pub fn tester(message: impl Into<String>) -> Self {
        Self::with_code(message, TESTER)
    }

    /// The same error with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    fn with_code(message: impl Into<String>, exit_code: u8) -> Self {
        Self {
            message: message.into(),
            hint: None,
            exit_code,
        }
    }
}

impl From<CatalogueError> for CliError {
    fn from(error: CatalogueError) -> Self {
        Self::tester(format!("the catalogue does not read: {error}"))
    }
}

impl From<ProfileError> for CliError {
    fn from(error: ProfileError) -> Self {
        Self {
            hint: error.hint(),
            ..Self::usage(error.to_string())
        }
    }
}

impl From<ReadError> for CliError {
    fn from(error: ReadError) -> Self {
        Self::usage(error.to_string()).hint(error.hint())
    }
}

impl From<SelectError> for CliError {
    fn from(error: SelectError) -> Self {
        let hint = match &error {
            SelectError::Unknown {
                pattern,
                suggestion,
            } => did_you_mean(pattern, suggestion.as_deref()),
            SelectError::Planned { .. } => "`onem2m-conform ledger` tells what is planned".into(),
            SelectError::Uncovered { .. } => {
                "`onem2m-conform list --ts0018` tells what covers which official case".into()
            }
            SelectError::Glob { .. } => "for example 'CSE/ACP/OPS/*'".into(),
        };
        Self::usage(error.to_string()).hint(hint)
    }
}

/// A pattern may be a misspelt command: without a command, words are patterns.
fn did_you_mean(pattern: &str, suggestion: Option<&str>) -> String {
    let commands = CommandLine::command();
    let commands = commands
        .get_subcommands()
        .filter(|command| !command.is_hide_set());
    let names: Vec<&str> = commands.map(clap::Command::get_name).collect();
    match (nearest(pattern, names), suggestion) {
        (_, Some(near)) => format!("did you mean `{near}`?"),
        (Some(command), None) => format!("did you mean the command `{command}`?"),
        (None, None) => "`onem2m-conform list` names every purpose".into(),
    }
}
