use onem2m_vectors::Vector;
use serde::Serialize;

use super::chosen::chosen;
use crate::cli::args::VectorsListArgs;
use crate::cli::{CliError, output};

/// Everything that `vectors list --json` prints.
#[derive(Serialize)]
struct Listing<'v> {
    vectors: Vec<Row<'v>>,
}

#[derive(Serialize)]
struct Row<'v> {
    id: &'v str,
    kind: &'static str,
    reason: &'v str,
    source: &'v str,
    expected: Expected<'v>,
}

#[derive(Serialize)]
struct Expected<'v> {
    result: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'v str>,
}

/// Lists the vectors.
pub(super) fn execute(args: &VectorsListArgs) -> Result<u8, CliError> {
    let vectors = chosen(&args.chosen)?;
    if args.json {
        output::json(&Listing {
            vectors: vectors.iter().map(row).collect(),
        })?;
        return Ok(0);
    }
    let lines: String = vectors.iter().map(line).collect();
    output::data(&lines)?;
    output::talk(&output::count(vectors.len(), "vector"));
    Ok(0)
}

fn row(vector: &Vector) -> Row<'_> {
    Row {
        id: &vector.id,
        kind: vector.kind.name(),
        reason: &vector.reason,
        source: &vector.source,
        expected: Expected {
            result: vector.expected.outcome.to_string(),
            error: vector.expected.error.as_deref(),
        },
    }
}

fn line(vector: &Vector) -> String {
    let error = vector.expected.error.as_deref();
    format!(
        "{}  {:<10}  {}{}  [{}]\n",
        vector.id,
        vector.expected.outcome,
        vector.reason,
        error.map(|error| format!(" ({error})")).unwrap_or_default(),
        vector.source,
    )
}
