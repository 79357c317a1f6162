//! `fuzz.sarif`: the findings for those who gather them from many tools (SARIF 2.1.0).

use super::{Account, cause};
use crate::campaign::finding::Finding;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// The campaign as SARIF.
pub fn sarif(account: &Account<'_>) -> Value {
    let mut rules: BTreeMap<String, Value> = BTreeMap::new();
    let mut results = Vec::new();
    for (file, finding) in account.findings() {
        let rule = rule_id(finding);
        rules
            .entry(rule.clone())
            .or_insert_with(|| described(&rule, finding));
        results.push(result(&rule, &file, finding));
    }
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_values().collect::<Vec<_>>(),
            }},
            "invocations": [{ "executionSuccessful": account.hunted.ended.is_none() }],
            "properties": { "seed": account.around.seed, "endpoint": account.around.endpoint },
            "results": results,
        }],
    })
}

/// A cause and the clause that says what had to come.
fn rule_id(finding: &Finding) -> String {
    format!(
        "{}/{}",
        cause(finding),
        finding.trouble.clause.replace(' ', "_")
    )
}

fn described(rule: &str, finding: &Finding) -> Value {
    let text = format!("{} ({})", cause(finding), finding.trouble.clause);
    json!({ "id": rule, "shortDescription": { "text": text } })
}

fn result(rule: &str, file: &str, finding: &Finding) -> Value {
    let trouble = &finding.trouble;
    let text = format!(
        "{}: expected {}, observed {}",
        finding.at, trouble.expected, trouble.observed
    );
    let level = match finding.is_certain() {
        true => "error",
        false => "warning",
    };
    json!({
        "ruleId": rule,
        "level": level,
        "message": { "text": text },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": file } } }],
        "partialFingerprints": { "finding/v1": finding.id },
        "occurrenceCount": finding.count,
    })
}
