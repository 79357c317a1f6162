//! `rejudge`: judges a recorded run again, without the IUT.

use super::args::RejudgeArgs;
use super::output::{count, talk};
use super::{CliError, catalogue, profile};
use crate::catalogue::Catalogue;
use crate::engine::purpose;
use crate::engine::recording::{Recording, rounds};
use crate::engine::setup::disputes;
use crate::profile::Profile;
use crate::purposes::{Behaviour, Facts};
use crate::report::{Credential, Manifest, PurposeResult, ReadError, Resolved, Results};
use crate::tester::transcript::{self, Entry};
use crate::verdict::{Cause, Judgement, Reason, Verdict};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::time::Duration;

/// Judges every transcript again; exit 1 if a verdict differs.
pub fn execute(args: &RejudgeArgs) -> Result<u8, CliError> {
    let catalogue = catalogue()?;
    let path = args.folder.join(crate::report::folder::RESULTS);
    let results = Results::read(&path).map_err(|error| match error {
        ReadError::Newer { .. } => CliError::from(error),
        _ => CliError::usage(error.to_string())
            .hint("name the folder of a run, such as reports/latest"),
    })?;
    if results.header.tool.catalogue_sha256 != catalogue.sha256 {
        talk("the run was judged with another catalogue; verdicts may differ for that reason");
    }
    say_what_changed(&args.folder);
    let profile = profile(&args.profile, &catalogue)?;
    let facts = facts(&results, &profile, &catalogue);
    let known: Vec<Credential> = profile.provisioned.iter().map(Credential::from).collect();
    let has_keys = known == results.header.resolved.credentials;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    let (mut same, mut differ, mut kept, mut locked) = (0, 0, 0, 0);
    for result in &results.purposes {
        let Some(name) = &result.transcript else {
            continue;
        };
        if !is_from_transcript(&result.judgement) {
            kept += 1;
            continue;
        }
        let entries = read(&args.folder.join(name))?;
        if !has_keys && entries.iter().any(needs_keys) {
            locked += 1;
            continue;
        }
        let again = runtime.block_on(judge(&catalogue, &facts, result, entries))?;
        if is_same(&again, &result.judgement) {
            same += 1;
        } else {
            differ += 1;
            super::output::data(&format!(
                "{}: was {}, is {}\n",
                result.id,
                told(&result.judgement),
                told(&again)
            ))?;
        }
    }
    talk(&format!(
        "{} judged again: {same} the same, {differ} different; {kept} kept, as the engine judged them",
        count(same + differ, "transcript")
    ));
    if locked > 0 {
        talk(&format!(
            "{} not judged again, since the keys of their associations are not known; hint: name the profile with --profile",
            count(locked, "transcript")
        ));
    }
    Ok(u8::from(differ > 0))
}

/// Whether the tester needs its keys to do again what it did.
fn needs_keys(entry: &Entry) -> bool {
    matches!(entry, Entry::Connection(_))
}

fn say_what_changed(folder: &Path) {
    let Ok(manifest) = Manifest::read(folder) else {
        talk("the bundle has no manifest to check it against");
        return;
    };
    for discrepancy in manifest.check(folder) {
        talk(&format!("the bundle was changed: {discrepancy}"));
    }
}

/// The facts of the recorded run.
fn facts(results: &Results, profile: &Profile, catalogue: &Catalogue) -> Facts {
    let resolved = &results.header.resolved;
    let domain = resolved.cse.sp_domain.as_deref().unwrap_or_default();
    Facts {
        release: resolved.release,
        cse_id: resolved.cse.id.trim_start_matches('/').to_owned(),
        cse_base: resolved.cse.base.clone(),
        sp_domain: domain.trim_start_matches('/').to_owned(),
        administrator: resolved.identities.admin.clone(),
        ae_stem: resolved.identities.ae_stem.clone(),
        pics: resolved.pics.clone(),
        pixit: resolved.pixit.clone(),
        disputes: disputes(catalogue, resolved.release),
        provisioned: profile.provisioned.clone(),
        pairwise: profile.pairwise.clone(),
        hosts: profile.hosts.clone(),
        known_peers: profile.known_peers.clone(),
        token_issuers: profile.token_issuers.clone(),
        services: profile.known_services.clone(),
        served_maf: profile.known_maf.clone(),
        patience: patience(resolved),
        seed: results.header.seed,
    }
}

/// How long the tester waited for an answer: how often it sent something again follows from that.
fn patience(resolved: &Resolved) -> Duration {
    let milliseconds = resolved.pixit.get("PIXIT_TWAIT");
    let milliseconds = milliseconds.and_then(|text| text.parse().ok());
    milliseconds.map_or(Duration::ZERO, Duration::from_millis)
}

/// Whether the verdict came from the transcript alone, and not from the death of the IUT.
fn is_from_transcript(judgement: &Judgement) -> bool {
    judgement.cause != Some(Cause::Crash) && judgement.reason != Some(Reason::IutDied)
}

fn read(path: &Path) -> Result<Vec<Entry>, CliError> {
    let unreadable =
        |error: std::io::Error| CliError::usage(format!("{}: {error}", path.display()));
    let file = File::open(path).map_err(unreadable)?;
    transcript::read(BufReader::new(file)).map_err(unreadable)
}

async fn judge(
    catalogue: &Catalogue,
    facts: &Facts,
    result: &PurposeResult,
    entries: Vec<Entry>,
) -> Result<Judgement, CliError> {
    let Some(purpose) = catalogue.purpose(&result.id) else {
        let detail = format!("{} is not in this catalogue", result.id);
        return Ok(Judgement::error(detail));
    };
    let behaviour = Behaviour::of(purpose).map_err(CliError::tester)?;
    let times = rounds(&entries);
    let recording = Recording::new(entries);
    let finished = purpose::repeated(purpose, &behaviour, facts, &recording, times).await;
    Ok(finished.judgement)
}

fn is_same(again: &Judgement, recorded: &Judgement) -> bool {
    let key = |judgement: &Judgement| (judgement.verdict, judgement.cause, judgement.reason);
    key(again) == key(recorded)
}

fn told(judgement: &Judgement) -> String {
    let detail = match judgement.verdict {
        Verdict::Error => judgement.observed.clone(),
        _ => judgement
            .cause
            .map(|cause| cause.to_string())
            .or(judgement.reason.map(|reason| reason.to_string())),
    };
    match detail {
        Some(detail) => format!("{} ({detail})", judgement.verdict),
        None => judgement.verdict.to_string(),
    }
}
