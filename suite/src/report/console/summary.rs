//! The summary at the end of a run.

use super::super::text::{count, visible};
use super::super::word::word;
use super::super::{PurposeResult, Results, Standing};
use crate::verdict::{Outcome, Scope};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// More names than this are counted instead.
const NAMES: usize = 8;

/// As many that could not be judged for one reason are told of like what failed: such are seldom foreseen.
const FEW: usize = 2;

/// Writes what did not pass and why, the numbers, and the outcome.
pub(super) fn write(
    results: &Results,
    folder: Option<&Path>,
    output: &mut impl Write,
) -> io::Result<()> {
    let strict = results.header.strict;
    let mut unjudged: BTreeMap<String, Vec<&PurposeResult>> = BTreeMap::new();
    for result in &results.purposes {
        let standing = result.standing(strict);
        match standing {
            Standing::Pass | Standing::NotApplicable => {}
            Standing::Inconclusive => unjudged
                .entry(word(result, standing))
                .or_default()
                .push(result),
            _ => write_in_full(result, standing, output)?,
        }
    }
    let (few, many): (Vec<_>, Vec<_>) = unjudged
        .into_iter()
        .partition(|(_, results)| results.len() <= FEW);
    for result in few.into_iter().flat_map(|(_, results)| results) {
        write_in_full(result, Standing::Inconclusive, output)?;
    }
    for (word, results) in many {
        let word = paint(Standing::Inconclusive, &word);
        writeln!(output, "{word}: {}", names(&results))?;
    }
    for stale in &results.stale_waivers {
        let id = visible(&stale.waiver.purpose);
        let word = paint(Standing::Fail, "stale waiver");
        writeln!(output, "{word} {id}: {}", visible(&stale.to_string()))?;
    }
    for finding in &results.profile_findings {
        writeln!(output, "profile: {}", visible(&finding.to_string()))?;
    }
    writeln!(output, "{}", numbers(results))?;
    writeln!(output, "seed: {}", results.header.seed)?;
    if let Some(folder) = folder {
        writeln!(output, "results: {}", folder.display())?;
    }
    writeln!(output, "outcome: {}", outcome(results))
}

fn write_in_full(
    result: &PurposeResult,
    standing: Standing,
    output: &mut impl Write,
) -> io::Result<()> {
    let word = paint(standing, &word(result, standing));
    let (id, title) = (visible(&result.id), visible(&result.title));
    writeln!(output, "{word} {id}: {title}")?;
    let judgement = &result.judgement;
    let waiver = result.waiver.as_ref().map(|waiver| {
        format!(
            "{}, until {}: {}",
            waiver.owner, waiver.expires, waiver.reason
        )
    });
    for (key, value) in [
        ("requirement", Some(result.requirements.join(", "))),
        ("expected", judgement.expected.clone()),
        ("observed", judgement.observed.clone()),
        ("step", judgement.step.clone()),
        ("waived by", waiver),
        ("transcript", result.transcript.clone()),
        ("reproduce", result.reproduce.clone()),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            writeln!(output, "  {key:<12} {}", visible(&value))?;
        }
        if key == "observed" {
            for detail in &judgement.details {
                writeln!(output, "  {:<12} {}", "also", visible(detail))?;
            }
        }
    }
    writeln!(output)
}

/// The text in the colour of a standing; the stream takes the colour away where none is wanted.
pub(super) fn paint(standing: Standing, text: &str) -> String {
    let colour = match standing {
        Standing::Pass => 32,
        Standing::Fail | Standing::Error => 31,
        Standing::AdvisoryFail | Standing::WaivedFail | Standing::Inconclusive => 33,
        Standing::NotApplicable => return text.into(),
    };
    format!("\u{1b}[{colour}m{text}\u{1b}[0m")
}

fn names(results: &[&PurposeResult]) -> String {
    let named = results.iter().take(NAMES);
    let named: Vec<_> = named.map(|result| visible(&result.id)).collect();
    let rest = results.len() - named.len();
    let named = named.join(", ");
    match rest {
        0 => named,
        rest => format!("{named} and {rest} more"),
    }
}

fn numbers(results: &Results) -> String {
    let counts = &results.counts;
    let parts: Vec<String> = [
        Standing::Pass,
        Standing::Fail,
        Standing::AdvisoryFail,
        Standing::WaivedFail,
        Standing::Inconclusive,
        Standing::Error,
        Standing::NotApplicable,
    ]
    .into_iter()
    .map(|standing| (counts.of_standing(standing), standing.name()))
    .filter(|(number, _)| *number > 0)
    .map(|(number, word)| format!("{number} {word}"))
    .collect();
    format!("{}: {}", count(counts.total(), "purpose"), parts.join(", "))
}

fn outcome(results: &Results) -> String {
    let standing = match results.outcome {
        Outcome::Conformant => Standing::Pass,
        Outcome::Partial => Standing::Inconclusive,
        Outcome::Nonconformant | Outcome::Error | Outcome::Unreachable => Standing::Fail,
    };
    let outcome = paint(standing, &results.outcome.to_string());
    match results.header.scope {
        Scope::Full => outcome,
        Scope::Selection => format!("{outcome} (over a selection of the purposes)"),
    }
}
