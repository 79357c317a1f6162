//! `bench`: measures the campaign.

use super::args::{BenchArgs, BenchCommand, PlantedArgs, ProfileArgs, RateArgs};
use super::fuzz::duration;
use super::output::{self, count, data, talk};
use super::run::iut::Iut;
use super::serve::named;
use super::{CliError, catalogue, profile};
use crate::campaign::field::Field;
use crate::campaign::finding::Circumstances;
use crate::campaign::planted::{Bounds, Fared, fare};
use crate::campaign::rate::rates;
use crate::campaign::site::Site;
use crate::engine::in_process;
use crate::engine::setup::{Live, facts};
use crate::tester::link::LinkError;
use onem2m_server::faults::{self, Fault};
use std::sync::Arc;

/// Threads of the runtime: a fault that hangs holds one for seconds.
const THREADS: usize = 64;

/// The share of planted faults that a campaign has to find, in percent.
const SHARE: usize = 90;

/// Measures what is asked for.
pub fn execute(args: &BenchArgs) -> Result<u8, CliError> {
    match &args.command {
        BenchCommand::Planted(args) => planted(args),
        BenchCommand::Rate(args) => rate(args),
    }
}

/// Hunts each planted fault; exit 1 if too few are found.
fn planted(args: &PlantedArgs) -> Result<u8, CliError> {
    let time = duration(&args.time)?;
    let catalogue = catalogue()?;
    let reference = ProfileArgs {
        profile: "reference".into(),
        sets: Vec::new(),
    };
    let profile = profile(&reference, &catalogue)?;
    let facts = facts(&profile, &catalogue, args.seed);
    let chosen: Vec<&'static Fault> = match args.faults.is_empty() {
        true => faults::for_campaign().collect(),
        false => named(&args.faults)?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .enable_all()
        .build()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    let configuration = in_process::configuration();
    // What a planted crash says of itself is no news.
    std::panic::set_hook(Box::new(|_| {}));
    let mut all = Vec::new();
    let bounds = Bounds {
        seed: args.seed,
        time,
    };
    for fault in chosen {
        let fared = runtime.block_on(fare(&configuration, &facts, Some(fault), bounds));
        let fared = fared.map_err(|error| CliError::tester(error.to_string()))?;
        if !args.json {
            data(&line(&fared))?;
        }
        all.push(fared);
    }
    runtime.shutdown_background();
    if args.json {
        output::json(&all)?;
    }
    Ok(u8::from(!summarise(&all)))
}

fn line(fared: &Fared) -> String {
    let name = fared.fault.unwrap_or("nothing planted");
    let numbers = format!(
        "{:.1} s, {}, {} requests",
        fared.seconds,
        count(usize::try_from(fared.sequences).unwrap_or(0), "sequence"),
        fared.requests
    );
    match (&fared.found, fared.steps) {
        (Some(found), Some(steps)) => {
            let replayed = fared.replayed;
            let steps = count(steps, "step");
            format!("found   {name}: {numbers}, {steps}, replayed {replayed} of 20; {found}\n")
        }
        _ => format!("MISSED  {name}: {numbers}\n"),
    }
}

/// Says how all fared; whether enough were found.
fn summarise(all: &[Fared]) -> bool {
    let found: Vec<&Fared> = all.iter().filter(|it| it.found.is_some()).collect();
    let mut seconds: Vec<f64> = found.iter().map(|it| it.seconds).collect();
    seconds.sort_by(f64::total_cmp);
    let median = seconds.get(seconds.len() / 2).copied().unwrap_or_default();
    let longest = found.iter().filter_map(|it| it.steps).max();
    let replayed = found.iter().filter(|it| it.replayed == 20).count();
    talk(&format!(
        "{} of {} found; median {median:.1} s, at most {} beyond set-up; {replayed} replayed 20 of 20{}",
        found.len(),
        all.len(),
        count(longest.unwrap_or_default(), "step"),
        processor_time().map_or_else(String::new, |seconds| format!("; {seconds:.0} CPU-seconds")),
    ));
    found.len() * 100 >= all.len() * SHARE
}

/// What this process has used, where the system tells (proc(5), clock ticks of 10 ms).
fn processor_time() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = text.rsplit_once(')')?;
    let ticks =
        |position: usize| -> Option<f64> { fields.split_whitespace().nth(position)?.parse().ok() };
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

/// Compares a campaign with a bare loop on the same server over loopback.
fn rate(args: &RateArgs) -> Result<u8, CliError> {
    let time = duration(&args.time)?;
    let catalogue = catalogue()?;
    let profile = profile(&args.profile, &catalogue)?;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    runtime.block_on(async {
        let iut = Iut::open(&profile).await?;
        let judged = iut.judged();
        let facts = facts(&judged, &catalogue, args.seed);
        let network = iut.network();
        let links = Arc::new(Live::new(network.clone(), &facts));
        let site = Site::of(&facts, &judged.tester.sources);
        let jobs = judged.limits.jobs;
        let field = Field::on_network(site.clone(), links, &network, args.seed, jobs);
        let around = Circumstances {
            seed: args.seed,
            surface: "http".to_owned(),
            endpoint: iut.endpoint(),
            response_timeout_ms: judged.limits.response_timeout_ms,
            site,
        };
        let rates = rates(&field, &around, time).await;
        let rates = rates.map_err(|error: LinkError| CliError::tester(error.to_string()))?;
        iut.close().await;
        data(&format!(
            "campaign {:.0}/s, bare keep-alive loop {:.0}/s: {:.0} %\n",
            rates.campaign,
            rates.bare,
            100.0 * rates.campaign / rates.bare
        ))?;
        Ok(0)
    })
}
