//! `list`: purposes with requirement, PICS and kind.

use super::args::ListArgs;
use super::{CliError, open, output, ts0018};
use crate::catalogue::{Catalogue, Kind, Pics, Pixit, Purpose};
use serde::Serialize;

/// Everything that `list --json` prints.
#[derive(Serialize)]
struct Listing<'a> {
    purposes: Vec<Row<'a>>,
    pics: Vec<&'a Pics>,
    pixit: Vec<&'a Pixit>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    group: String,
    title: &'a str,
    kind: Kind,
    advisory: bool,
    requirements: &'a [String],
    threats: &'a [u32],
    pics: &'a [String],
    ts0018: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interop: Option<&'a str>,
    kills: &'a [String],
}

/// Lists the purposes.
pub fn execute(args: &ListArgs) -> Result<u8, CliError> {
    let catalogue = open::catalogue()?;
    if args.ts0018 {
        return ts0018::list(args, &catalogue);
    }
    let purposes = catalogue.select(&args.patterns)?.purposes;
    if args.json {
        output::json(&Listing {
            purposes: purposes
                .into_iter()
                .map(|purpose| row(purpose, &catalogue))
                .collect(),
            pics: catalogue.pics.values().collect(),
            pixit: catalogue.pixit.values().collect(),
        })?;
        return Ok(0);
    }
    let lines: String = purposes
        .iter()
        .map(|purpose| line(purpose, &catalogue))
        .collect();
    output::data(&lines)?;
    output::talk(&output::count(purposes.len(), "purpose"));
    Ok(0)
}

fn row<'a>(purpose: &'a Purpose, catalogue: &Catalogue) -> Row<'a> {
    Row {
        id: &purpose.id,
        group: purpose.group(),
        title: &purpose.title,
        kind: purpose.kind,
        advisory: !catalogue.is_mandatory(purpose),
        requirements: &purpose.requirements,
        threats: &purpose.threats,
        pics: &purpose.pics,
        ts0018: catalogue.official_names(purpose),
        interop: purpose.interop.as_deref(),
        kills: &purpose.kills,
    }
}

fn line(purpose: &Purpose, catalogue: &Catalogue) -> String {
    let advisory = match catalogue.is_mandatory(purpose) {
        true => "",
        false => " (advisory)",
    };
    format!(
        "{}  {:<10}  {}{advisory}  [{}] [{}]\n",
        purpose.id,
        purpose.kind.to_string(),
        purpose.title,
        purpose.pics.join(" "),
        purpose.requirements.join(" "),
    )
}
