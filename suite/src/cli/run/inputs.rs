//! What a run is given, and the folder that it fills.

use crate::catalogue::Catalogue;
use crate::cli::CliError;
use crate::cli::args::RunArgs;
use crate::profile::Profile;
use crate::purposes::Facts;
use crate::report::{
    Cse, Folder, Header, Identities, Iut, PurposeResult, Resolved, Timestamp, Tool, Waiver,
    read_purposes,
};
use crate::verdict::{Scope, Verdict};
use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hasher, RandomState};

/// The results of the run that is taken up: those that judge.
pub fn earlier(args: &RunArgs) -> Result<Vec<PurposeResult>, CliError> {
    let Some(path) = &args.rerun else {
        return Ok(Vec::new());
    };
    let mut results = read_purposes(path).map_err(|error| {
        CliError::usage(error.to_string())
            .hint("--rerun takes the results.json or results.jsonl of a run")
    })?;
    results.retain(|result| matches!(result.judgement.verdict, Verdict::Pass | Verdict::Fail));
    for result in &mut results {
        // The transcript stays with the run that recorded it.
        result.transcript = None;
    }
    Ok(results)
}

/// The folder of the run.
pub fn folder(args: &RunArgs, started: Timestamp) -> Result<Folder, CliError> {
    let folder = match &args.out {
        Some(path) => Folder::create(path),
        None => Folder::create_default(started),
    };
    folder.map_err(|error| CliError::usage(error.to_string()).hint(error.hint()))
}

/// A seed that nobody chose.
pub fn drawn_seed() -> u64 {
    RandomState::new().build_hasher().finish() & u64::from(u32::MAX)
}

/// What the results say of the run as a whole.
pub fn header(
    profile: &Profile,
    catalogue: &Catalogue,
    scope: Scope,
    facts: &Facts,
    started: Timestamp,
    strict: bool,
) -> Header {
    Header {
        tool: Tool::this(
            option_env!("ONEM2M_CONFORM_COMMIT").map(str::to_owned),
            catalogue.sha256.clone(),
            specifications(catalogue),
        ),
        profile_sha256: profile.sha256.clone(),
        iut: Iut {
            name: profile.iut.name.clone(),
            vendor: profile.iut.vendor.clone(),
            version: profile.iut.version.clone(),
        },
        seed: facts.seed,
        started,
        scope,
        strict,
        resolved: Resolved {
            roles: profile.iut.roles.iter().map(ToString::to_string).collect(),
            release: profile.iut.release,
            cse: Cse {
                id: profile.cse.id.clone(),
                base: profile.cse.base.clone(),
                sp_domain: profile.cse.sp_domain.clone(),
            },
            endpoints: profile.shown_endpoints(),
            identities: Identities {
                admin: profile.identities.admin.clone(),
                ae_stem: profile.identities.ae_stem.clone(),
            },
            sources: profile.tester.sources.clone(),
            pics: facts.pics.clone(),
            pixit: facts.pixit.clone(),
            defaults_used: profile.pixit_defaults(catalogue),
        },
        waivers: profile
            .waiver
            .iter()
            .map(|waiver| Waiver {
                purpose: waiver.purpose.clone(),
                owner: waiver.owner.clone(),
                reason: waiver.reason.clone(),
                expires: waiver.expires,
            })
            .collect(),
    }
}

fn specifications(catalogue: &Catalogue) -> Vec<String> {
    let specifications: BTreeSet<&str> = catalogue
        .requirements
        .values()
        .map(|requirement| requirement.spec.as_str())
        .collect();
    specifications.into_iter().map(str::to_owned).collect()
}
