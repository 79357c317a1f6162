//! Asks the questions of the catalogue, each in a world of its own.

use crate::catalogue::{Catalogue, Question};
use crate::engine::purpose::Links;
use crate::purposes::clean_up::clean_up;
use crate::purposes::world::World;
use crate::purposes::{Facts, Stop, scenario};
use crate::tester::recorder::Recorder;
use crate::tester::transcript::Entry;
use crate::verdict::{Judgement, Verdict};

/// What an IUT showed of a capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It does what was asked.
    Supported,
    /// It refuses the form, or does otherwise.
    Unsupported,
    /// The answer says nothing of the capability.
    Unknown,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The claim that it is about.
    pub pics: String,
    /// What was asked.
    pub asked: String,
    /// What was seen.
    pub seen: Seen,
    /// What came instead of what was asked for; empty if that came.
    pub detail: String,
    /// Everything that was sent and received.
    pub transcript: Vec<Entry>,
}

/// Response status codes with which an IUT refuses what it does not know (TS-0004 V3.32.0, 6.6.3):
/// a bad request, a target or an operation that is not there, unacceptable contents, a child type
/// that it does not have, and what is not implemented.
const NOT_KNOWN: [&str; 6] = ["4000", "4004", "4005", "4102", "4108", "5001"];

/// Asks what the catalogue can ask about these claims.
pub async fn observe(
    catalogue: &Catalogue,
    concerns: impl Fn(&str) -> bool,
    facts: &Facts,
    links: &dyn Links,
) -> Vec<Observation> {
    let mut observations = Vec::new();
    for question in catalogue.questions.values() {
        if concerns(&question.pics) {
            observations.push(ask(question, facts, links).await);
        }
    }
    observations
}

async fn ask(question: &Question, facts: &Facts, links: &dyn Links) -> Observation {
    let id = format!("probe/{}", question.pics);
    let mut observation = Observation {
        pics: question.pics.clone(),
        asked: question.asks.clone(),
        seen: Seen::Unknown,
        detail: String::new(),
        transcript: Vec::new(),
    };
    let (Some(link), Ok(steps)) = (links.open(&id, 1), question.steps()) else {
        observation.detail = "nothing could be asked".into();
        return observation;
    };
    let recorder = Recorder::new(link.as_ref(), &id, 1, facts.seed);
    let mut world = World::new(&recorder, facts, &id, 1, false);
    let ended = scenario::run(&mut world, &steps).await;
    observation.transcript = recorder.transcript();
    match ended {
        Ok(()) => observation.seen = Seen::Supported,
        Err(Stop::Judged(judgement) | Stop::Undecided(judgement)) => {
            observation.seen = seen(&judgement, &observation.transcript);
            observation.detail = told(&judgement);
        }
    }
    clean_up(&world).await;
    observation
}

/// A mismatch shows that something is missing only if it was no lack of rights.
fn seen(judgement: &Judgement, transcript: &[Entry]) -> Seen {
    if judgement.verdict != Verdict::Fail {
        return Seen::Unknown;
    }
    let step = judgement.step.as_deref().unwrap_or_default();
    let answered = transcript.iter().rev().find_map(|entry| match entry {
        Entry::Exchange(exchange) if exchange.step == step => Some(exchange.answer.status_code()),
        Entry::Inbound { step: at, .. } if at == step => Some(Some(String::new())),
        _ => None,
    });
    match answered.flatten() {
        Some(code) if code.is_empty() || code.starts_with('2') => Seen::Unsupported,
        Some(code) if NOT_KNOWN.contains(&code.as_str()) => Seen::Unsupported,
        _ => Seen::Unknown,
    }
}

fn told(judgement: &Judgement) -> String {
    let step = judgement.step.as_deref().unwrap_or("start");
    let observed = judgement.observed.as_deref().unwrap_or("nothing");
    match judgement.expected.as_deref() {
        Some(expected) => format!("{step}: expected {expected}, got {observed}"),
        None => format!("{step}: {observed}"),
    }
}
