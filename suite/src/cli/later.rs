//! What the command line promises and the suite does not do yet.

use super::CliError;
use super::args::RunArgs;

impl RunArgs {
    /// Refuses the options that are not built yet.
    pub(super) fn refuse_not_built(&self) -> Result<(), CliError> {
        refuse(self.keylog.is_some(), "--keylog")
    }
}

/// The answer to a command or option that is not built yet.
pub(super) fn not_available(what: &str) -> CliError {
    CliError::usage(format!("{what} is not available yet"))
        .hint("`onem2m-conform --help` names what this version can do")
}

fn refuse(given: bool, what: &str) -> Result<(), CliError> {
    match given {
        true => Err(not_available(what)),
        false => Ok(()),
    }
}
