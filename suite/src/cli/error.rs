//! What a command says when it cannot do what it was asked.

use crate::catalogue::CatalogueError;
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
