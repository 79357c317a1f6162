//! The outcome of a run and its counts.

use crate::cases::{self, Case, Waived};
use crate::fixture::{conclude, expired_waiver, header, judgement, result, valid_waiver};
use onem2m_conform::report::Results;
use onem2m_conform::verdict::{Judgement, Outcome, Reason, Verdict};

fn outcome_of(judgements: Vec<Judgement>) -> Outcome {
    let purposes = judgements
        .into_iter()
        .zip(1..)
        .map(|(judgement, number)| result(&format!("CSE/ACP/OPS/{number:03}"), judgement))
        .collect();
    conclude(header(false, vec![]), purposes).outcome
}

fn unreachable() -> Judgement {
    Judgement::inconclusive(Reason::Unreachable, "connection refused")
}

#[test]
fn every_case_alone_has_its_outcome() {
    for case in cases::all() {
        for strict in [false, true] {
            let outcome = cases::run(&[case], strict).outcome;
            assert_eq!(outcome, case.outcome(strict), "{case:?}, strict {strict}");
        }
    }
}

#[test]
fn a_fail_outweighs_everything_beside_it() {
    let fail = Case {
        verdict: Verdict::Fail,
        waived: Waived::Not,
        advisory: false,
    };
    for case in cases::all() {
        assert_eq!(
            cases::run(&[case, fail], false).outcome,
            Outcome::Nonconformant
        );
    }
}

#[test]
fn a_pass_beside_it_mends_nothing_that_was_judged() {
    let pass = Case {
        verdict: Verdict::Pass,
        waived: Waived::Not,
        advisory: false,
    };
    for case in cases::all().filter(|case| case.verdict != Verdict::NotApplicable) {
        assert_eq!(
            cases::run(&[case, pass], false).outcome,
            case.outcome(false),
            "{case:?}"
        );
    }
}

#[test]
fn every_purpose_is_counted_once() {
    let cases: Vec<Case> = cases::all().collect();
    for strict in [false, true] {
        assert_eq!(cases::run(&cases, strict).counts.total(), cases.len());
    }
}

#[test]
fn a_waived_fail_counts_only_as_waived() {
    let waived = Case {
        verdict: Verdict::Fail,
        waived: Waived::Validly,
        advisory: false,
    };
    let counts = cases::run(&[waived], false).counts;
    assert_eq!((counts.fail, counts.waived, counts.total()), (0, 1, 1));
}

#[test]
fn nothing_reached_is_unreachable() {
    assert_eq!(
        outcome_of(vec![unreachable(), unreachable()]),
        Outcome::Unreachable
    );
}

#[test]
fn one_answer_shows_that_it_was_reached() {
    let verdicts = vec![unreachable(), judgement(Verdict::Pass)];
    assert_eq!(outcome_of(verdicts), Outcome::Partial);
    let precondition = Judgement::inconclusive(Reason::Precondition, "4103");
    assert_eq!(
        outcome_of(vec![unreachable(), precondition]),
        Outcome::Partial
    );
}

#[test]
fn an_error_outweighs_an_unreachable_iut() {
    let verdicts = vec![unreachable(), judgement(Verdict::Error)];
    assert_eq!(outcome_of(verdicts), Outcome::Error);
}

#[test]
fn nothing_judged_is_never_conformant() {
    assert_eq!(outcome_of(vec![]), Outcome::Partial);
    assert_eq!(
        outcome_of(vec![judgement(Verdict::NotApplicable)]),
        Outcome::Partial
    );
}

#[test]
fn a_waiver_outside_the_selection_does_not_matter() {
    let waivers = vec![expired_waiver("CSE/SUB/OPS/001")];
    let purposes = vec![result("CSE/ACP/OPS/001", judgement(Verdict::Pass))];
    assert_eq!(
        conclude(header(false, waivers), purposes).outcome,
        Outcome::Conformant
    );
}

#[test]
fn results_read_back_as_they_were_written() {
    let cases: Vec<Case> = cases::all().collect();
    let results = cases::run(&cases, true);
    let text = serde_json::to_string(&results).unwrap();
    assert_eq!(serde_json::from_str::<Results>(&text).unwrap(), results);
}

#[test]
fn concluding_again_from_what_was_written_changes_nothing() {
    let purpose = result("CSE/ACP/OPS/001", judgement(Verdict::Fail));
    let waivers = vec![valid_waiver("CSE/ACP/OPS/001")];
    let first = conclude(header(false, waivers), vec![purpose]);
    assert_eq!(
        conclude(first.header.clone(), first.purposes.clone()),
        first
    );
}
