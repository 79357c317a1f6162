//! A verdict of the model check is a function of the seed and of what was recorded.

use crate::reference::Model;
use onem2m_conform::engine::recording::Recording;
use onem2m_conform::tester::link::Received;
use onem2m_conform::tester::transcript::{self, Entry};
use onem2m_conform::verdict::{Judgement, Verdict};
use onem2m_server::faults;

const CASES: usize = 48;

#[tokio::test(flavor = "multi_thread")]
async fn the_reference_passes_with_every_seed() {
    let (seeds, cases) = match std::env::var("CONFORM_MODEL_SEEDS") {
        Ok(seeds) => (seeds.parse().unwrap(), 2000),
        Err(_) => (3, CASES),
    };
    for seed in 1..=seeds {
        let model = Model::load(seed, cases);
        for item in &model.items {
            let judgement = model.judge(item, Vec::new()).await.judgement;
            let id = &item.purpose.id;
            assert_eq!(
                judgement.verdict,
                Verdict::Pass,
                "{id}, seed {seed}: {judgement:?}"
            );
            assert_eq!(judgement.details.len(), 1, "{id}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seed_gives_the_same_exchanges_again() {
    let model = Model::load(7, CASES);
    for item in &model.items {
        let first = model.judge(item, Vec::new()).await;
        let again = model.judge(item, Vec::new()).await;
        assert_eq!(first.judgement, again.judgement);
        let (first, again) = (undated(first.transcript), undated(again.transcript));
        assert!(first == again, "{}", item.purpose.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_gives_the_same_counterexamples_again() {
    let model = Model::load(7, CASES);
    for name in [
        None,
        Some("RulesMerged"),
        Some("WildcardPiecesOverlap"),
        Some("AcpOff"),
    ] {
        let faults = name.and_then(faults::find);
        let mut failed = 0;
        for item in &model.items {
            let live = model.judge(item, faults.into_iter().collect()).await;
            let mut lines = Vec::new();
            transcript::write(&live.transcript, &mut lines).unwrap();
            let recording = Recording::new(transcript::read(lines.as_slice()).unwrap());
            let again: Judgement = model.over(item, &recording).await.judgement;
            assert_eq!(again, live.judgement, "{name:?} {}", item.purpose.id);
            failed += usize::from(again.verdict == Verdict::Fail);
        }
        assert_eq!(failed > 0, name.is_some(), "{name:?}");
    }
}

/// The transcript without the real time, which the HTTP server of the reference adds.
fn undated(mut transcript: Vec<Entry>) -> Vec<Entry> {
    for entry in &mut transcript {
        if let Entry::Exchange(exchange) = entry
            && let Received::Http { headers, .. } = &mut exchange.answer
        {
            headers.retain(|(name, _)| name != "date");
        }
    }
    transcript
}
