//! What the specification of ESPrim leaves open: whatever the reference takes for it, it passes by a profile that says so.

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

/// The groups whose objects depend on them.
const GROUPS: [&str; 2] = ["esprim", "escertke"];

struct Silent;

impl Observer for Silent {
    fn started(&mut self, _: &Purpose) {}
    fn ended(&mut self, _: &Record) {}
}

fn items(catalogue: &Catalogue, profile: &Profile) -> Vec<Item> {
    let purposes = catalogue.purposes.iter();
    purposes
        .filter(|purpose| GROUPS.contains(&purpose.group().as_str()))
        .filter(|purpose| catalogue.applicable(purpose, profile).is_ok())
        .map(|purpose| Item {
            purpose: Arc::new(purpose.clone()),
            behaviour: Arc::new(Behaviour::of(purpose).unwrap()),
        })
        .collect()
}

/// What does not pass where the profile states a reading, and the reference follows it.
async fn imperfect(catalogue: &Catalogue, name: &str, reading: &str) -> Vec<String> {
    let mut profile = in_process::claiming(Profile::load("reference", &[], catalogue).unwrap());
    profile.pixit.insert(name.to_owned(), reading.to_owned());
    let mut facts = setup::facts(&profile, catalogue, 7);
    // Much is waited for that does not come; on a busy machine what comes may be late.
    facts.patience = Duration::from_millis(250);
    let shared = Shared {
        facts: Arc::new(facts),
        links: Arc::new(InProcess::as_read(&profile.pixit)),
        repeat: 1,
        halt: Arc::new(AtomicBool::new(false)),
    };
    let items = items(catalogue, &profile);
    assert!(items.len() > 200, "{} purposes", items.len());
    let (records, _) = lanes::run(items, 8, &shared, &mut Silent).await;
    let wrong = records
        .iter()
        .filter(|record| record.finished.judgement.verdict != Verdict::Pass);
    wrong
        .map(|record| {
            let judgement = &record.finished.judgement;
            let id = &record.item.purpose.id;
            format!("{name} = {reading}: {id}: {judgement:?}")
        })
        .collect()
}

/// Whatever value of the PIXIT is stated, but for the default, which the profile of the reference states.
async fn passes(name: &str) {
    let catalogue = Catalogue::embedded().unwrap();
    let open = &catalogue.pixit[name];
    let others = open.values.iter().filter(|value| **value != open.default);
    let mut wrong = Vec::new();
    for reading in others {
        wrong.extend(imperfect(&catalogue, name, reading).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn octets_of_rand_objects_are_any_that_are_stated() {
    passes("PIXIT_ESPRIM_RANDOBJ_OCTETS").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn random_values_are_encoded_as_stated() {
    passes("PIXIT_ESPRIM_RANDVALUE_ENCODING").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn short_keys_are_cut_as_stated() {
    passes("PIXIT_ESPRIM_CEK_TRUNCATION").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_told_where_it_is_stated() {
    passes("PIXIT_ESPRIM_ERROR_STYLE").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_handshakes_are_told_as_stated() {
    passes("PIXIT_ESCERTKE_FAILURE").await;
}
