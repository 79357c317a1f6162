//! The results as Markdown: a summary for the page of a CI job (GitHub, GitLab).

mod escape;
mod table;

use super::meaning::meaning;
use super::untested::{Untested, ranges};
use super::word::word;
use super::{PurposeResult, Results, Standing};
use crate::catalogue::Catalogue;
use crate::verdict::Scope;
use escape::{code, html, list, plain};
use std::io::{self, Write};
use table::Table;

/// More failures than this are counted instead: the page of a job is no archive.
const FAILURES: usize = 50;

/// Writes a summary of a run: what it came to, who was judged, the counts, the failures, and what was
/// not tested. Nothing that came from elsewhere is read as Markdown or as HTML.
pub fn write_markdown(
    results: &Results,
    catalogue: &Catalogue,
    mut output: impl Write,
) -> io::Result<()> {
    write_outcome(results, &mut output)?;
    write_identity(results, &mut output)?;
    write_counts(results, &mut output)?;
    write_stale_waivers(results, &mut output)?;
    write_failures(results, catalogue, &mut output)?;
    write_findings(results, &mut output)?;
    write_untested(results, catalogue, &mut output)?;
    output.flush()
}

fn write_outcome(results: &Results, output: &mut impl Write) -> io::Result<()> {
    let scope = match results.header.scope {
        Scope::Full => "",
        Scope::Selection => " (over a selection of the purposes)",
    };
    let name = plain(&results.header.iut.name);
    writeln!(output, "## {name}: {}{scope}\n", results.outcome)?;
    writeln!(output, "{}\n", plain(&meaning(results)))
}

fn write_identity(results: &Results, output: &mut impl Write) -> io::Result<()> {
    let header = &results.header;
    let release = header.resolved.release.to_string();
    let roles = header.resolved.roles.join(", ");
    let tool = format!("{} {}", header.tool.name, header.tool.version);
    let mut table = Table::new(&["Implementation under test", ""]);
    for (term, value) in [
        ("Name", plain(&header.iut.name)),
        ("Vendor", plain(&header.iut.vendor)),
        ("Version", plain(&header.iut.version)),
        ("Roles", plain(&roles)),
        ("Release", plain(&release)),
        ("Tool", plain(&tool)),
        ("Catalogue", code(&header.tool.catalogue_sha256)),
        ("Seed", code(&header.seed.to_string())),
        ("Started", code(&header.started.to_string())),
    ] {
        table.row(&[term.into(), value]);
    }
    for (name, url) in &header.resolved.endpoints {
        table.row(&[format!("Endpoint {}", plain(name)), code(url)]);
    }
    table.write(output)
}

fn write_counts(results: &Results, output: &mut impl Write) -> io::Result<()> {
    let counts = &results.counts;
    let mut table = Table::new(&["Verdict", "Purposes"]);
    for standing in Standing::ALL {
        let number = counts.of_standing(standing).to_string();
        table.row(&[plain(standing.name()), number]);
    }
    if !results.stale_waivers.is_empty() {
        let number = results.stale_waivers.len().to_string();
        table.row(&["stale waiver".into(), number]);
    }
    table.row(&["**all**".into(), format!("**{}**", counts.total())]);
    table.write(output)
}

fn write_stale_waivers(results: &Results, output: &mut impl Write) -> io::Result<()> {
    if results.stale_waivers.is_empty() {
        return Ok(());
    }
    writeln!(output, "### Stale waivers\n")?;
    let mut table = Table::new(&["Purpose", "Why it is stale"]);
    for stale in &results.stale_waivers {
        table.row(&[code(&stale.waiver.purpose), plain(&stale.to_string())]);
    }
    table.write(output)
}

fn write_findings(results: &Results, output: &mut impl Write) -> io::Result<()> {
    if results.profile_findings.is_empty() {
        return Ok(());
    }
    writeln!(output, "### Claims that the implementation contradicts\n")?;
    let mut table = Table::new(&["Claim", "Finding"]);
    for finding in &results.profile_findings {
        table.row(&[code(&finding.claim), plain(&finding.to_string())]);
    }
    table.write(output)
}

fn write_failures(
    results: &Results,
    catalogue: &Catalogue,
    output: &mut impl Write,
) -> io::Result<()> {
    for (heading, standings) in [
        (
            "Failures",
            [Standing::Fail, Standing::AdvisoryFail, Standing::WaivedFail].as_slice(),
        ),
        ("Errors of the tester", [Standing::Error].as_slice()),
    ] {
        let standings = standings.iter();
        let told: Vec<_> = standings
            .flat_map(|standing| standing_so(results, *standing).map(move |it| (it, *standing)))
            .collect();
        if told.is_empty() {
            continue;
        }
        writeln!(output, "### {heading}\n")?;
        for (result, standing) in told.iter().take(FAILURES) {
            write_failure(result, *standing, catalogue, output)?;
        }
        let more = told.len().saturating_sub(FAILURES);
        if more > 0 {
            writeln!(output, "{more} more not shown here.\n")?;
        }
    }
    Ok(())
}

fn write_failure(
    result: &PurposeResult,
    standing: Standing,
    catalogue: &Catalogue,
    output: &mut impl Write,
) -> io::Result<()> {
    writeln!(
        output,
        "<details><summary><code>{}</code> {}: {}</summary>\n",
        html(&result.id),
        html(&word(result, standing)),
        html(&result.title)
    )?;
    let judgement = &result.judgement;
    let waiver = result.waiver.as_ref().map(|waiver| {
        format!(
            "{}, until {}: {}",
            waiver.owner, waiver.expires, waiver.reason
        )
    });
    for id in &result.requirements {
        let text = catalogue.requirements.get(id).map(|it| it.text.as_str());
        writeln!(
            output,
            "- demanded: {} {}",
            code(id),
            plain(text.unwrap_or_default())
        )?;
    }
    for (key, value) in [
        ("expected", &judgement.expected),
        ("observed", &judgement.observed),
        ("step", &judgement.step),
        ("waived by", &waiver),
        ("transcript", &result.transcript),
        ("reproduce", &result.reproduce),
    ] {
        if let Some(value) = value.as_ref().filter(|value| !value.is_empty()) {
            writeln!(output, "- {key}: {}", code(value))?;
        }
    }
    writeln!(output, "\n</details>\n")
}

fn write_untested(
    results: &Results,
    catalogue: &Catalogue,
    output: &mut impl Write,
) -> io::Result<()> {
    let untested = Untested::of(results, catalogue);
    let mut table = Table::new(&["Why", "Purposes", "Which"]);
    let mut add = |why: String, purposes: &[&PurposeResult]| {
        let ids = ranges(purposes.iter().map(|it| it.id.as_str()));
        table.row(&[why, purposes.len().to_string(), list(&ids)]);
    };
    for (claim, purposes) in &untested.not_applicable {
        add(format!("not applicable: {}", plain(claim)), purposes);
    }
    for (reason, purposes) in &untested.inconclusive {
        add(format!("inconclusive: {}", plain(reason)), purposes);
    }
    if !untested.errors.is_empty() {
        add("error of the tester".into(), &untested.errors);
    }
    if !untested.waived.is_empty() {
        add("failed under a waiver".into(), &untested.waived);
    }
    for (subgroup, ids) in &untested.unselected {
        let which = ranges(ids.iter().copied());
        let why = format!("not selected: {}", plain(subgroup));
        table.row(&[why, ids.len().to_string(), list(&which)]);
    }
    writeln!(output, "### What was not tested\n")?;
    if table.is_empty() {
        writeln!(
            output,
            "All purposes of the catalogue apply and were judged.\n"
        )?;
    } else {
        table.write(output)?;
    }
    let planned: usize = untested.planned.values().sum();
    writeln!(
        output,
        "Requirements in the ledger: {}; with purposes in this catalogue: {}; \
         not to be shown by a black box: {}; out of profile: {}; waiting for purposes: {planned}.",
        results.ledger.counts.total,
        results.ledger.counts.tested,
        untested.untestable,
        untested.out_of_profile
    )
}

fn standing_so(results: &Results, wanted: Standing) -> impl Iterator<Item = &PurposeResult> {
    let strict = results.header.strict;
    let purposes = results.purposes.iter();
    purposes.filter(move |result| result.standing(strict) == wanted)
}
