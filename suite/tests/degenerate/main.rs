//! Servers that do not do their work pass nothing, whether they fail throughout or, which is harder
//! to see, only where they are judged.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod applicable;
mod denial;
mod link;
mod refusal;
mod server;
mod wire;

use applicable::Applicable;
use denial::{Denials, denials};
use link::{Degenerate, Mode};
use onem2m_conform::verdict::Verdict;
use refusal::{Refusal, is_anything_but_success, is_expected};
use server::Server;
use std::collections::BTreeSet;

/// Ids of purposes that passed, without those that have a reason to.
fn passed(applicable: &Applicable, server: Server, mode: Mode) -> BTreeSet<String> {
    let finished = applicable.judge(Degenerate { server, mode });
    assert_eq!(finished.len(), applicable.purposes.len());
    for (id, finished) in &finished {
        let judgement = &finished.judgement;
        // A server is never the tester's failure.
        assert_ne!(judgement.verdict, Verdict::Error, "{id}: {judgement:?}");
    }
    finished
        .into_iter()
        .filter(|(_, finished)| finished.judgement.verdict == Verdict::Pass)
        .map(|(id, _)| id)
        .filter(|id| mode == Mode::Throughout || !is_anything_but_success(id))
        .collect()
}

#[track_caller]
fn passes_nothing(server: Server) {
    let applicable = Applicable::to_the_reference();
    for mode in [Mode::Throughout, Mode::StimulusOnly] {
        let passed = passed(&applicable, server, mode);
        assert_eq!(passed, BTreeSet::new(), "{server:?} {mode:?}");
    }
}

/// Its refusals of associations look right where everything else works: what expects them passes, and nothing else does.
#[track_caller]
fn passes_refusals_only(server: Server, refusal: Refusal) {
    let applicable = Applicable::to_the_reference();
    let throughout = passed(&applicable, server, Mode::Throughout);
    assert_eq!(throughout, BTreeSet::new(), "{server:?}");
    let passed = passed(&applicable, server, Mode::StimulusOnly);
    assert!(!passed.is_empty());
    let purposes = applicable.purposes.iter();
    let unexpected: Vec<&str> = purposes
        .filter(|(purpose, _)| passed.contains(&purpose.id) && !is_expected(purpose, refusal))
        .map(|(purpose, _)| purpose.id.as_str())
        .collect();
    assert_eq!(unexpected, Vec::<&str>::new(), "{server:?}");
}

#[test]
fn always_2000_passes_nothing() {
    passes_nothing(Server::Always2000);
}

#[test]
fn always_4103_throughout_passes_nothing() {
    let applicable = Applicable::to_the_reference();
    let passed = passed(&applicable, Server::Always4103, Mode::Throughout);
    assert_eq!(passed, BTreeSet::new());
}

/// Its denials look right where set-up, twin and read-back work: they pass, and nothing else does.
#[test]
fn always_4103_as_stimulus_passes_denials_only() {
    let applicable = Applicable::to_the_reference();
    let passed = passed(&applicable, Server::Always4103, Mode::StimulusOnly);
    assert!(!passed.is_empty());
    let mut unexpected = Vec::new();
    for (purpose, behaviour) in &applicable.purposes {
        let denials = denials(purpose, behaviour, &applicable.facts);
        let excused = denials != Denials::None || is_expected(purpose, Refusal::Ended);
        if passed.contains(&purpose.id) && !excused {
            unexpected.push(purpose.id.as_str());
        }
    }
    assert_eq!(unexpected, Vec::<&str>::new(), "no denial is expected");
}

#[test]
fn echo_passes_nothing() {
    passes_nothing(Server::Echo);
}

#[test]
fn empty_body_passes_nothing() {
    passes_nothing(Server::EmptyBody);
}

#[test]
fn previous_answer_passes_nothing() {
    passes_nothing(Server::PreviousAnswer);
}

#[test]
fn wrong_request_identifier_passes_refusals_only() {
    passes_refusals_only(Server::WrongRequestIdentifier, Refusal::Dropped);
}

#[test]
fn http_500_passes_nothing() {
    passes_nothing(Server::Http500);
}

#[test]
fn rsc_5000_passes_nothing() {
    passes_nothing(Server::Rsc5000);
}

#[test]
fn storing_nothing_passes_nothing() {
    passes_nothing(Server::StoresNothing);
}

#[test]
fn slow_passes_refusals_only() {
    passes_refusals_only(Server::Slow, Refusal::Dropped);
}

#[test]
fn closing_passes_refusals_only() {
    passes_refusals_only(Server::Closes, Refusal::Ended);
}

#[test]
fn invalid_json_passes_refusals_only() {
    passes_refusals_only(Server::InvalidJson, Refusal::Dropped);
}

#[test]
fn endless_body_passes_nothing() {
    passes_nothing(Server::EndlessBody);
}
