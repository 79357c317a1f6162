use crate::hunting::{field, hunted};
use onem2m_conform::catalogue::Catalogue;
use onem2m_server::faults::{self, FoundBy};
use std::collections::BTreeSet;

#[test]
fn planted_faults_break_requirements_that_the_catalogue_has() {
    let catalogue = Catalogue::embedded().unwrap();
    let known: BTreeSet<&str> = catalogue.requirements.keys().map(String::as_str).collect();
    let planted: Vec<_> = faults::for_campaign().collect();
    assert!(planted.len() >= 30);
    for fault in planted {
        assert!(known.contains(fault.requirement), "{fault:?}");
        assert_eq!(fault.found_by(), FoundBy::Campaign);
    }
    let ordinary = faults::all().filter(|fault| fault.found_by() == FoundBy::Campaign);
    assert_eq!(ordinary.count(), 0);
}

#[test]
fn no_purpose_claims_a_planted_fault() {
    let catalogue = Catalogue::embedded().unwrap();
    for fault in faults::for_campaign() {
        let claims = |purpose: &&onem2m_conform::catalogue::Purpose| {
            purpose.kills.iter().any(|kill| kill == fault.name)
        };
        assert!(
            catalogue.purposes.iter().find(claims).is_none(),
            "{fault:?}"
        );
    }
}

/// Those that take few sequences; `bench planted` hunts all of them.
#[tokio::test]
async fn planted_faults_are_found() {
    for name in [
        "QuotesEscapedTwice",
        "FromSlashesTrimmed",
        "EventsRiseToSubscribersAbove",
    ] {
        let hunted = hunted(&field(Some(name), 1), 200).await;
        assert!(!hunted.findings.is_empty(), "{name}");
    }
}
