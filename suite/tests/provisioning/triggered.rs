//! An IUT over loopback whose profile has triggers, or has none.

use crate::key_service::{self, Given};
use onem2m_conform::catalogue::Catalogue;
use onem2m_conform::engine::provisioning::{Told, provision};
use onem2m_conform::engine::purpose::{Finished, repeated};
use onem2m_conform::engine::setup::{Live, facts, network};
use onem2m_conform::profile::{Profile, Trigger};
use onem2m_conform::purposes::Behaviour;
use onem2m_conform::tester::transcript::{Entry, write};
use onem2m_conform::verdict::{Reason, Verdict};
use onem2m_server::{Clauses, Configuration, Cse, SystemClock, TcpConnector};
use std::sync::Arc;
use tokio::net::TcpListener;

const PURPOSES: [&str; 2] = ["CSE/SAE/PSK/035", "CSE/ID/KPSA/002"];

/// What the purposes show of a CSE, that CSE, and the keys that it was given.
async fn judged(has_triggers: bool) -> (Vec<Finished>, Cse, Given) {
    let given = Given::default();
    let catalogue = Catalogue::embedded().unwrap();
    let mut profile = Profile::load("reference", &[], &catalogue).unwrap();
    let configuration = provision(Configuration::default(), &Told::of_reference());
    let clock = Arc::new(SystemClock);
    let connector = Arc::new(TcpConnector);
    let cse = Cse::new(configuration, clock, Clauses::SPECIFICATION, connector);
    let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let secured = TcpListener::bind("127.0.0.1:0").await.unwrap();
    profile.endpoints.http = Some(format!("http://{}", plain.local_addr().unwrap()));
    profile.endpoints.https = Some(format!("https://{}", secured.local_addr().unwrap()));
    tokio::spawn(cse.clone().listen(plain));
    tokio::spawn(cse.clone().listen_tls(secured));
    if has_triggers {
        let url = key_service::serve(cse.clone(), given.clone()).await;
        for (name, path) in [("provision-key", "provision"), ("withdraw-key", "withdraw")] {
            let trigger = Trigger::Http(format!("{url}/{path}"));
            profile.trigger.insert(name.to_owned(), trigger);
        }
    }
    let facts = facts(&profile, &catalogue, 7);
    let links = Live::new(network(&profile).await.unwrap(), &facts);
    let mut all = Vec::new();
    for id in PURPOSES {
        let purpose = catalogue.purpose(id).unwrap();
        let behaviour = Behaviour::of(purpose).unwrap();
        all.push(repeated(purpose, &behaviour, &facts, &links, 1).await);
    }
    (all, cse, given)
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_come_and_go_by_the_triggers_of_a_profile() {
    let (all, cse, _) = judged(true).await;
    for (id, finished) in PURPOSES.into_iter().zip(&all) {
        assert_eq!(finished.judgement.verdict, Verdict::Pass, "{id}");
        assert!(finished.left_behind.is_empty(), "{id}");
        let identities = finished.transcript.iter().filter_map(|entry| match entry {
            Entry::Keys { identity, .. } => Some(identity),
            _ => None,
        });
        let identities: Vec<_> = identities.collect();
        assert!(!identities.is_empty(), "{id}");
        for identity in identities {
            let is_left = cse.withdraw_key(identity.as_bytes());
            assert!(!is_left, "{id} leaves the key of {identity}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn key_that_is_given_is_in_no_transcript() {
    let (all, _, given) = judged(true).await;
    let given = given.lock().unwrap();
    assert!(given.len() > 10, "{}", given.len());
    for finished in all {
        let mut lines = Vec::new();
        write(&finished.transcript, &mut lines).unwrap();
        let text = String::from_utf8(lines).unwrap().to_lowercase();
        assert!(text.contains("provision-key"));
        let shown = given.iter().any(|key| text.contains(key));
        assert!(!shown, "a key is in a transcript");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_triggers_nothing_can_be_said() {
    let (all, ..) = judged(false).await;
    for (id, finished) in PURPOSES.into_iter().zip(all) {
        assert_eq!(
            finished.judgement.reason,
            Some(Reason::NeedsTrigger),
            "{id}"
        );
        let observed = finished.judgement.observed.unwrap_or_default();
        assert!(observed.contains("trigger.provision-key"), "{observed}");
    }
}
