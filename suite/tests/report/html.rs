//! The page says what the results say, and what JUnit says.

use crate::cases::{self, Case, Element, Waived};
use crate::fixture::{conclude, header, judgement, result};
use crate::html_reader::{Page, read, read_with, text, written};
use crate::junit_reader::{self, cases as junit_cases, element};
use crate::recorded::{Always, Never, example, retrieval};
use onem2m_conform::catalogue::behaviour::Role;
use onem2m_conform::report::Results;
use onem2m_conform::verdict::{Judgement, Reason, Scope, Verdict};
use std::collections::BTreeMap;

/// What JUnit has to say of a row of the page.
fn in_junit(standing: &str) -> Element {
    match standing {
        "pass" => Element::Success,
        "fail" => Element::Failure,
        "error" | "inconclusive" => Element::Error,
        "advisory" | "waived" | "not_applicable" => Element::Skipped,
        other => panic!("{other} is no standing"),
    }
}

/// Every purpose and stale waiver of the page, as JUnit has to name it.
fn on_page(page: &Page) -> BTreeMap<String, Element> {
    let rows = page.all("[data-purpose]").into_iter().map(|row| {
        let standing = row.attr("data-standing").unwrap();
        (
            row.attr("data-purpose").unwrap().to_owned(),
            in_junit(standing),
        )
    });
    let stale = page.values("data-stale-waiver").into_iter();
    let stale = stale.map(|id| (format!("waiver/{id}"), Element::Failure));
    rows.chain(stale).collect()
}

fn assert_agrees(results: &Results) {
    let page = read(results);
    let counts = &results.counts;
    for (key, number) in [
        ("pass", counts.pass),
        ("fail", counts.fail),
        ("inconclusive", counts.inconclusive),
        ("not_applicable", counts.not_applicable),
        ("error", counts.error),
        ("waived", counts.waived),
        ("advisory", counts.advisory),
    ] {
        assert_eq!(page.count(key), number, "{key}");
        let rows = page.all(&format!("[data-standing={key}]"));
        assert_eq!(rows.len(), number, "{key}");
    }
    assert_eq!(page.count("total"), results.purposes.len());
    assert_eq!(page.count("stale_waivers"), results.stale_waivers.len());
    let outcome = page.values("data-outcome");
    assert_eq!(outcome, [results.outcome.to_string()]);

    let report = junit_reader::read(results);
    let junit: BTreeMap<String, Element> = junit_cases(&report)
        .into_iter()
        .map(|case| (case.name.to_string(), element(case)))
        .collect();
    assert_eq!(on_page(&page), junit);
}

fn failed_at(step: &str) -> Results {
    let failed = judgement(Verdict::Fail).at(step);
    conclude(
        header(false, vec![]),
        vec![result("CSE/ACP/OPS/001", failed)],
    )
}

#[test]
fn every_case_alone_agrees_with_junit_and_results() {
    for case in cases::all() {
        for strict in [false, true] {
            assert_agrees(&cases::run(&[case], strict));
        }
    }
}

#[test]
fn all_cases_together_agree_with_junit_and_results() {
    let all: Vec<Case> = cases::all().collect();
    assert_agrees(&cases::run(&all, false));
    assert_agrees(&cases::run(&all, true));
}

#[test]
fn parser_has_nothing_to_complain_of() {
    let all: Vec<Case> = cases::all().collect();
    assert_eq!(read(&cases::run(&all, false)).errors(), [""; 0]);
}

#[test]
fn every_id_is_unique_and_every_reference_leads_somewhere() {
    let all: Vec<Case> = cases::all().collect();
    let page = read(&cases::run(&all, false));
    let mut ids = page.values("id");
    ids.sort();
    let number = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), number);
    for reference in page.values("href") {
        match reference.strip_prefix('#') {
            Some(id) => assert!(ids.iter().any(|it| it == id), "{reference}"),
            None => assert!(reference.starts_with("transcripts/"), "{reference}"),
        }
    }
}

#[test]
fn identity_outcome_and_scope_come_first() {
    let page = read(&failed_at("stimulus"));
    let sections = page.all("main > section");
    let order: Vec<_> = sections.iter().map(|it| it.attr("id").unwrap()).collect();
    let expected = [
        "identity", "outcome", "untold", "counts", "groups", "failures", "unjudged", "purposes",
        "ledger", "threats", "declared", "run",
    ];
    assert_eq!(order, expected);
}

#[test]
fn every_part_has_a_name_and_every_table_a_caption() {
    let all: Vec<Case> = cases::all().collect();
    let page = read(&cases::run(&all, false));
    assert_eq!(page.all("main").len(), 1);
    assert_eq!(page.all("h1").len(), 1);
    for section in page.all("section, article") {
        let name = section.attr("aria-labelledby").unwrap();
        assert!(!page.text(&format!("[id='{name}']")).is_empty());
    }
    assert_eq!(
        page.all("table").len(),
        page.all("table > caption:first-child").len()
    );
    for head in page.all("th") {
        assert!(matches!(head.attr("scope"), Some("row" | "col")));
    }
    assert_eq!(page.all("html[lang=en]").len(), 1);
}

#[test]
fn failure_shows_the_exchange_at_which_the_verdict_fell() {
    let page = read(&failed_at("stimulus"));
    let finding = text(page.one("[data-finding='CSE/ACP/OPS/001']"));
    for part in [
        "A retrieval outside the window is denied",
        "fail (wrong_decision)",
        "TS-0003/7.1.5/2 A request outside every window of a rule is not permitted by that rule. TS-0003 V3.18.0, 7.1.5 (shall)",
        "Expected response status code 4103",
        "Observed response status code 2000",
        "onem2m-conform run CSE/ACP/OPS/001 --seed 42",
        "Deciding exchange line 2 of the transcript: stimulus, sent by AE2",
        "GET /cse-in/confabcdefgh-cntT x-m2m-origin: CconfabcdefghA2",
        "HTTP status 200 x-m2m-rsc: 2000",
        "{\"m2m:cnt\":{\"rn\":\"confabcdefgh-cntT\",\"ty\":3,\"ri\":\"cnt0000001\"}}",
    ] {
        assert!(finding.contains(part), "{part:?} is not in {finding:?}");
    }
    let link = page.one("[data-finding] a[href^=transcripts]");
    assert_eq!(link.attr("href"), Some("transcripts/CSE.ACP.OPS.001.jsonl"));
}

#[test]
fn last_attempt_is_the_one_that_decided() {
    let json = ("content-type", "application/json");
    let attempts = Always(vec![
        retrieval("stimulus", Role::Stimulus, json, b"first"),
        retrieval("stimulus", Role::Stimulus, json, b"second"),
    ]);
    let page = read_with(&failed_at("stimulus"), &attempts);
    assert_eq!(page.text(".exchange .body"), "second");
}

#[test]
fn missing_exchange_is_said() {
    let unreadable = read_with(&failed_at("stimulus"), &Never);
    let why = "the transcript cannot be read: entity not found";
    assert!(text(unreadable.one("[data-finding]")).contains(why));
    let another_step = read(&failed_at("clean-up"));
    let why = "the verdict fell before anything was sent in that step";
    assert!(text(another_step.one("[data-finding]")).contains(why));
}

#[test]
fn what_was_not_tested_is_told_by_its_reason() {
    let purposes = vec![
        result("CSE/ACP/OPS/001", judgement(Verdict::NotApplicable)),
        result("CSE/ACP/OPS/002", judgement(Verdict::NotApplicable)),
        result("CSE/ACP/OPS/004", judgement(Verdict::NotApplicable)),
        result("CSE/ACP/OPS/005", judgement(Verdict::Inconclusive)),
    ];
    let mut header = header(false, vec![]);
    header.scope = Scope::Selection;
    let page = read(&conclude(header, purposes));
    let untold = page.text("#untold");
    for part in [
        "PICS_ACP is not claimed 3 CSE/ACP/OPS/001–002, 004",
        "inconclusive: timeout 1 CSE/ACP/OPS/005",
        "CSE/ACP/OPS 8 CSE/ACP/OPS/003, 006–012",
    ] {
        assert!(untold.contains(part), "{part:?} is not in {untold:?}");
    }
    assert!(
        page.text("#outcome")
            .contains("of the selection, not of the IUT")
    );
}

#[test]
fn requirement_and_threat_lead_to_verdicts() {
    let purposes = vec![
        result("CSE/ACP/OPS/001", judgement(Verdict::Pass)),
        result("CSE/ACP/OPS/002", judgement(Verdict::Pass)),
        result("CSE/ACP/OPS/003", judgement(Verdict::Fail)),
    ];
    let page = read(&conclude(header(false, vec![]), purposes));
    let row = page.one("[data-requirement='TS-0003/7.1.5/2'][data-disposition=tested]");
    assert!(text(row).ends_with("1 fail CSE/ACP/OPS/003 2 pass CSE/ACP/OPS/001–002"));
    let threat = text(page.one("[data-threat='16']"));
    assert!(threat.contains("20 Rigorous input validation 1 fail CSE/ACP/OPS/003 2 pass"));
    assert!(threat.ends_with("9 not in this run CSE/ACP/OPS/004–012"));
    assert!(text(page.one("[data-threat='17']")).ends_with("no purpose yet"));
}

#[test]
fn defaults_and_disputes_are_marked() {
    let declared = read(&failed_at("stimulus")).text("#declared");
    for part in [
        "PICS_ACP <accessControlPolicy> decides requests",
        "PIXIT_TWAIT 3000 default milliseconds to wait for an answer",
        "window-outside Retrieve outside every window 4103 by TS-0004 V3.32.0, 7.3.3.15",
    ] {
        assert!(declared.contains(part), "{part:?} is not in {declared:?}");
    }
    assert!(!declared.contains("4105"), "a reading of another release");
}

#[test]
fn unreached_iut_is_spoken_of_as_such() {
    let unreachable = Judgement::inconclusive(Reason::Unreachable, "connection refused");
    let purpose = result("CSE/ACP/OPS/001", unreachable);
    let page = read(&conclude(header(false, vec![]), vec![purpose]));
    assert!(page.text("#outcome").contains("The IUT was never reached"));
    assert!(page.text("#unjudged").contains("connection refused"));
}

#[test]
fn waived_failure_names_owner_reason_and_end() {
    let waived = Case {
        verdict: Verdict::Fail,
        waived: Waived::Validly,
        advisory: false,
    };
    let page = read(&cases::run(&[waived], false));
    let who = "access team, until 2026-11-21: fixed in 1.1";
    assert!(page.text("#untold").contains(who));
    assert!(page.text("#excused").contains(who));
}

#[test]
fn every_outcome_has_its_sentence() {
    let sentence = |verdict, scope| {
        let mut header = header(false, vec![]);
        header.scope = scope;
        let purpose = result("CSE/ACP/OPS/001", judgement(verdict));
        read(&conclude(header, vec![purpose])).text(".meaning")
    };
    for (verdict, scope, expected) in [
        (
            Verdict::Pass,
            Scope::Full,
            "Every purpose of the catalogue that applies to the IUT passed.",
        ),
        (
            Verdict::Pass,
            Scope::Selection,
            "Every selected purpose that applies passed, which says nothing of the IUT as a whole.",
        ),
        (
            Verdict::Fail,
            Scope::Full,
            "1 purpose failed: the IUT does not do what the specifications demand.",
        ),
        (
            Verdict::Error,
            Scope::Full,
            "The tester itself failed at 1 purpose: nothing is said of the conformance of the IUT.",
        ),
        (
            Verdict::Inconclusive,
            Scope::Full,
            "Nothing that was judged failed unwaived, but 1 applicable purpose could not be judged: this is no statement of conformance.",
        ),
        (
            Verdict::NotApplicable,
            Scope::Full,
            "Nothing that was judged failed unwaived, but no purpose that was selected applies to the IUT: this is no statement of conformance.",
        ),
    ] {
        assert_eq!(sentence(verdict, scope), expected);
    }
}

#[test]
fn other_catalogue_is_said() {
    let said = read(&failed_at("stimulus")).text("#outcome");
    assert!(said.contains("judged with another catalogue"), "{said}");
}

#[test]
fn page_stays_small_when_everything_fails_with_a_huge_answer() {
    let json = ("content-type", "application/json");
    let huge = Always(vec![retrieval(
        "stimulus",
        Role::Stimulus,
        json,
        &vec![b'"'; 4 << 20],
    )]);
    let failed = (1..=40).map(|number| {
        let failed = judgement(Verdict::Fail);
        result(&format!("CSE/ACP/OPS/{number:03}"), failed)
    });
    let results = conclude(header(false, vec![]), failed.collect());
    let page = written(&results, &huge);
    assert!(page.len() < 2_000_000, "{}", page.len());
    assert!(page.contains("cut: the body has 4194304 octets"));
}

#[test]
fn four_hundred_failures_stay_below_two_megabytes() {
    let failed = (1..=400).map(|number| {
        let failed = judgement(Verdict::Fail);
        result(&format!("CSE/ACP/OPS/{number:03}"), failed)
    });
    let results = conclude(header(false, vec![]), failed.collect());
    let length = written(&results, &example()).len();
    assert!(length < 2_000_000, "{length}");
}
