//! `promote`: makes a finding a purpose.

use super::args::PromoteArgs;
use super::output::{data, talk};
use super::replay::read;
use super::{CliError, catalogue};
use crate::campaign::promote::promote;
use crate::catalogue::{Catalogue, PurposeFile};
use crate::purposes::Behaviour;
use std::path::Path;

/// Where ids of promoted findings are.
const PREFIX: &str = "CSE/ACP/FUZZ/";

/// Prints the entry, or appends it to a file of the catalogue.
pub fn execute(args: &PromoteArgs) -> Result<u8, CliError> {
    let finding = read(&args.file)?;
    let catalogue = catalogue()?;
    let before = match &args.into {
        None => String::new(),
        Some(path) => std::fs::read_to_string(path)
            .map_err(|error| CliError::usage(format!("{}: {error}", path.display())))?,
    };
    let id = next_id(&catalogue, &before);
    let promoted = promote(&finding, &id).map_err(|why| {
        let name = args.file.display();
        CliError::usage(format!("{name} cannot be a purpose: {why}"))
            .hint("`replay` runs it as it is")
    })?;
    let text = written(&promoted.entry)?;
    check(&text)?;
    match &args.into {
        None => data(&text)?,
        Some(path) => append(path, &before, &text)?,
    }
    talk(&format!(
        "{id}: `onem2m-conform run {id}` runs it, once it is in suite/catalogue/acp.toml and built"
    ));
    Ok(0)
}

fn written(entry: &toml::Table) -> Result<String, CliError> {
    let mut file = toml::Table::new();
    let entries = vec![toml::Value::Table(entry.clone())];
    file.insert("purpose".into(), toml::Value::Array(entries));
    toml::to_string(&file).map_err(|error| CliError::tester(format!("no entry: {error}")))
}

/// What is written reads as a purpose that has a behaviour.
fn check(text: &str) -> Result<(), CliError> {
    let wrong = |error: String| CliError::tester(format!("the entry is no purpose: {error}"));
    let file: PurposeFile = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    for purpose in &file.purpose {
        Behaviour::of(purpose).map_err(wrong)?;
    }
    Ok(())
}

/// The first number that no purpose has.
fn next_id(catalogue: &Catalogue, text: &str) -> String {
    let is_free = |id: &String| {
        !catalogue.purposes.iter().any(|purpose| purpose.id == *id) && !text.contains(id.as_str())
    };
    (1..1000)
        .map(|number| format!("{PREFIX}{number:03}"))
        .find(is_free)
        .unwrap_or_else(|| format!("{PREFIX}1000"))
}

fn append(path: &Path, before: &str, text: &str) -> Result<(), CliError> {
    let joint = match before.ends_with('\n') || before.is_empty() {
        true => "\n",
        false => "\n\n",
    };
    std::fs::write(path, format!("{before}{joint}{text}"))
        .map_err(|error| CliError::usage(format!("{}: {error}", path.display())))
}
