//! `self-test`: the kill matrix of the suite against the faults of the reference.

use super::args::{ProfileArgs, SelfTestArgs};
use super::output::{self, count, talk};
use super::run::item;
use super::serve::named;
use super::{CliError, catalogue, profile};
use crate::engine::in_process;
use crate::engine::matrix::{Matrix, matrix};
use crate::engine::setup::facts;
use onem2m_server::faults::{self, Fault};
use std::time::Duration;

/// The seed of the matrix: it shall not differ from run to run.
const SEED: u64 = 1;

/// A hundred mutants find what a thousand do where every fault is known; `run` sends as many as the profile says.
const MUTANTS: &str = "100";

/// Nothing in the same process takes longer to arrive.
const PATIENCE: Duration = Duration::from_millis(50);

/// Runs the matrix; exit 1 if a fault survives, in the full form also if an invalid purpose is idle.
pub fn execute(args: &SelfTestArgs) -> Result<u8, CliError> {
    let catalogue = catalogue()?;
    let reference = ProfileArgs {
        profile: "reference".into(),
        sets: Vec::new(),
    };
    let mut profile = in_process::claiming(profile(&reference, &catalogue)?);
    profile
        .pixit
        .insert("PIXIT_FUZZ_COUNT".to_owned(), MUTANTS.to_owned());
    let items = catalogue
        .purposes
        .iter()
        .filter(|purpose| catalogue.applicable(purpose, &profile).is_ok())
        .map(item)
        .collect::<Result<Vec<_>, _>>()?;
    let chosen: Vec<&'static Fault> = match args.faults.is_empty() {
        true => faults::all().collect(),
        false => named(&args.faults)?,
    };
    let mut facts = facts(&profile, &catalogue, SEED);
    facts.patience = PATIENCE;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    let configuration = in_process::configuration();
    let jobs = std::thread::available_parallelism().map_or(2, |cores| cores.get() * 2);
    let matrix = runtime.block_on(matrix(
        &items,
        &facts,
        &configuration,
        &chosen,
        args.full,
        jobs,
    ));
    match args.json {
        true => output::json(&matrix)?,
        false => tell(&matrix)?,
    }
    judge(&matrix, items.len())
}

fn tell(matrix: &Matrix) -> Result<(), CliError> {
    let lines: String = matrix
        .faults
        .iter()
        .map(|row| {
            let mark = if row.is_killed() {
                "killed  "
            } else {
                "SURVIVES"
            };
            let killers = match row.killed_by.as_slice() {
                [] => "nothing failed".to_owned(),
                [only] => format!("by {only}"),
                [first, rest @ ..] => format!("by {first} and {} more", rest.len()),
            };
            format!("{mark} {} ({}) {killers}\n", row.name, row.requirement)
        })
        .collect();
    output::data(&lines)
}

fn judge(matrix: &Matrix, purposes: usize) -> Result<u8, CliError> {
    for (id, judgement) in &matrix.imperfect {
        let told = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
        talk(&format!(
            "{id} does not pass on the reference without faults: at {}, expected {}, observed {}",
            told(&judgement.step),
            told(&judgement.expected),
            told(&judgement.observed)
        ));
    }
    for id in &matrix.idle_purposes {
        talk(&format!("{id} kills nothing"));
    }
    let survivors = matrix.survivors();
    talk(&format!(
        "{} against {}: {} survive, {} idle",
        count(matrix.faults.len(), "fault"),
        count(purposes, "purpose"),
        survivors.len(),
        matrix.idle_purposes.len()
    ));
    if !matrix.imperfect.is_empty() {
        return Err(CliError::tester(
            "the reference without faults does not pass",
        ));
    }
    Ok(u8::from(
        !survivors.is_empty() || !matrix.idle_purposes.is_empty(),
    ))
}
