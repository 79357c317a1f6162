//! Where a campaign takes place: an IUT, and how it is reached.

use super::memory::Memory;
use super::site::Site;
use crate::engine::purpose::Links;
use crate::tester::network::Network;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// An IUT and the way to it.
pub struct Field {
    /// What is known of the IUT.
    pub site: Site,
    /// Opens a link for each trial.
    pub links: Arc<dyn Links>,
    /// Host and port, for the field of that name.
    pub host: String,
    /// Path before that of the binding.
    pub prefix: String,
    /// How long an answer may take.
    pub patience: Duration,
    /// The seed.
    pub seed: u64,
    /// Whether all trials meet the same IUT.
    pub is_shared: bool,
    /// How many trials go on at once.
    pub abreast: usize,
    /// Its process, if it is known and on this machine.
    pub(super) memory: Option<Memory>,
    pace: Pace,
}

impl Field {
    /// An IUT on the network, asked by so many trials at once. Those whose AEs have credentials of the profile take turns:
    /// no two can be the same AE.
    pub fn on_network(
        site: Site,
        links: Arc<dyn Links>,
        network: &Network,
        seed: u64,
        jobs: u32,
    ) -> Self {
        let abreast = match site.surface.is_associated() {
            true => 1,
            false => usize::try_from(jobs).unwrap_or(1).max(1),
        };
        Self {
            site,
            links,
            host: network.authority().to_owned(),
            prefix: network.prefix.clone(),
            patience: network.patience,
            seed,
            is_shared: true,
            abreast,
            memory: None,
            pace: Pace::new(network.pace),
        }
    }

    /// The reference in this process, a fresh one for each trial.
    pub fn in_process(site: Site, links: Arc<dyn Links>, patience: Duration, seed: u64) -> Self {
        Self {
            site,
            links,
            host: "cse.invalid:80".to_owned(),
            prefix: String::new(),
            patience,
            seed,
            is_shared: false,
            abreast: 1,
            memory: None,
            pace: Pace::new(Duration::ZERO),
        }
    }

    /// The same, with an eye on the memory of its process.
    #[must_use]
    pub fn watching(self, memory: Option<Memory>) -> Self {
        Self { memory, ..self }
    }

    /// Waits until the next request may be sent.
    pub async fn keep_pace(&self) {
        self.pace.keep().await;
    }
}

/// The least time between two requests.
struct Pace {
    least: Duration,
    next: Mutex<Instant>,
}

impl Pace {
    fn new(least: Duration) -> Self {
        Self {
            least,
            next: Mutex::new(Instant::now()),
        }
    }

    async fn keep(&self) {
        if self.least.is_zero() {
            return;
        }
        let mut next = self.next.lock().await;
        let slot = (*next).max(Instant::now());
        *next = slot + self.least;
        drop(next);
        tokio::time::sleep_until(slot.into()).await;
    }
}
