//! `--expect`: verdicts that were looked into and explained, compared both ways.

use crate::cli::CliError;
use crate::cli::output::{count, talk};
use crate::report::{PurposeResult, Results};
use crate::verdict::{Cause, Reason, Verdict};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The file: every applicable purpose of the selection stands in it once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Ids that pass.
    #[serde(default)]
    pass: Vec<String>,
    /// Ids that fail, and why the IUT is wrong.
    #[serde(default)]
    fail: Vec<ExpectedFail>,
    /// Ids that cannot be judged, and why.
    #[serde(default)]
    inconclusive: Vec<ExpectedInconclusive>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedFail {
    purpose: String,
    cause: Cause,
    /// The clause that the IUT breaks.
    clause: String,
    /// The deciding exchange, in words.
    exchange: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedInconclusive {
    purpose: String,
    reason: Reason,
    /// Why nothing can be said.
    because: String,
}

impl Expected {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Self, CliError> {
        let named = |error: &dyn std::fmt::Display| {
            CliError::usage(format!("{}: {error}", path.display()))
                .hint("an expectation file lists `pass`, [[fail]] and [[inconclusive]]")
        };
        let text = std::fs::read_to_string(path).map_err(|error| named(&error))?;
        let expected: Self = toml::from_str(&text).map_err(|error| named(&error))?;
        let unexplained = expected
            .fail
            .iter()
            .find(|fail| fail.clause.trim().is_empty() || fail.exchange.trim().is_empty())
            .map(|fail| fail.purpose.as_str())
            .or_else(|| {
                let silent = |item: &&ExpectedInconclusive| item.because.trim().is_empty();
                let item = expected.inconclusive.iter().find(silent);
                item.map(|item| item.purpose.as_str())
            });
        match unexplained {
            Some(purpose) => Err(named(&format!("{purpose} is not explained"))),
            None => Ok(expected),
        }
    }

    /// Says each difference; the exit code.
    pub fn compare(&self, results: &Results) -> Result<u8, CliError> {
        let mut expected = self.verdicts();
        let mut differences = Vec::new();
        for result in &results.purposes {
            if result.judgement.verdict == Verdict::NotApplicable {
                continue;
            }
            let shown = shown(result);
            match expected.remove(result.id.as_str()) {
                Some(verdict) if verdict == shown => {}
                Some(verdict) => {
                    differences.push(format!("{}: expected {verdict}, got {shown}", result.id));
                }
                None => differences.push(format!("{}: not expected, got {shown}", result.id)),
            }
        }
        for (id, verdict) in expected {
            differences.push(format!("{id}: expected {verdict}, not judged"));
        }
        if differences.is_empty() {
            talk("all verdicts are as expected");
            return Ok(0);
        }
        let number = count(differences.len(), "verdict");
        talk(&format!("{number} not as expected:"));
        for difference in &differences {
            talk(&format!("  {difference}"));
        }
        Ok(1)
    }

    fn verdicts(&self) -> BTreeMap<&str, String> {
        let pass = self.pass.iter().map(|id| (id.as_str(), "pass".to_owned()));
        let fail = self
            .fail
            .iter()
            .map(|fail| (fail.purpose.as_str(), format!("fail ({})", fail.cause)));
        let inconclusive = self.inconclusive.iter().map(|item| {
            let verdict = format!("inconclusive ({})", item.reason);
            (item.purpose.as_str(), verdict)
        });
        pass.chain(fail).chain(inconclusive).collect()
    }
}

fn shown(result: &PurposeResult) -> String {
    let judgement = &result.judgement;
    match (judgement.verdict, judgement.cause, judgement.reason) {
        (verdict, Some(cause), _) => format!("{verdict} ({cause})"),
        (verdict, _, Some(reason)) => format!("{verdict} ({reason})"),
        (verdict, ..) => verdict.to_string(),
    }
}
