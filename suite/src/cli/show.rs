//! `show`: the full text of a purpose.

use super::args::ShowArgs;
use super::{CliError, open, output};
use crate::catalogue::{Catalogue, Purpose};
use crate::suggest::nearest;

/// Shows a purpose.
pub fn execute(args: &ShowArgs) -> Result<u8, CliError> {
    let catalogue = open::catalogue()?;
    let purpose = find(&args.id, &catalogue)?;
    output::data(&text(purpose, &catalogue)?)?;
    Ok(0)
}

fn find<'a>(id: &str, catalogue: &'a Catalogue) -> Result<&'a Purpose, CliError> {
    let named = |purpose: &&Purpose| purpose.id.eq_ignore_ascii_case(id);
    catalogue.purposes.iter().find(named).ok_or_else(|| {
        let ids = catalogue.purposes.iter().map(|purpose| purpose.id.as_str());
        let hint = match nearest(id, ids) {
            Some(near) => format!("did you mean {near}?"),
            None => "`onem2m-conform list` names every purpose".into(),
        };
        CliError::usage(format!("no purpose has the id {id:?}")).hint(hint)
    })
}

fn text(purpose: &Purpose, catalogue: &Catalogue) -> Result<String, CliError> {
    let description = catalogue
        .describe(purpose)
        .map_err(|error| CliError::tester(format!("{}: {error}", purpose.id)))?;
    let weight = match catalogue.is_mandatory(purpose) {
        true => "mandatory",
        false => "advisory",
    };
    let mut text = format!(
        "{}: {}\n{}, {weight}\n",
        purpose.id, purpose.title, purpose.kind
    );
    section(&mut text, "Requirements", requirements(purpose, catalogue));
    section(&mut text, "Threats (TR-0008)", threats(purpose, catalogue));
    section(&mut text, "Applies if claimed", purpose.pics.clone());
    section(
        &mut text,
        "Not judged yet, since the suite lacks",
        purpose.lacks().map(str::to_owned).into_iter().collect(),
    );
    section(&mut text, "Before", description.initial);
    section(&mut text, "Then", description.steps);
    section(
        &mut text,
        "Twin, where every stimulus has to succeed",
        description.twin,
    );
    section(
        &mut text,
        "Runs alone because",
        purpose.alone.clone().into_iter().collect(),
    );
    section(&mut text, "Kills", purpose.kills.clone());
    section(
        &mut text,
        "Covers of TS-0018",
        catalogue.official_names(purpose),
    );
    section(
        &mut text,
        "Stands for, of TS-0013",
        purpose.interop.clone().into_iter().collect(),
    );
    section(
        &mut text,
        "Note",
        purpose.note.clone().into_iter().collect(),
    );
    Ok(text)
}

fn requirements(purpose: &Purpose, catalogue: &Catalogue) -> Vec<String> {
    let known = purpose
        .requirements
        .iter()
        .filter_map(|id| catalogue.requirements.get(id));
    known
        .map(|requirement| {
            format!(
                "{} ({}) {}",
                requirement.id, requirement.level, requirement.text
            )
        })
        .collect()
}

fn threats(purpose: &Purpose, catalogue: &Catalogue) -> Vec<String> {
    let known = purpose
        .threats
        .iter()
        .filter_map(|id| catalogue.threats.get(id));
    known
        .map(|threat| format!("{} {}", threat.id, threat.title))
        .collect()
}

fn section(text: &mut String, heading: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    *text += &format!("\n{heading}:\n");
    for line in lines {
        *text += &format!("  {line}\n");
    }
}
