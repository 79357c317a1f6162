//! `ledger`: what becomes of every requirement.

use super::args::LedgerArgs;
use super::{CliError, open, output};
use crate::catalogue::{Disposition, Ledger, LedgerEntry};

/// Prints the ledger; 1 if a requirement has no disposition.
pub fn execute(args: &LedgerArgs) -> Result<u8, CliError> {
    let ledger = open::unlinted_catalogue()?.ledger();
    if args.json {
        output::json(&ledger)?;
    } else {
        let lines: String = ledger.requirements.iter().map(line).collect();
        output::data(&lines)?;
        output::talk(&summary(&ledger));
    }
    Ok(u8::from(ledger.counts.undisposed > 0))
}

fn line(entry: &LedgerEntry) -> String {
    let disposition = match &entry.disposition {
        Disposition::Tested { purposes } if depends_on_names(entry) => format!(
            "tested by {}, by names of this project where TS-0032 has those of the standard",
            purposes.join(" ")
        ),
        Disposition::Tested { purposes } => format!("tested by {}", purposes.join(" ")),
        Disposition::Planned { group } => format!("planned in {group}"),
        Disposition::Untestable { reason } => format!("not black-box testable: {reason}"),
        Disposition::OutOfProfile { reason } => format!("out of profile: {reason}"),
        Disposition::Undisposed => "NO DISPOSITION".into(),
    };
    format!("{}  {}  {disposition}\n", entry.id, entry.level)
}

/// Whether all purposes that judge a requirement go by names of `ts0032-names.toml`.
fn depends_on_names(entry: &LedgerEntry) -> bool {
    match &entry.disposition {
        Disposition::Tested { purposes } => {
            let of_service = |id: &String| id.starts_with("MAF/") || id.starts_with("MEF/");
            purposes.iter().all(of_service)
        }
        _ => false,
    }
}

fn summary(ledger: &Ledger) -> String {
    let counts = ledger.counts;
    let named = ledger.requirements.iter();
    let named = named.filter(|entry| depends_on_names(entry)).count();
    format!(
        "{}: {} tested ({named} by the names of ts0032-names.toml alone), {} planned, {} not black-box testable, {} out of profile, {} without disposition",
        output::count(counts.total, "requirement"),
        counts.tested,
        counts.planned,
        counts.untestable,
        counts.out_of_profile,
        counts.undisposed,
    )
}
