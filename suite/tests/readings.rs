//! What the specification leaves open: whatever the reference takes for it, it passes by a profile that says so. A
//! share of the purposes shows it here, another one for each reading, and all of them with `CONFORM_READINGS=all`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use onem2m_conform::catalogue::{Catalogue, Purpose};
use onem2m_conform::engine::in_process::{self, InProcess};
use onem2m_conform::engine::lanes::{self, Item, Observer, Record, Shared};
use onem2m_conform::engine::setup;
use onem2m_conform::profile::Profile;
use onem2m_conform::purposes::Behaviour;
use onem2m_conform::verdict::Verdict;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Of so many purposes one is run.
const OF: usize = 6;

/// How much there is of what is sent in numbers; the default run sends more.
const COUNTS: [&str; 3] = [
    "PIXIT_FUZZ_COUNT",
    "PIXIT_FLOOD_COUNT",
    "PIXIT_ESCERTKE_FLOOD",
];

struct Silent;

impl Observer for Silent {
    fn started(&mut self, _: &Purpose) {}
    fn ended(&mut self, _: &Record) {}
}

/// The purposes of a group that are run for the reading at a place.
fn items(catalogue: &Catalogue, profile: &Profile, group: &str, place: usize) -> Vec<Item> {
    let of = match std::env::var("CONFORM_READINGS") {
        Ok(all) if all == "all" => 1,
        _ => OF,
    };
    let applicable = catalogue
        .purposes
        .iter()
        .filter(|purpose| purpose.group() == group)
        .filter(|purpose| catalogue.applicable(purpose, profile).is_ok());
    let shared = applicable
        .enumerate()
        .filter(|(number, _)| number % of == place % of);
    shared
        .map(|(_, purpose)| Item {
            purpose: Arc::new(purpose.clone()),
            behaviour: Arc::new(Behaviour::of(purpose).unwrap()),
        })
        .collect()
}

/// What does not pass where the profile states a reading, and the reference follows it.
async fn imperfect(
    catalogue: &Catalogue,
    group: &str,
    name: &str,
    (place, reading): (usize, &str),
) -> Vec<String> {
    let mut profile = in_process::claiming(Profile::load("reference", &[], catalogue).unwrap());
    profile.pixit.insert(name.to_owned(), reading.to_owned());
    let mut facts = setup::facts(&profile, catalogue, 7);
    // Much is waited for that does not come; on a busy machine what comes may be late.
    facts.patience = Duration::from_millis(250);
    for count in COUNTS {
        facts.pixit.insert(count.to_owned(), "20".to_owned());
    }
    let shared = Shared {
        facts: Arc::new(facts),
        links: Arc::new(InProcess::as_read(&profile.pixit)),
        repeat: 1,
        halt: Arc::new(AtomicBool::new(false)),
    };
    let items = items(catalogue, &profile, group, place);
    assert!(items.len() > 2, "{} purposes", items.len());
    let (records, _) = lanes::run(items, 2, &shared, &mut Silent).await;
    let mut wrong = Vec::new();
    for record in records {
        let mut judgement = record.finished.judgement;
        if judgement.verdict == Verdict::Inconclusive {
            // Once more, with nothing beside it.
            let again = lanes::one(record.item.clone(), &shared).await;
            judgement = again.finished.judgement;
        }
        if judgement.verdict != Verdict::Pass {
            let id = &record.item.purpose.id;
            wrong.push(format!("{name} = {reading}: {id}: {judgement:?}"));
        }
    }
    wrong
}

/// Whatever value of the PIXIT is stated, but for the default, which the profile of the reference states.
async fn passes(group: &str, name: &str) {
    let catalogue = Catalogue::embedded().unwrap();
    let open = &catalogue.pixit[name];
    let others = open.values.iter().filter(|value| **value != open.default);
    let mut wrong = Vec::new();
    for (place, reading) in others.enumerate() {
        wrong.extend(imperfect(&catalogue, group, name, (place, reading)).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn octets_of_rand_objects_are_any_that_are_stated() {
    passes("esprim", "PIXIT_ESPRIM_RANDOBJ_OCTETS").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn random_values_are_encoded_as_stated() {
    passes("esprim", "PIXIT_ESPRIM_RANDVALUE_ENCODING").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn short_keys_are_cut_as_stated() {
    passes("esprim", "PIXIT_ESPRIM_CEK_TRUNCATION").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_told_where_it_is_stated() {
    passes("esprim", "PIXIT_ESPRIM_ERROR_STYLE").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn inner_from_has_the_form_that_is_stated() {
    passes("esprim", "PIXIT_ESPRIM_ID_FORM").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_handshakes_are_told_as_stated() {
    passes("escertke", "PIXIT_ESCERTKE_FAILURE").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn output_keys_of_an_maf_are_taken_as_stated() {
    passes("sae-maf", "PIXIT_KC_PSK").await;
}
