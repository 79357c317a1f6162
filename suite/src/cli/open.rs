//! What most commands begin with: the catalogue and the profile.

use super::CliError;
use super::args::ProfileArgs;
use super::output::count;
use crate::catalogue::Catalogue;
use crate::profile::Profile;
use onem2m_server::faults;

/// The catalogue of this binary, linted.
pub fn catalogue() -> Result<Catalogue, CliError> {
    let catalogue = unlinted_catalogue()?;
    let faults: Vec<(&str, &str)> = faults::all()
        .map(|fault| (fault.name, fault.requirement))
        .collect();
    let errors = catalogue.lint(&faults);
    match errors.as_slice() {
        [] => Ok(catalogue),
        [first, ..] => Err(CliError::tester(format!(
            "the catalogue has {}, the first is {first}",
            count(errors.len(), "problem")
        ))),
    }
}

/// The catalogue of this binary as it is, for the command that shows what is missing in it.
pub fn unlinted_catalogue() -> Result<Catalogue, CliError> {
    Ok(Catalogue::embedded()?)
}

/// The profile that the command line names, with what it sets.
pub fn profile(args: &ProfileArgs, catalogue: &Catalogue) -> Result<Profile, CliError> {
    Ok(Profile::load(&args.profile, &args.sets, catalogue)?)
}
