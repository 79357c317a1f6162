//! `run`: judges an IUT.

mod expect;
pub(super) mod inputs;
pub(super) mod iut;
mod progress;

use super::args::RunArgs;
use super::output::talk;
use super::{CliError, catalogue, profile};
use crate::catalogue::behaviour::Endpoint;
use crate::catalogue::{Catalogue, Purpose, Selection};
use crate::engine::lanes::{Item, Shared};
use crate::engine::liveness::{self, Health};
use crate::engine::purpose::Links;
use crate::engine::session::{self, Unjudged};
use crate::engine::setup::{Live, facts};
use crate::engine::sweep::sweep;
use crate::probe::{finding, observe};
use crate::profile::Profile;
use crate::purposes::{Behaviour, Facts};
use crate::report::folder::RESULT_LINES;
use crate::report::{Event, Header, PurposeResult, Results, Timestamp};
use crate::verdict::{Judgement, Outcome, Reason};
use expect::Expected;
use inputs::Asked;
use iut::Iut;
use progress::Progress;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Judges an IUT; the exit code is that of the outcome, or of the comparison with `--expect`.
pub fn execute(args: &RunArgs) -> Result<u8, CliError> {
    args.refuse_not_built()?;
    let catalogue = catalogue()?;
    let profile = profile(&args.profile, &catalogue)?;
    let asked = Asked::read(args)?;
    let mut selection = catalogue.select(&asked.patterns)?;
    if let Some(partition) = &asked.partition {
        selection.purposes = partition.share(selection.purposes);
    }
    let expected = args.expect.as_deref().map(Expected::read).transpose()?;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    let results = runtime.block_on(run(args, &asked, &catalogue, &profile, &selection))?;
    match expected {
        Some(expected) => expected.compare(&results),
        None => Ok(results.outcome.exit_code()),
    }
}

async fn run(
    args: &RunArgs,
    asked: &Asked,
    catalogue: &Catalogue,
    profile: &Profile,
    selection: &Selection<'_>,
) -> Result<Results, CliError> {
    let started = Timestamp::now();
    let mut iut = Iut::open(profile).await?;
    let profile = &iut.judged();
    let facts = facts(profile, catalogue, asked.seed);
    let scope = selection.scope;
    let header = inputs::header(profile, catalogue, asked, scope, &facts, started);
    asked.refuse_another_run(&header)?;
    let folder = inputs::folder(args, started)?;

    let earlier = asked.judged(&selection.purposes, &folder)?;
    let (items, decided) = plan(catalogue, profile, selection, &earlier)?;
    let mut progress = Progress::new(args, catalogue, &folder, &header)?;
    progress.tell(&Event::RunStarted {
        header: Box::new(header.clone()),
        purposes: items.len(),
    })?;
    for result in decided {
        progress.result(result);
    }

    let facts = Arc::new(facts);
    let links: Arc<dyn Links> = Arc::new(Live::new(iut.network(), &facts));
    // An AE takes no requests: that it is there shows when it acts.
    let takes_requests = profile.judges("CSE");
    let health = match takes_requests {
        true => liveness::check(&facts, links.as_ref()).await,
        // Nor does a key service take those of a CSE.
        false => liveness::check_services(links.as_ref(), &profile.judged_services()).await,
    };
    match health {
        Health::Dead(detail) => {
            progress.unjudged(unreachable(items, &detail));
            progress.remark(format!(
                "the IUT at {} was not reached: {detail}",
                iut.endpoint()
            ));
        }
        health => {
            if let Health::Odd(detail) = health {
                let who = &facts.administrator;
                progress.remark(format!("{who} does not retrieve the CSEBase: {detail}"));
            }
            if takes_requests {
                if !profile.starts_reference() {
                    sweep_first(&facts, links.as_ref(), &mut progress).await;
                }
                compare_claims(catalogue, selection, &facts, links.as_ref(), &mut progress).await;
            }
            let jobs = usize::try_from(args.jobs.unwrap_or(profile.limits.jobs)).unwrap_or(1);
            let shared = Shared {
                facts: facts.clone(),
                links: links.clone(),
                repeat: args.repeat,
                halt: progress.halt(),
            };
            let why = halt_when(args, shared.halt.clone());
            let halted = || why.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let unjudged =
                session::run(items, jobs, &shared, &mut progress, &mut iut, &halted).await;
            if unjudged
                .as_ref()
                .is_some_and(|left| left.judgement.reason == Some(Reason::IutDied))
            {
                let lines = folder.path().join(RESULT_LINES);
                progress.remark(format!(
                    "the IUT died and could not be restarted; `--rerun {}` takes up the rest",
                    lines.display()
                ));
            }
            progress.unjudged(unjudged);
            if takes_requests
                && let Health::Dead(detail) = liveness::check(&facts, links.as_ref()).await
            {
                progress.remark(format!("the IUT does not answer after the run: {detail}"));
            }
        }
    }
    iut.close().await;
    conclude(header, catalogue, profile, progress, started)
}

fn conclude(
    header: Header,
    catalogue: &Catalogue,
    profile: &Profile,
    mut progress: Progress,
    started: Timestamp,
) -> Result<Results, CliError> {
    let ledger = catalogue.ledger();
    let mut results = Results::conclude(header, progress.take(), ledger, started.elapsed());
    results.profile_findings = progress.take_findings();
    progress.tell(&Event::RunFinished(Box::new(results.clone())))?;
    if let Outcome::Unreachable = results.outcome {
        let service = || profile.judged_services().first().copied();
        let ordinary = profile.endpoints.ordinary().or_else(service);
        let ordinary = ordinary.unwrap_or(Endpoint::Http);
        let url = profile.endpoints.url(ordinary).unwrap_or("the IUT");
        let (key, scheme) = (ordinary.key(), ordinary.scheme());
        talk(&format!(
            "hint: is {url} up? `--set endpoints.{key}={scheme}://HOST:PORT` names another"
        ));
    }
    Ok(results)
}

/// What is run, and what is decided without running: by the profile, or by the run that is taken up.
fn plan(
    catalogue: &Catalogue,
    profile: &Profile,
    selection: &Selection<'_>,
    earlier: &[PurposeResult],
) -> Result<(Vec<Item>, Vec<PurposeResult>), CliError> {
    let mut items = Vec::new();
    let mut decided = Vec::new();
    for purpose in &selection.purposes {
        if let Some(result) = earlier.iter().find(|result| result.id == purpose.id) {
            decided.push(result.clone());
            continue;
        }
        match catalogue.applicable(purpose, profile) {
            Err(claim) => {
                let judgement = Judgement::not_applicable(claim);
                decided.push(result(catalogue, purpose, judgement));
            }
            Ok(()) => items.push(item(purpose)?),
        }
    }
    Ok((items, decided))
}

/// A purpose ready to be run.
pub(super) fn item(purpose: &Purpose) -> Result<Item, CliError> {
    let behaviour = Behaviour::of(purpose).map_err(CliError::tester)?;
    Ok(Item {
        purpose: Arc::new(purpose.clone()),
        behaviour: Arc::new(behaviour),
    })
}

fn result(catalogue: &Catalogue, purpose: &Purpose, judgement: Judgement) -> PurposeResult {
    PurposeResult::new(purpose, !catalogue.is_mandatory(purpose), judgement)
}

fn unreachable(items: Vec<Item>, detail: &str) -> Option<Unjudged> {
    Some(Unjudged {
        items,
        judgement: Judgement::inconclusive(Reason::Unreachable, detail),
    })
}

async fn sweep_first(facts: &Facts, links: &dyn Links, progress: &mut Progress) {
    let (gone, left) = sweep(facts, links).await;
    if gone > 0 {
        let leftovers = super::output::count(gone, "leftover");
        progress.remark(format!("{leftovers} of earlier runs removed"));
    }
    if !left.is_empty() {
        let leftovers = super::output::count(left.len(), "leftover");
        let names = left.join(", ");
        progress.remark(format!(
            "{leftovers} of earlier runs could not be removed: {names}"
        ));
    }
}

/// Asks the IUT about the claims on which the selected purposes depend.
async fn compare_claims(
    catalogue: &Catalogue,
    selection: &Selection<'_>,
    facts: &Facts,
    links: &dyn Links,
    progress: &mut Progress,
) {
    let purposes = selection.purposes.iter();
    let guarded: BTreeSet<&str> = purposes.flat_map(|purpose| purpose.claims()).collect();
    let concerns = |name: &str| guarded.contains(name);
    for observation in observe(catalogue, concerns, facts, links).await {
        if let Some(finding) = finding(facts, &observation) {
            progress.finding(finding, &observation.transcript);
        }
    }
}

/// Sets the halt at the deadline or at Ctrl-C; says why. A second Ctrl-C ends the process at once.
fn halt_when(args: &RunArgs, halt: Arc<AtomicBool>) -> Arc<Mutex<Option<String>>> {
    let why = Arc::new(Mutex::new(None));
    let set = {
        let why = why.clone();
        move |reason: &str| {
            *why.lock().unwrap_or_else(PoisonError::into_inner) = Some(reason.to_owned());
            halt.store(true, Ordering::Relaxed);
        }
    };
    if let Some(seconds) = args.deadline {
        let set = set.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            set(&format!("the deadline of {seconds} s has passed"));
        });
    }
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            set("interrupted");
            talk("interrupted: running purposes end and clean up; once more ends at once");
        }
        if tokio::signal::ctrl_c().await.is_ok() {
            std::process::exit(i32::from(super::error::TESTER));
        }
    });
    why
}
