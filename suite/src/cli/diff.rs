//! `diff`: what changed between two runs.

use super::args::DiffArgs;
use super::output::{self, count, talk};
use super::{CliError, catalogue};
use crate::report::{Changes, Recorded};

/// Prints what changed; exit 1 if anything did.
pub fn execute(args: &DiffArgs) -> Result<u8, CliError> {
    let catalogue = catalogue()?;
    let old = Recorded::read(&args.old)?.conclude(&catalogue)?;
    let new = Recorded::read(&args.new)?.conclude(&catalogue)?;
    let changes = Changes::between(&old, &new);
    if args.json {
        output::json(&changes)?;
    } else {
        output::data(&changes.to_string())?;
        talk(&count(changes.count(), "change"));
    }
    Ok(u8::from(!changes.is_empty()))
}
