//! A CSE that takes whatever identity it is given, and replaces the key of one that it has.

use onem2m_conform::catalogue::Catalogue;
use onem2m_conform::engine::in_process;
use onem2m_conform::engine::purpose::{Links, repeated};
use onem2m_conform::engine::setup::facts;
use onem2m_conform::profile::Profile;
use onem2m_conform::purposes::Behaviour;
use onem2m_conform::tester::link::Link;
use onem2m_conform::verdict::Verdict;
use onem2m_identity::PskIdentity;
use onem2m_server::Clauses;

struct Lenient;

impl Links for Lenient {
    fn open(&self, purpose: &str, _attempt: u32) -> Option<Box<dyn Link>> {
        let mut clauses = Clauses::SPECIFICATION;
        clauses.association.provision = |table, identity, key, allowed| {
            let identity = PskIdentity::parse(identity)?;
            table.remove(identity.octets());
            table.insert(identity, key, allowed)
        };
        let configuration = in_process::configuration();
        Some(Box::new(in_process::link(&configuration, clauses, purpose)))
    }
}

#[tokio::test]
async fn identities_of_any_form_and_the_second_key_of_one_pass_if_they_are_exact() {
    let catalogue = Catalogue::embedded().unwrap();
    let profile = Profile::load("reference", &[], &catalogue).unwrap();
    let facts = facts(&profile, &catalogue, 7);
    let purpose = catalogue.purpose("CSE/ID/KPSA/002").unwrap();
    let behaviour = Behaviour::of(purpose).unwrap();
    let finished = repeated(purpose, &behaviour, &facts, &Lenient, 1).await;
    assert_eq!(finished.judgement.verdict, Verdict::Pass);
    let notes = finished.judgement.details.join("\n");
    assert!(
        notes.contains("\"a b@in.example.com\": taken, and found by its octets"),
        "{notes}"
    );
}
