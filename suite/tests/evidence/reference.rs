//! Everything that applies to the reference implementation, run in this process or over loopback.

use onem2m_conform::catalogue::{Catalogue, Purpose};
use onem2m_conform::engine::in_process::{self, InProcess};
use onem2m_conform::engine::lanes::{self, Item, Observer, Record, Shared};
use onem2m_conform::engine::provisioning::{Told, provision};
use onem2m_conform::engine::purpose::Links;
use onem2m_conform::engine::reference_client::{expect_reference, open_mafs, reference_actuator};
use onem2m_conform::engine::setup;
use onem2m_conform::profile::Profile;
use onem2m_conform::purposes::{Behaviour, Facts};
use onem2m_conform::verdict::Judgement;
use onem2m_server::{Clauses, Configuration, Cse, SystemClock, TcpConnector};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::JoinSet;

/// The catalogue and the profile of the reference.
pub struct Reference {
    pub catalogue: Catalogue,
    pub profile: Profile,
}

impl Reference {
    pub fn load() -> Self {
        let catalogue = Catalogue::embedded().unwrap();
        let profile = Profile::load("reference", &[], &catalogue).unwrap();
        Self { catalogue, profile }
    }

    /// With what the reference can show within this process only.
    pub fn within_process() -> Self {
        let Self { catalogue, profile } = Self::load();
        let profile = in_process::claiming(profile);
        Self { catalogue, profile }
    }

    pub fn items(&self) -> Vec<Item> {
        self.catalogue
            .purposes
            .iter()
            .filter(|purpose| self.catalogue.applicable(purpose, &self.profile).is_ok())
            .map(|purpose| Item {
                purpose: Arc::new(purpose.clone()),
                behaviour: Arc::new(Behaviour::of(purpose).unwrap()),
            })
            .collect()
    }

    pub fn facts(&self, seed: u64) -> Facts {
        let mut facts = setup::facts(&self.profile, &self.catalogue, seed);
        // On a busy machine a notification may come late.
        facts.patience = Duration::from_millis(400);
        // What the model check does with more cases is its own test.
        facts.pixit.insert("PIXIT_MODEL_CASES".into(), "16".into());
        facts
    }

    /// All records of a run in this process.
    pub async fn in_process(&self, seed: u64, jobs: usize) -> Vec<Record> {
        let links = InProcess::new(in_process::configuration(), Vec::new());
        run(self.items(), self.facts(seed), Arc::new(links), jobs).await
    }

    /// All records of a run over loopback, against a server of its own.
    pub async fn over_loopback(&self, seed: u64, jobs: usize) -> Vec<Record> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut profile = self.profile.clone();
        profile.endpoints.http = Some(format!("http://{}", listener.local_addr().unwrap()));
        let mut told = Told::of_reference();
        let mafs = open_mafs(&mut told).await.unwrap();
        let cse = Cse::new(
            provision(Configuration::default(), &told),
            Arc::new(SystemClock),
            Clauses::SPECIFICATION,
            Arc::new(TcpConnector),
        );
        let over_ipv6 = TcpListener::bind("[::1]:0").await.ok();
        let url = |listener: &TcpListener| format!("http://{}", listener.local_addr().unwrap());
        profile.reached_over_ipv6(over_ipv6.as_ref().map(url));
        let mut servers = JoinSet::new();
        let secured = TcpListener::bind("127.0.0.1:0").await.unwrap();
        profile.endpoints.https = Some(format!("https://{}", secured.local_addr().unwrap()));
        servers.spawn(cse.clone().listen_tls(secured));
        let datagrams = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        profile.endpoints.coaps = Some(format!("coaps://{}", datagrams.local_addr().unwrap()));
        servers.spawn(cse.clone().listen_dtls(datagrams));
        let datagrams = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        profile.endpoints.coap = Some(format!("coap://{}", datagrams.local_addr().unwrap()));
        servers.spawn(cse.clone().listen_coap(datagrams));
        for listener in over_ipv6.into_iter().chain([listener]) {
            servers.spawn(cse.clone().listen(listener));
        }
        let facts = self.facts(seed);
        expect_reference(&mut profile);
        let acting = reference_actuator(&profile, cse.clone());
        let network = setup::network_with(&profile, acting).await.unwrap();
        for (stand, listener) in mafs {
            network.stands.hold(stand, listener).await.unwrap();
        }
        let links = setup::Live::new(network, &facts);
        let records = run(self.items(), facts, Arc::new(links), jobs).await;
        servers.shutdown().await;
        records
    }
}

async fn run(items: Vec<Item>, facts: Facts, links: Arc<dyn Links>, jobs: usize) -> Vec<Record> {
    let shared = Shared {
        facts: Arc::new(facts),
        links,
        repeat: 1,
        halt: Arc::new(AtomicBool::new(false)),
    };
    let (records, left) = lanes::run(items, jobs, &shared, &mut Silent).await;
    assert!(left.is_empty());
    records
}

/// Purposes that ended otherwise in another run, with what was observed in both.
pub fn differences(first: &[Record], again: &[Record]) -> Vec<String> {
    let by_id = |records: &[Record]| -> BTreeMap<String, Judgement> {
        let judged = |record: &Record| {
            let judgement = record.finished.judgement.clone();
            (record.item.purpose.id.clone(), judgement)
        };
        records.iter().map(judged).collect()
    };
    let (first, again) = (by_id(first), by_id(again));
    let ids: BTreeSet<&String> = first.keys().chain(again.keys()).collect();
    let told = |judgement: Option<&Judgement>| match judgement {
        None => "not run".to_owned(),
        Some(judgement) => format!(
            "{} {:?} {:?} ({:?})",
            judgement.verdict, judgement.cause, judgement.reason, judgement.observed
        ),
    };
    let ended = |judgement: Option<&Judgement>| {
        judgement.map(|judgement| (judgement.verdict, judgement.cause, judgement.reason))
    };
    ids.into_iter()
        .map(|id| (id, first.get(id), again.get(id)))
        .filter(|(_, first, again)| ended(*first) != ended(*again))
        .map(|(id, first, again)| format!("{id}: {}, then {}", told(first), told(again)))
        .collect()
}

struct Silent;

impl Observer for Silent {
    fn started(&mut self, _: &Purpose) {}
    fn ended(&mut self, _: &Record) {}
}
