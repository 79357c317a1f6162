//! JUnit says what the results say, whoever reads it.

use crate::cases::{self, Case, Element};
use crate::fixture::{conclude, header, judgement, result};
use crate::junit_reader::{case, cases as read_cases, element, read, system_out, words, written};
use onem2m_conform::report::Results;
use onem2m_conform::verdict::{Outcome, Verdict};
use quick_junit::Report;

fn number(report: &Report, wanted: Element) -> usize {
    let cases = read_cases(report);
    cases
        .into_iter()
        .filter(|case| element(case) == wanted)
        .count()
}

fn assert_agrees(results: &Results) {
    let report = read(results);
    let counts = &results.counts;
    let findings = results.stale_waivers.len();
    assert_eq!(number(&report, Element::Success), counts.pass);
    assert_eq!(number(&report, Element::Failure), counts.fail + findings);
    assert_eq!(
        number(&report, Element::Error),
        counts.error + counts.inconclusive
    );
    let skipped = counts.not_applicable + counts.waived + counts.advisory;
    assert_eq!(number(&report, Element::Skipped), skipped);
    for suite in &report.test_suites {
        assert_eq!(suite.tests, suite.test_cases.len());
        let of = |wanted| {
            suite
                .test_cases
                .iter()
                .filter(|it| element(it) == wanted)
                .count()
        };
        assert_eq!(suite.failures, of(Element::Failure));
        assert_eq!(suite.errors, of(Element::Error));
    }
}

fn assert_is_red_if_nonconformant(results: &Results) {
    let report = read(results);
    let is_red = number(&report, Element::Failure) > 0;
    assert_eq!(
        is_red,
        results.outcome == Outcome::Nonconformant,
        "{}",
        written(results)
    );
}

#[test]
fn every_case_is_the_element_that_it_has_to_be() {
    for case_in in cases::all() {
        for strict in [false, true] {
            let report = read(&cases::run(&[case_in], strict));
            let written = element(case(&report, "CSE/ACP/OPS/001"));
            assert_eq!(
                written,
                case_in.element(strict),
                "{case_in:?}, strict {strict}"
            );
        }
    }
}

#[test]
fn every_pair_of_cases_is_red_exactly_if_nonconformant() {
    for one in cases::all() {
        for other in cases::all() {
            for strict in [false, true] {
                let results = cases::run(&[one, other], strict);
                assert_is_red_if_nonconformant(&results);
                assert_agrees(&results);
            }
        }
    }
}

#[test]
fn an_error_of_the_tester_is_never_green() {
    for case in cases::all().filter(|it| it.verdict == Verdict::Error) {
        assert!(number(&read(&cases::run(&[case], false)), Element::Error) > 0);
    }
}

#[test]
fn all_cases_together_agree_with_the_counts() {
    let all: Vec<Case> = cases::all().collect();
    assert_agrees(&cases::run(&all, false));
    assert_agrees(&cases::run(&all, true));
}

#[test]
fn a_case_stands_where_its_purpose_stands() {
    let results = conclude(
        header(false, vec![]),
        vec![result("CSE/ACP/OPS/006", judgement(Verdict::Pass))],
    );
    let report = read(&results);
    assert_eq!(report.test_suites[0].name.as_str(), "acp");
    let case = case(&report, "CSE/ACP/OPS/006");
    assert_eq!(case.classname.as_ref().unwrap().as_str(), "CSE.ACP.OPS");
    assert_eq!(
        system_out(case),
        "title: A retrieval outside the window is denied\n\
         catalogue: suite/catalogue/acp.toml\n\
         requirements: TS-0003/7.1.5/2\n\
         threats: 16\n\
         transcript: transcripts/CSE.ACP.OPS.006.jsonl\n\
         iut: Example CSE\n\
         iut_vendor: Example\n\
         iut_version: 1.0\n\
         seed: 42"
    );
}

#[test]
fn groups_are_suites() {
    let purposes = ["CSE/ACP/OPS/001", "CSE/SUB/OPS/001", "CSE/ACP/PV/001"]
        .map(|id| result(id, judgement(Verdict::Pass)));
    let report = read(&conclude(header(false, vec![]), purposes.into()));
    let suites = report.test_suites.iter();
    let suites: Vec<_> = suites
        .map(|suite| (suite.name.as_str(), suite.tests))
        .collect();
    assert_eq!(suites, [("acp", 2), ("sub", 1)]);
}

#[test]
fn a_failure_says_why() {
    let failed = result("CSE/ACP/OPS/001", judgement(Verdict::Fail));
    let report = read(&conclude(header(false, vec![]), vec![failed]));
    let (ty, message, body) = words(case(&report, "CSE/ACP/OPS/001"));
    assert_eq!(ty, "wrong_decision");
    assert_eq!(
        message,
        "expected response status code 4103; observed response status code 2000"
    );
    assert_eq!(
        body,
        "expected: response status code 4103\n\
         observed: response status code 2000\n\
         step: stimulus\n\
         reproduce: onem2m-conform run CSE/ACP/OPS/001 --seed 42"
    );
}

#[test]
fn what_was_not_judged_says_why() {
    let types = [
        (
            Verdict::Inconclusive,
            "inconclusive:timeout",
            "no answer in 3 s",
        ),
        (Verdict::Error, "error", "the transcript cannot be written"),
        (
            Verdict::NotApplicable,
            "not_applicable",
            "PICS_ACP is not claimed",
        ),
    ];
    for (verdict, expected_type, expected_message) in types {
        let purpose = result("CSE/ACP/OPS/001", judgement(verdict));
        let report = read(&conclude(header(false, vec![]), vec![purpose]));
        let (ty, message, _) = words(case(&report, "CSE/ACP/OPS/001"));
        assert_eq!(
            (ty.as_str(), message.as_str()),
            (expected_type, expected_message)
        );
    }
}

#[test]
fn a_waived_fail_names_owner_reason_and_end() {
    let waived = Case {
        verdict: Verdict::Fail,
        waived: cases::Waived::Validly,
        advisory: false,
    };
    let report = read(&cases::run(&[waived], false));
    let (ty, message, _) = words(case(&report, "CSE/ACP/OPS/001"));
    assert_eq!(ty, "waived");
    assert_eq!(
        message,
        "wrong_decision: waived by access team until 2026-11-21: fixed in 1.1"
    );
}

#[test]
fn a_stale_waiver_is_a_failed_case() {
    for verdict in [Verdict::Pass, Verdict::Fail] {
        let waived = Case {
            verdict,
            waived: cases::Waived::Expired,
            advisory: false,
        };
        let report = read(&cases::run(&[waived], false));
        let finding = case(&report, "waiver/CSE/ACP/OPS/001");
        assert_eq!(element(finding), Element::Failure);
        let (ty, message, _) = words(finding);
        assert_eq!(ty, "stale_waiver");
        assert_eq!(message, "the waiver of access team expired on 2026-11-20");
    }
}

#[test]
fn endless_purposes_do_not_overflow_the_time_of_their_suite() {
    let purposes = (1..=3).map(|number| {
        let passed = judgement(Verdict::Pass);
        let mut purpose = result(&format!("CSE/ACP/OPS/{number:03}"), passed);
        purpose.duration_ms = u64::MAX;
        purpose
    });
    assert_agrees(&conclude(header(false, vec![]), purposes.collect()));
}

#[test]
fn the_time_of_a_suite_has_three_decimals_at_most() {
    let times = (0..4000).map(|milliseconds| {
        let mut purpose = result("CSE/ACP/OPS/001", judgement(Verdict::Pass));
        purpose.duration_ms = milliseconds;
        written(&conclude(header(false, vec![]), vec![purpose]))
    });
    for xml in times {
        let suite = xml.split("<testsuite ").nth(1).unwrap();
        let time = suite
            .split(" time=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let decimals = time
            .split_once('.')
            .map_or(0, |(_, decimals)| decimals.len());
        assert!(decimals <= 3, "{time}");
    }
}
