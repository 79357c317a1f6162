//! What a person reads.

use crate::cases::{self, Case};
use crate::fixture::{conclude, header, judgement, result};
use onem2m_conform::report::{Console, Event, Reporter, Results};
use onem2m_conform::verdict::{Judgement, Reason, Scope, Verdict};
use std::io;

/// Standard output and standard error of a run, without colours.
fn told(results: &Results) -> (String, String) {
    let (mut output, mut talk) = (Vec::new(), Vec::new());
    let plain_output = anstream::StripStream::new(&mut output as &mut (dyn io::Write + Send));
    let plain_talk = anstream::StripStream::new(&mut talk as &mut (dyn io::Write + Send));
    let mut console = Console::new(plain_output, plain_talk, false, None);
    let mut tell = |event| console.event(&event).unwrap();
    tell(Event::RunStarted {
        header: Box::new(results.header.clone()),
        purposes: results.purposes.len(),
    });
    for purpose in &results.purposes {
        tell(Event::PurposeStarted {
            id: purpose.id.clone(),
        });
        tell(Event::PurposeFinished(Box::new(purpose.clone())));
    }
    tell(Event::RunFinished(Box::new(results.clone())));
    drop(console);
    (
        String::from_utf8(output).unwrap(),
        String::from_utf8(talk).unwrap(),
    )
}

#[test]
fn a_failure_is_explained() {
    let failed = result("CSE/ACP/OPS/006", judgement(Verdict::Fail));
    let (output, talk) = told(&conclude(header(false, vec![]), vec![failed]));
    assert_eq!(
        talk,
        "judging Example CSE 1.0 with 1 purpose, seed 42\n\
         fail (wrong_decision) CSE/ACP/OPS/006\n"
    );
    assert_eq!(
        output,
        "fail (wrong_decision) CSE/ACP/OPS/006: A retrieval outside the window is denied\n\
         \x20 requirement  TS-0003/7.1.5/2\n\
         \x20 expected     response status code 4103\n\
         \x20 observed     response status code 2000\n\
         \x20 step         stimulus\n\
         \x20 transcript   transcripts/CSE.ACP.OPS.006.jsonl\n\
         \x20 reproduce    onem2m-conform run CSE/ACP/OPS/006 --seed 42\n\
         \n\
         1 purpose: 1 fail\n\
         seed: 42\n\
         outcome: nonconformant\n"
    );
}

#[test]
fn every_kind_of_end_is_counted() {
    let all: Vec<Case> = cases::all().collect();
    let (output, _) = told(&cases::run(&all, false));
    let numbers = "30 purposes: 6 pass, 2 fail, 2 fail (advisory), 2 fail (waived), \
                   6 inconclusive, 6 error, 6 not applicable\n";
    assert!(output.contains(numbers), "{output}");
}

#[test]
fn many_that_were_not_judged_are_named_together() {
    let purposes = (1..=20).map(|number| {
        let unreachable = Judgement::inconclusive(Reason::Unreachable, "connection refused");
        result(&format!("CSE/ACP/OPS/{number:03}"), unreachable)
    });
    let (output, _) = told(&conclude(header(false, vec![]), purposes.collect()));
    assert!(output.starts_with("inconclusive (unreachable): CSE/ACP/OPS/001, CSE/ACP/OPS/002, "));
    assert!(output.contains("CSE/ACP/OPS/008 and 12 more\n"));
}

#[test]
fn few_that_were_not_judged_are_told_with_what_was_observed() {
    let purposes = (1..=2).map(|number| {
        let refused = Judgement::inconclusive(Reason::Unreachable, "connection refused");
        result(&format!("CSE/ACP/OPS/{number:03}"), refused)
    });
    let (output, _) = told(&conclude(header(false, vec![]), purposes.collect()));
    for number in 1..=2 {
        let told = format!("inconclusive (unreachable) CSE/ACP/OPS/{number:03}: ");
        assert!(output.contains(&told), "{output}");
    }
    assert_eq!(
        output
            .matches("  observed     connection refused\n")
            .count(),
        2
    );
}

#[test]
fn a_selection_is_not_spoken_of_as_the_iut() {
    let mut header = header(false, vec![]);
    header.scope = Scope::Selection;
    let passed = result("CSE/ACP/OPS/001", judgement(Verdict::Pass));
    let (output, _) = told(&conclude(header, vec![passed]));
    assert!(output.ends_with("outcome: conformant (over a selection of the purposes)\n"));
}

#[test]
fn the_wire_cannot_command_the_terminal() {
    let failed = Judgement::fail(
        onem2m_conform::verdict::Cause::Leak,
        "nothing",
        "\u{1b}]0;owned\u{7}\u{1b}[2Joutcome: conformant\r",
    );
    let purpose = result("CSE/ACP/OPS/001", failed);
    let results = conclude(header(false, vec![]), vec![purpose]);
    let (mut output, mut talk) = (Vec::new(), Vec::new());
    let mut console = Console::new(&mut output, &mut talk, true, None);
    console
        .event(&Event::RunFinished(Box::new(results)))
        .unwrap();
    drop(console);
    let output = String::from_utf8(output).unwrap();
    assert!(output.contains("\\u{1b}]0;owned\\u{7}\\u{1b}[2Joutcome: conformant\\r\n"));
}
