use onem2m_conform::campaign::field::Field;
use onem2m_conform::campaign::finding::{Circumstances, Finding};
use onem2m_conform::campaign::hunt::{Hunted, Standing, Watcher, hunt};
use onem2m_conform::campaign::site::Site;
use onem2m_conform::catalogue::Catalogue;
use onem2m_conform::engine::in_process::{self, InProcess};
use onem2m_conform::engine::session::NoReviver;
use onem2m_conform::engine::setup::facts;
use onem2m_conform::profile::Profile;
use onem2m_server::faults;
use std::sync::Arc;
use std::time::Duration;

/// Longer than any answer within a process takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A reference of its own for each trial, with this fault.
pub fn field(fault: Option<&str>, seed: u64) -> Field {
    let catalogue = Catalogue::embedded().unwrap();
    let profile = Profile::load("reference", &[], &catalogue).unwrap();
    let site = Site::of(
        &facts(&profile, &catalogue, seed),
        &["127.0.0.1".to_owned()],
    );
    let faults = fault.map(|name| faults::find(name).unwrap());
    let servers = InProcess::new(in_process::configuration(), faults.into_iter().collect());
    Field::in_process(site, Arc::new(servers), PATIENCE, seed)
}

/// Tries so many sequences, and stops at the first finding.
pub async fn hunted(field: &Field, sequences: u64) -> Hunted {
    let around = Circumstances {
        seed: field.seed,
        surface: "http".to_owned(),
        endpoint: "http://127.0.0.1:8080".to_owned(),
        response_timeout_ms: 3000,
        site: field.site.clone(),
    };
    let mut counter = Counter {
        left: sequences,
        is_found: false,
    };
    hunt(field, &around, &mut NoReviver, &mut counter)
        .await
        .unwrap()
}

struct Counter {
    left: u64,
    is_found: bool,
}

impl Watcher for Counter {
    fn standing(&mut self, _: &Standing) {
        self.left = self.left.saturating_sub(1);
    }

    fn found(&mut self, _: &Finding) {
        self.is_found = true;
    }

    fn is_over(&mut self) -> bool {
        self.is_found || self.left == 0
    }
}

#[tokio::test]
async fn the_reference_as_specified_shows_nothing() {
    let hunted = hunted(&field(None, 5), 30).await;
    let told: Vec<&Finding> = hunted.findings.iter().collect();
    assert!(told.is_empty(), "{told:#?}");
    assert!(hunted.standing.shapes > 50, "{:?}", hunted.standing);
}

#[tokio::test]
async fn a_seed_makes_the_same_campaign() {
    let first = hunted(&field(None, 6), 8).await.standing;
    let second = hunted(&field(None, 6), 8).await.standing;
    assert_eq!(first, second);
    let other = hunted(&field(None, 7), 8).await.standing;
    assert_ne!(first, other);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_sequence_that_takes_much_memory_is_seen() {
    use onem2m_conform::campaign::memory::{CLASS, Memory};
    use onem2m_conform::campaign::model::Model;
    use onem2m_conform::campaign::step::Step;
    use onem2m_conform::campaign::trial::{self, Source};

    /// Takes memory rather than to send anything: the process is that of the IUT, which is in it.
    struct Greedy;

    impl Source for Greedy {
        fn next(&mut self, _: &Model) -> Option<Step> {
            let taken = vec![1_u8; 256 << 20];
            assert!(taken.iter().all(|octet| *octet == 1));
            None
        }
    }

    let watching = field(None, 5).watching(Memory::of(std::process::id()).ok());
    let trial = trial::run(&watching, &mut Greedy, 1, false).await.unwrap();
    assert_eq!(trial.seen.unwrap().trouble.class, CLASS);
    let trial = trial::run(&field(None, 5), &mut Greedy, 1, false).await;
    assert!(trial.unwrap().seen.is_none());
}
