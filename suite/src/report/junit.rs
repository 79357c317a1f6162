//! `junit.xml`: the results for CI systems, in the dialect of Jenkins.
//!
//! A nonconformant run holds at least one `<failure>`, so that no reader takes it for green.

use super::folder::{Folder, JUNIT};
use super::text::visible;
use super::{Event, Header, PurposeResult, Reporter, Results, StaleWaiver, Standing};
use crate::verdict::Judgement;
use junit_report::{Duration, ReportBuilder, TestCase, TestResult, TestSuite};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes `junit.xml` into a folder.
pub struct JUnit(pub Folder);

impl Reporter for JUnit {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let Event::RunFinished(results) = event else {
            return Ok(());
        };
        let mut text = Vec::new();
        write_junit(results, &mut text)?;
        self.0.write(JUNIT, &text)
    }
}

/// Writes results as JUnit: a suite for each group, a case for each purpose and each stale waiver.
pub fn write_junit(results: &Results, output: impl Write) -> io::Result<()> {
    let mut suites: BTreeMap<&str, Vec<TestCase>> = BTreeMap::new();
    for result in &results.purposes {
        let cases = suites.entry(&result.group).or_default();
        cases.push(purpose_case(result, &results.header));
        let stale = &results.stale_waivers;
        let findings = stale.iter().filter(|it| it.waiver.purpose == result.id);
        cases.extend(findings.map(|stale| waiver_case(stale, result, &results.header)));
    }
    let mut report = ReportBuilder::new();
    for (group, cases) in suites {
        report.add_testsuite(suite(group, cases, results));
    }
    report
        .build()
        .write_xml(output)
        .map_err(|error| io::Error::other(error.to_string()))
}

fn suite(group: &str, mut cases: Vec<TestCase>, results: &Results) -> TestSuite {
    spell_shortly(&mut cases);
    let mut suite = TestSuite::new(&visible(group));
    suite.set_timestamp(results.header.started.into());
    suite.add_testcases(cases);
    let mut lines = Lines::default();
    lines.add("outcome", &results.outcome.to_string());
    lines.add("scope", &results.header.scope.to_string());
    lines.add_run(&results.header);
    suite.set_system_out(&lines.into_cdata());
    suite
}

fn purpose_case(result: &PurposeResult, header: &Header) -> TestCase {
    let judgement = &result.judgement;
    let kind = |word: String| visible(&word).into_owned();
    let outcome = match result.standing(header.strict) {
        Standing::Pass => TestResult::Success,
        Standing::Fail => TestResult::Failure {
            type_: kind(cause(judgement)),
            message: in_short(judgement),
            cause: explanation(result),
        },
        Standing::Error => TestResult::Error {
            type_: kind(judgement.verdict.to_string()),
            message: in_short(judgement),
            cause: explanation(result),
        },
        Standing::Inconclusive => TestResult::Error {
            type_: kind(reason(judgement)),
            message: in_short(judgement),
            cause: explanation(result),
        },
        Standing::NotApplicable => TestResult::SkippedWithCause {
            type_: "not_applicable".into(),
            message: in_short(judgement),
            cause: None,
        },
        Standing::AdvisoryFail => TestResult::SkippedWithCause {
            type_: "advisory".into(),
            message: format!("{}: {}", cause(judgement), in_short(judgement)),
            cause: explanation(result),
        },
        Standing::WaivedFail => TestResult::SkippedWithCause {
            type_: "waived".into(),
            message: format!("{}: {}", cause(judgement), waiver(result)),
            cause: explanation(result),
        },
    };
    let mut case = case(&result.id, result, outcome);
    // A bound that no sum of cases can overflow.
    let milliseconds = u32::try_from(result.duration_ms).unwrap_or(u32::MAX);
    case.time = Duration::milliseconds(milliseconds.into());
    let mut lines = Lines::default();
    lines.add("title", &result.title);
    // The schema of Jenkins knows no `file` attribute.
    lines.add(
        "catalogue",
        &format!("suite/catalogue/{}.toml", result.group),
    );
    lines.add("requirements", &result.requirements.join(", "));
    let threats: Vec<String> = result.threats.iter().map(u32::to_string).collect();
    lines.add("threats", &threats.join(", "));
    if let Some(transcript) = &result.transcript {
        lines.add("transcript", transcript);
    }
    lines.add_run(header);
    case.set_system_out(&lines.into_cdata());
    case
}

fn waiver_case(stale: &StaleWaiver, result: &PurposeResult, header: &Header) -> TestCase {
    let mut reasons = Lines::default();
    reasons.add("owner", &stale.waiver.owner);
    reasons.add("reason", &stale.waiver.reason);
    reasons.add("expires", &stale.waiver.expires.to_string());
    let outcome = TestResult::Failure {
        type_: "stale_waiver".into(),
        message: visible(&stale.to_string()).into_owned(),
        cause: Some(reasons.into_cdata()),
    };
    let mut case = case(&format!("waiver/{}", stale.waiver.purpose), result, outcome);
    let mut lines = Lines::default();
    lines.add_run(header);
    case.set_system_out(&lines.into_cdata());
    case
}

/// A case that stands where its purpose stands.
fn case(name: &str, result: &PurposeResult, outcome: TestResult) -> TestCase {
    let mut case = TestCase::success(&visible(name), Duration::ZERO);
    case.result = outcome;
    let (class, _) = result.id.rsplit_once('/').unwrap_or_default();
    case.set_classname(&visible(&class.replace('/', ".")));
    case
}

fn cause(judgement: &Judgement) -> String {
    judgement
        .cause
        .map_or_else(|| "fail".into(), |cause| cause.to_string())
}

fn reason(judgement: &Judgement) -> String {
    judgement.reason.map_or_else(
        || "inconclusive".into(),
        |reason| format!("inconclusive:{reason}"),
    )
}

fn in_short(judgement: &Judgement) -> String {
    let expected = judgement
        .expected
        .as_deref()
        .map(|it| format!("expected {it}"));
    let observed = judgement.observed.clone();
    let parts: Vec<String> = [expected, observed].into_iter().flatten().collect();
    visible(&parts.join("; observed ")).into_owned()
}

fn waiver(result: &PurposeResult) -> String {
    let waived = result.waiver.as_ref().map(|waiver| {
        format!(
            "waived by {} until {}: {}",
            waiver.owner, waiver.expires, waiver.reason
        )
    });
    visible(&waived.unwrap_or_default()).into_owned()
}

fn explanation(result: &PurposeResult) -> Option<String> {
    let judgement = &result.judgement;
    let mut lines = Lines::default();
    for (key, value) in [
        ("expected", &judgement.expected),
        ("observed", &judgement.observed),
        ("step", &judgement.step),
        ("reproduce", &result.reproduce),
    ] {
        if let Some(value) = value {
            lines.add(key, value);
        }
    }
    for detail in &judgement.details {
        lines.add("also", detail);
    }
    Some(lines.into_cdata())
}

/// `key: value`, one on a line; values cannot break out of theirs.
#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn add(&mut self, key: &str, value: &str) {
        self.0.push(format!("{key}: {}", visible(value)));
    }

    fn add_run(&mut self, header: &Header) {
        let iut = &header.iut;
        self.add("iut", &iut.name);
        self.add("iut_vendor", &iut.vendor);
        self.add("iut_version", &iut.version);
        self.add("seed", &header.seed.to_string());
    }

    /// The writer puts this into a CDATA section as it is: an end within it is split over two.
    fn into_cdata(self) -> String {
        self.0.join("\n").replace("]]>", "]]]]><![CDATA[>")
    }
}

/// The schema of Jenkins allows three decimals in the time of a suite, and the writer spells the
/// sum of its cases as a binary fraction. One that comes out longer is moved by a millisecond.
fn spell_shortly(cases: &mut [TestCase]) {
    let decimals = |cases: &[TestCase]| {
        let sum: Duration = cases.iter().map(|case| case.time).sum();
        let text = sum.as_seconds_f64().to_string();
        text.split_once('.')
            .map_or(0, |(_, decimals)| decimals.len())
    };
    while decimals(cases) > 3 {
        let Some(last) = cases.last_mut() else { return };
        last.time += Duration::MILLISECOND;
    }
}
