//! Recordings: the same octets give the same verdict, other octets give another.

use crate::reference::Reference;
use onem2m_conform::catalogue::behaviour::Role;
use onem2m_conform::engine::lanes::Item;
use onem2m_conform::engine::purpose;
use onem2m_conform::engine::recording::Recording;
use onem2m_conform::purposes::Facts;
use onem2m_conform::tester::link::Received;
use onem2m_conform::tester::transcript::{self, Entry};
use onem2m_conform::verdict::{Judgement, Verdict};

#[tokio::test(flavor = "multi_thread")]
async fn an_untouched_recording_reproduces_every_verdict() {
    let reference = Reference::within_process();
    let facts = reference.facts(1);
    for record in reference.in_process(1, 8).await {
        let mut lines = Vec::new();
        transcript::write(&record.finished.transcript, &mut lines).unwrap();
        let entries = transcript::read(lines.as_slice()).unwrap();
        let again = rejudged(&record.item, &facts, entries).await;
        assert_eq!(
            again, record.finished.judgement,
            "{}",
            record.item.purpose.id
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denial_that_becomes_a_success_fails() {
    let reference = Reference::within_process();
    let facts = reference.facts(1);
    let mut denials = 0;
    for record in reference.in_process(1, 8).await {
        let entries = &record.finished.transcript;
        let denied = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| is_denial(entry));
        // A purpose of two hundred alike denials is not judged two hundred times.
        for (index, _) in denied.take(10) {
            let mut changed = entries.clone();
            permit(&mut changed[index]);
            let again = rejudged(&record.item, &facts, changed).await;
            let id = &record.item.purpose.id;
            // A model check asks on when a decision is wrong, and what it would ask is not in the recording.
            let expected = match record.item.purpose.subgroup() {
                "MODEL" => Verdict::Error,
                _ => Verdict::Fail,
            };
            assert_eq!(again.verdict, expected, "{id} at entry {index}: {again:?}");
            denials += 1;
        }
    }
    assert!(denials > 90, "only {denials} denials were changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_request_than_the_recorded_one_is_an_error_of_the_tester() {
    let reference = Reference::within_process();
    let records = reference.in_process(1, 8).await;
    let record = records.first().unwrap();
    // Another seed names everything differently.
    let facts = reference.facts(2);
    let again = rejudged(&record.item, &facts, record.finished.transcript.clone()).await;
    assert_eq!(again.verdict, Verdict::Error);
    assert!(again.observed.unwrap().starts_with("diverged"));
}

async fn rejudged(item: &Item, facts: &Facts, entries: Vec<Entry>) -> Judgement {
    let recording = Recording::new(entries);
    let finished = purpose::repeated(&item.purpose, &item.behaviour, facts, &recording, 1).await;
    finished.judgement
}

fn is_denial(entry: &Entry) -> bool {
    let Entry::Exchange(exchange) = entry else {
        return false;
    };
    let Received::Http { headers, .. } = &exchange.answer else {
        return false;
    };
    // What went over a connection is judged by the octets of that.
    exchange.role == Role::Stimulus
        && !exchange.over_connection
        && headers
            .iter()
            .any(|(name, value)| name == "x-m2m-rsc" && value == "4103")
}

/// 4103 becomes 2000, with the HTTP status that belongs to it.
fn permit(entry: &mut Entry) {
    let Entry::Exchange(exchange) = entry else {
        panic!("expected an exchange");
    };
    let Received::Http {
        status, headers, ..
    } = &mut exchange.answer
    else {
        panic!("expected an answer");
    };
    *status = 200;
    for (name, value) in headers {
        if name == "x-m2m-rsc" {
            *value = "2000".into();
        }
    }
}
