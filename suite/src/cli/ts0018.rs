//! `list --ts0018`: the official security test cases, and the purposes that cover each.

use super::CliError;
use super::args::ListArgs;
use super::output::{self, count, talk};
use crate::catalogue::{Catalogue, OfficialCase};
use serde::Serialize;

/// Everything that `list --ts0018 --json` prints.
#[derive(Serialize)]
struct Listing<'a> {
    ts0018: Vec<&'a OfficialCase>,
}

/// Lists the official cases: those that the selected purposes cover, or all without a selection.
pub fn list(args: &ListArgs, catalogue: &Catalogue) -> Result<u8, CliError> {
    let selection = catalogue.select(&args.patterns)?.purposes;
    let is_meant = |case: &&OfficialCase| {
        args.patterns.is_empty()
            || selection
                .iter()
                .any(|purpose| case.covered_by.contains(&purpose.id))
    };
    let cases: Vec<&OfficialCase> = catalogue.official.iter().filter(is_meant).collect();
    if args.json {
        output::json(&Listing { ts0018: cases })?;
        return Ok(0);
    }
    let lines: String = cases.iter().map(|case| line(case)).collect();
    output::data(&lines)?;
    let covered = cases.iter().filter(|case| !case.covered_by.is_empty());
    let covered = covered.count();
    talk(&format!(
        "{}: {covered} covered, {} planned",
        count(cases.len(), "official case"),
        cases.len() - covered
    ));
    Ok(0)
}

fn line(case: &OfficialCase) -> String {
    let by = match &case.planned {
        Some(subgroup) => format!("planned in {subgroup}"),
        None => case.covered_by.join(" "),
    };
    format!(
        "{}  {:<9}  {}  [{by}]\n",
        case.id,
        case.expects.to_string(),
        case.summary,
    )
}
