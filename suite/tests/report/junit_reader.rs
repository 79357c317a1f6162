//! Reads JUnit with another library than the one that wrote it.

use crate::cases::Element;
use onem2m_conform::report::{Results, write_junit};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus};

pub fn written(results: &Results) -> String {
    let mut xml = Vec::new();
    write_junit(results, &mut xml).unwrap();
    String::from_utf8(xml).unwrap()
}

pub fn read(results: &Results) -> Report {
    let xml = written(results);
    Report::deserialize_from_str(&xml).unwrap_or_else(|error| panic!("{error}\n{xml}"))
}

pub fn cases(report: &Report) -> Vec<&TestCase> {
    report
        .test_suites
        .iter()
        .flat_map(|suite| &suite.test_cases)
        .collect()
}

pub fn case<'a>(report: &'a Report, name: &str) -> &'a TestCase {
    let named = cases(report)
        .into_iter()
        .find(|case| case.name.as_str() == name);
    named.unwrap_or_else(|| panic!("no case {name}"))
}

pub fn element(case: &TestCase) -> Element {
    match &case.status {
        TestCaseStatus::Success { .. } => Element::Success,
        TestCaseStatus::NonSuccess {
            kind: NonSuccessKind::Failure,
            ..
        } => Element::Failure,
        TestCaseStatus::NonSuccess {
            kind: NonSuccessKind::Error,
            ..
        } => Element::Error,
        TestCaseStatus::Skipped { .. } => Element::Skipped,
    }
}

/// The type, message and body of what did not succeed.
pub fn words(case: &TestCase) -> (String, String, String) {
    let (ty, message, description) = match &case.status {
        TestCaseStatus::Success { .. } => (&None, &None, &None),
        TestCaseStatus::NonSuccess {
            ty,
            message,
            description,
            ..
        }
        | TestCaseStatus::Skipped {
            ty,
            message,
            description,
        } => (ty, message, description),
    };
    let text = |it: &Option<quick_junit::XmlString>| {
        it.as_ref()
            .map(|it| it.as_str().to_owned())
            .unwrap_or_default()
    };
    (text(ty), text(message), text(description))
}

pub fn system_out(case: &TestCase) -> &str {
    case.system_out
        .as_ref()
        .map(|it| it.as_str())
        .unwrap_or_default()
}
