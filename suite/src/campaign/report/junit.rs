//! `junit.xml`: a failure for each finding, so that no reader takes a campaign that found something for green.

use super::{Account, cause};
use crate::campaign::finding::Finding;
use crate::report::text::visible;
use junit_report::{Duration, ReportBuilder, TestCase, TestResult, TestSuite};
use std::io;

/// Writes the campaign as JUnit.
pub fn junit(account: &Account<'_>) -> io::Result<Vec<u8>> {
    let mut cases = vec![campaign(account)];
    let found = account.findings();
    cases.extend(found.map(|(file, finding)| finding_case(&file, finding)));
    let mut suite = TestSuite::new("fuzz");
    suite.set_timestamp(account.started);
    suite.add_testcases(cases);
    let mut report = ReportBuilder::new();
    report.add_testsuite(suite);
    let mut text = Vec::new();
    report
        .build()
        .write_xml(&mut text)
        .map_err(|error| io::Error::other(error.to_string()))?;
    Ok(text)
}

/// That it came to its end.
fn campaign(account: &Account<'_>) -> TestCase {
    let mut case = TestCase::success("campaign", Duration::ZERO);
    case.set_classname("fuzz");
    if let Some(why) = &account.hunted.ended {
        case.result = TestResult::Error {
            type_: "iut_died".into(),
            message: visible(why).into_owned(),
            cause: None,
        };
    }
    let standing = &account.hunted.standing;
    let lines = [
        format!("iut: {}", visible(account.iut)),
        format!("seed: {}", account.around.seed),
        format!("requests: {}", standing.requests),
        format!("sequences: {}", standing.sequences),
    ];
    case.set_system_out(&into_cdata(lines.join("\n")));
    case
}

fn finding_case(file: &str, finding: &Finding) -> TestCase {
    let trouble = &finding.trouble;
    let message = format!(
        "expected {}; observed {}",
        trouble.expected, trouble.observed
    );
    let type_ = match finding.is_certain() {
        true => cause(finding),
        false => format!("flaky:{}", cause(finding)),
    };
    let mut lines = vec![
        format!("clause: {}", visible(&trouble.clause)),
        format!("seen again: {} of {}", finding.reproduced, finding.attempts),
        format!("reproduce: onem2m-conform replay {file}"),
    ];
    let told = finding.told.iter();
    lines.extend(told.map(|step| format!("step: {}", visible(step))));
    let mut case = TestCase::success(&visible(&finding.id), Duration::ZERO);
    case.set_classname("fuzz");
    case.result = TestResult::Failure {
        type_,
        message: visible(&message).into_owned(),
        cause: Some(into_cdata(lines.join("\n"))),
    };
    case
}

/// The writer puts this into a CDATA section as it is: an end within it is split over two.
fn into_cdata(text: String) -> String {
    text.replace("]]>", "]]]]><![CDATA[>")
}
