//! A hostile IUT neither hangs nor crashes the tester, nor leads it elsewhere: the run ends by
//! itself, with the exit code of its outcome, a message, and results that can be read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod child;
mod hostility;
mod iut;
mod reference;
mod wire;

use child::{Ended, call, folder};
use hostility::Hostility;
use iut::When;
use onem2m_conform::report::{Recorded, Results};
use onem2m_conform::verdict::{Cause, Outcome, Reason, Verdict};
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::PathBuf;

/// A run against a hostile IUT.
struct Run {
    ended: Ended,
    results: Results,
    folder: PathBuf,
}

impl Run {
    fn new(name: &str, selection: &str, when: When) -> Self {
        let address = iut::start(when);
        let folder = folder(&format!("hostile-{name}"));
        let ended = call(&[
            "run",
            selection,
            "--set",
            &format!("endpoints.http=http://{address}"),
            "--set",
            "limits.response_timeout_ms=300",
            "--jobs",
            "4",
            "--seed",
            "7",
            "--out",
            folder.to_str().unwrap(),
        ]);
        let results = Results::read(&folder.join("results.json")).unwrap();
        assert_eq!(ended.code, i32::from(results.outcome.exit_code()));
        let run = Self {
            ended,
            results,
            folder,
        };
        run.assert_readable();
        run
    }

    /// Each purpose is there, its line too if it was run, and each transcript leads to its verdict.
    fn assert_readable(&self) {
        let lines = Recorded::read(&self.folder.join("results.jsonl")).unwrap();
        for line in &lines.purposes {
            assert!(self.results.purposes.iter().any(|it| it.id == line.id));
        }
        let again = call(&["rejudge", self.folder.to_str().unwrap()]);
        assert_eq!(again.code, 0, "{}", again.data);
    }

    #[track_caller]
    fn assert_outcome(&self, outcome: Outcome) {
        let Ended { data, talk, .. } = &self.ended;
        assert_eq!(self.results.outcome, outcome, "{talk}{data}");
        assert!(data.contains(&outcome.to_string()), "{data}");
    }
}

/// Hostile from the first request, the IUT is not reached, or nothing can be said of it.
#[track_caller]
fn survives_throughout(name: &str, hostility: Hostility, outcome: Outcome) {
    let when = When::Throughout(hostility);
    let run = Run::new(&format!("{name}-throughout"), "CSE/ACP/OPS/00*", when);
    run.assert_outcome(outcome);
    assert_eq!(run.results.purposes.len(), 9);
    for purpose in &run.results.purposes {
        assert_eq!(
            purpose.judgement.verdict,
            Verdict::Inconclusive,
            "{purpose:?}"
        );
    }
    let said = match outcome {
        Outcome::Unreachable => ["was not reached", "hint: is http://127.0.0.1:"],
        _ => ["CAdmin does not retrieve the CSEBase", "note: "],
    };
    for said in said {
        assert!(run.ended.talk.contains(said), "{}", run.ended.talk);
    }
}

/// Hostile to the stimulus alone, the IUT fails with the cause.
#[track_caller]
fn survives_as_answer(name: &str, hostility: Hostility, cause: Cause) {
    let when = When::Stimulus(hostility);
    let run = Run::new(&format!("{name}-stimulus"), "CSE/ACP/OPS/001", when);
    run.assert_outcome(Outcome::Nonconformant);
    let judgement = &run.results.purposes[0].judgement;
    assert_eq!(judgement.cause, Some(cause), "{judgement:?}");
    assert_eq!(judgement.step.as_deref(), Some("request"));
}

#[test]
fn dripping_answers_end_in_time() {
    survives_throughout("drip", Hostility::Drip, Outcome::Unreachable);
    survives_as_answer("drip", Hostility::Drip, Cause::Hang);
}

#[test]
fn endless_bodies_are_cut() {
    survives_throughout("body", Hostility::EndlessBody, Outcome::Partial);
    survives_as_answer("body", Hostility::EndlessBody, Cause::MalformedAnswer);
}

#[test]
fn endless_heads_are_cut() {
    survives_throughout("head", Hostility::EndlessHead, Outcome::Unreachable);
    survives_as_answer("head", Hostility::EndlessHead, Cause::NoDecision);
}

#[test]
fn garbage_is_no_answer() {
    survives_throughout("garbage", Hostility::Garbage, Outcome::Unreachable);
    survives_as_answer("garbage", Hostility::Garbage, Cause::NoDecision);
}

#[test]
fn reset_connections_are_no_answer() {
    survives_throughout("reset", Hostility::Reset, Outcome::Unreachable);
    survives_as_answer("reset", Hostility::Reset, Cause::NoDecision);
}

#[test]
fn closing_within_the_body_is_no_answer() {
    let hostility = Hostility::ClosesWithinBody;
    survives_throughout("close", hostility, Outcome::Unreachable);
    survives_as_answer("close", hostility, Cause::NoDecision);
}

#[test]
fn redirects_are_not_followed() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let hostility = Hostility::Redirect(elsewhere.local_addr().unwrap());
    survives_throughout("redirect", hostility, Outcome::Partial);
    survives_as_answer("redirect", hostility, Cause::MalformedAnswer);
    let nobody = elsewhere.accept().unwrap_err();
    assert_eq!(nobody.kind(), ErrorKind::WouldBlock);
}

#[test]
fn thousands_of_header_fields_are_refused() {
    survives_throughout("flood", Hostility::HeaderFlood, Outcome::Unreachable);
    survives_as_answer("flood", Hostility::HeaderFlood, Cause::NoDecision);
}

#[test]
fn deep_json_is_malformed() {
    survives_throughout("deep", Hostility::DeepJson, Outcome::Partial);
    survives_as_answer("deep", Hostility::DeepJson, Cause::MalformedAnswer);
}

#[test]
fn answers_to_other_requests_are_malformed() {
    survives_throughout("other", Hostility::OtherRequest, Outcome::Partial);
    survives_as_answer("other", Hostility::OtherRequest, Cause::MalformedAnswer);
}

#[test]
fn compressed_bodies_are_not_unpacked() {
    survives_throughout("compressed", Hostility::Compressed, Outcome::Partial);
    survives_as_answer("compressed", Hostility::Compressed, Cause::MalformedAnswer);
}

#[test]
fn iut_that_dies_leaves_the_rest_unjudged() {
    let run = Run::new("death", "CSE/ACP/OPS/00*", When::UntilDeath(30));
    run.assert_outcome(Outcome::Partial);
    assert_eq!(run.results.purposes.len(), 9);
    let judgements = run.results.purposes.iter().map(|it| &it.judgement);
    let died = judgements.filter(|it| it.reason == Some(Reason::IutDied));
    assert!(died.count() > 0);
    let Ended { talk, .. } = &run.ended;
    assert!(
        talk.contains("the IUT does not answer after the run"),
        "{talk}"
    );
}
