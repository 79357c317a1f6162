//! How well a campaign finds faults that were planted for it, in the reference within this process.

use super::confirm::Confirmation;
use super::field::Field;
use super::finding::{Circumstances, Finding};
use super::hunt::{Standing, Watcher, hunt};
use super::site::Site;
use crate::engine::in_process::InProcess;
use crate::engine::session::NoReviver;
use crate::purposes::Facts;
use crate::tester::link::LinkError;
use onem2m_server::Configuration;
use onem2m_server::faults::Fault;
use serde::Serialize;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long an answer may take within a process.
const PATIENCE: Duration = Duration::from_millis(400);

/// How often a finding is replayed.
const REPLAYS: u32 = 20;

/// How a fault fared.
#[derive(Debug, Clone, Serialize)]
pub struct Fared {
    /// The fault; none for the reference without any.
    pub fault: Option<&'static str>,
    /// What shows it.
    pub found: Option<String>,
    /// Seconds until it was found, made small included.
    pub seconds: f64,
    /// Sequences that were tried.
    pub sequences: u64,
    /// Requests that were sent.
    pub requests: u64,
    /// Steps of the smallest sequence beyond its set-up.
    pub steps: Option<usize>,
    /// In how many of twenty replays it was seen again.
    pub replayed: u32,
}

/// What bounds the hunt for one fault.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// The seed.
    pub seed: u64,
    /// The longest time.
    pub time: Duration,
}

/// Hunts a fault until it is found for certain, or until time is up.
pub async fn fare(
    configuration: &Configuration,
    facts: &Facts,
    fault: Option<&'static Fault>,
    bounds: Bounds,
) -> Result<Fared, LinkError> {
    let site = Site::of(facts, &["127.0.0.1".to_owned()]);
    let faults = fault.into_iter().collect();
    let links = Arc::new(InProcess::new(configuration.clone(), faults));
    let field = Field::in_process(site.clone(), links, PATIENCE, bounds.seed);
    let around = Circumstances {
        seed: bounds.seed,
        surface: "http".to_owned(),
        endpoint: "http://127.0.0.1:8080".to_owned(),
        response_timeout_ms: 3000,
        site,
    };
    let started = Instant::now();
    let mut first = First {
        started,
        time: bounds.time,
        is_found: false,
    };
    let hunted = hunt(&field, &around, &mut NoReviver, &mut first).await?;
    let seconds = started.elapsed().as_secs_f64();
    let finding = hunted.findings.into_iter().find(Finding::is_certain);
    let replayed = match &finding {
        Some(finding) => {
            let mut confirmation = Confirmation::new(&field, 1 << 20);
            let (steps, trouble) = (&finding.steps, &finding.trouble);
            confirmation.count(steps, trouble, REPLAYS).await?
        }
        None => 0,
    };
    Ok(Fared {
        fault: fault.map(|fault| fault.name),
        steps: finding.as_ref().map(Finding::requests),
        found: finding.map(|finding| {
            let trouble = &finding.trouble;
            format!("{}: {}", finding.id, trouble.observed)
        }),
        seconds,
        sequences: hunted.standing.sequences,
        requests: hunted.standing.requests,
        replayed,
    })
}

/// Watches until something is found.
struct First {
    started: Instant,
    time: Duration,
    is_found: bool,
}

impl Watcher for First {
    fn standing(&mut self, _: &Standing) {}

    fn found(&mut self, finding: &Finding) {
        self.is_found |= finding.is_certain();
    }

    fn is_over(&mut self) -> bool {
        self.is_found || self.started.elapsed() >= self.time
    }
}
