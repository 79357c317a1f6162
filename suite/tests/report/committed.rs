//! The schemas and examples in `reports/` are those of the types and writers of today.
//!
//! `UPDATE_REPORTS=1 cargo test -p onem2m-conform --test report` writes them anew.

use crate::cases::{self, Case, Waived};
use crate::catalogue::catalogue;
use crate::html_reader;
use crate::junit_reader;
use crate::markdown;
use crate::recorded;
use onem2m_conform::report::{Event, Jsonl, Manifest, Reporter, Results};
use onem2m_conform::verdict::{Scope, Verdict};
use schemars::{Schema, schema_for};
use std::fs;
use std::path::Path;

fn assert_committed(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../reports")
        .join(name);
    if std::env::var_os("UPDATE_REPORTS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "reports/{name} is not that of today: see UPDATE_REPORTS"
    );
}

fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

fn assert_schema(name: &str, schema: &Schema) {
    assert_committed(&format!("schema/{name}.schema.json"), &pretty(schema));
}

/// One purpose for each way to end that a reader has to tell apart.
fn example() -> Results {
    let cases = [
        (Verdict::Pass, Waived::Not, false),
        (Verdict::Fail, Waived::Not, false),
        (Verdict::Fail, Waived::Not, true),
        (Verdict::Fail, Waived::Validly, false),
        (Verdict::Pass, Waived::Validly, false),
        (Verdict::Inconclusive, Waived::Not, false),
        (Verdict::Error, Waived::Not, false),
        (Verdict::NotApplicable, Waived::Not, false),
    ];
    let cases = cases.map(|(verdict, waived, advisory)| Case {
        verdict,
        waived,
        advisory,
    });
    let mut results = cases::run(&cases, false);
    let catalogue = catalogue();
    results.ledger = catalogue.ledger();
    results.header.scope = Scope::Selection;
    results.header.tool.catalogue_sha256 = catalogue.sha256;
    results
}

#[test]
fn schema_of_results() {
    assert_schema("results-1", &schema_for!(Results));
}

#[test]
fn schema_of_the_manifest() {
    assert_schema("manifest-1", &schema_for!(Manifest));
}

#[test]
fn example_of_results() {
    assert_committed("examples/results.json", &pretty(&example()));
}

#[test]
fn example_of_result_lines() {
    let mut lines = Jsonl(Vec::new());
    let example = example();
    let started = Event::RunStarted {
        header: Box::new(example.header),
        purposes: example.purposes.len(),
    };
    lines.event(&started).unwrap();
    for purpose in example.purposes {
        let finished = Event::PurposeFinished(Box::new(purpose));
        lines.event(&finished).unwrap();
    }
    assert_committed(
        "examples/results.jsonl",
        &String::from_utf8(lines.0).unwrap(),
    );
}

#[test]
fn example_of_junit() {
    assert_committed("examples/junit.xml", &junit_reader::written(&example()));
}

#[test]
fn example_of_html() {
    let page = html_reader::written(&example(), &recorded::example());
    assert_committed("examples/report.html", &page);
}

#[test]
fn example_of_markdown() {
    assert_committed("examples/summary.md", &markdown::written(&example()));
}
