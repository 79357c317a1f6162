//! The loop: sequences are drawn and tried until time is up, and what they show becomes findings.

use super::confirm::{Confirmation, TIMES};
use super::field::Field;
use super::finding::{Circumstances, Finding};
use super::generate::{Flights, Generator, set_up};
use super::minimise::{Smallest, minimise};
use super::model::{ADMINISTRATOR, BASE};
use super::novelty::Novelty;
use super::step::{Operation, Step, Target};
use super::surface::Surface;
use super::trial::{self, Given, Source, Trial};
use super::trouble::Trouble;
use crate::engine::session::Reviver;
use crate::tester::link::LinkError;
use futures_util::stream::{FuturesOrdered, StreamExt};
use std::collections::VecDeque;

/// Sequences that are kept because they showed something new.
const POOL: usize = 256;

/// Of a hundred sequences, how many vary one that is kept.
const VARIED: u64 = 35;

/// Findings of one cause and clause that are made small.
const CLASSES: usize = 4;

/// What is told while it goes on.
pub trait Watcher: Send {
    /// How it stands.
    fn standing(&mut self, standing: &Standing);

    /// A finding that was made small.
    fn found(&mut self, finding: &Finding);

    /// Whether to end.
    fn is_over(&mut self) -> bool;
}

/// How a campaign stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Sequences that were tried.
    pub sequences: u64,
    /// Requests that were sent, those of repetitions too.
    pub requests: u64,
    /// Shapes of answers.
    pub shapes: usize,
    /// Findings.
    pub findings: usize,
}

/// What a campaign came to.
#[derive(Debug, Default)]
pub struct Hunted {
    /// The findings.
    pub findings: Vec<Finding>,
    /// How it stood at the end.
    pub standing: Standing,
    /// What could not be removed.
    pub left_behind: Vec<String>,
    /// Why it ended before its time.
    pub ended: Option<String>,
}

/// Whether the IUT lets the tester prepare anything at all; why not.
pub async fn prepare(field: &Field) -> Result<Result<(), String>, LinkError> {
    let steps = match field.site.surface {
        Surface::Handshake => vec![Step::new(
            ADMINISTRATOR,
            Operation::Retrieve,
            Target::of(BASE),
        )],
        _ => set_up(field.site.release_version()),
    };
    let trial = trial::run(field, &mut Given::new(&steps), 0, false).await?;
    Ok(match trial.seen {
        None => Ok(()),
        Some(seen) => Err(format!(
            "{}: expected {}, got {}",
            seen.step, seen.trouble.expected, seen.trouble.observed
        )),
    })
}

/// Hunts until the watcher says that it is over.
///
/// Several trials are in flight at once. They are judged in the order in which they were drawn, and each is drawn when the same
/// ones before it are judged: how fast the IUT answers changes nothing.
pub async fn hunt(
    field: &Field,
    around: &Circumstances,
    reviver: &mut dyn Reviver,
    watcher: &mut dyn Watcher,
) -> Result<Hunted, LinkError> {
    let mut hunted = Hunted::default();
    let mut novelty = Novelty::default();
    let mut pool: Vec<Vec<Step>> = Vec::new();
    let mut flying = FuturesOrdered::new();
    let mut landed: VecDeque<(u64, Trial)> = VecDeque::new();
    let mut sequence = 0;
    loop {
        while !watcher.is_over() && flying.len() + landed.len() < field.abreast {
            sequence += 1;
            flying.push_back(flight(field, sequence, draw(field, sequence, &pool)));
        }
        let next = match landed.pop_front() {
            Some(next) => Some(next),
            None => flying.next().await.transpose()?,
        };
        let Some((number, mut trial)) = next else {
            return Ok(hunted);
        };
        hunted.standing.sequences = number;
        hunted.standing.requests += trial.requests;
        hunted.left_behind.append(&mut trial.left_behind);
        if novelty.take(std::mem::take(&mut trial.shapes)) && trial.seen.is_none() {
            keep(&mut pool, number, &trial.steps);
        }
        hunted.standing.shapes = novelty.count();
        if trial.seen.is_some() {
            // What is seen is looked at again with nothing else going on.
            while let Some(next) = flying.next().await.transpose()? {
                landed.push_back(next);
            }
            let is_alone = landed.iter().all(|(_, other)| other.seen.is_none());
            let mut pursuit = Pursuit {
                field,
                around,
                hunted: &mut hunted,
                reviver,
                watcher,
                is_alone,
            };
            if !pursuit.take(number, trial).await? {
                pursuit.add_suspects(landed);
                return Ok(hunted);
            }
        }
        watcher.standing(&hunted.standing);
    }
}

async fn flight(
    field: &Field,
    number: u64,
    mut source: Box<dyn Source>,
) -> Result<(u64, Trial), LinkError> {
    let trial = trial::run(field, source.as_mut(), number, false).await?;
    Ok((number, trial))
}

fn draw(field: &Field, sequence: u64, pool: &[Vec<Step>]) -> Box<dyn Source> {
    if field.site.surface == Surface::Handshake {
        return Box::new(Flights::new(field.seed, sequence));
    }
    let fresh = || Generator::fresh(field.seed, sequence, field.site.release_version());
    let length = u64::try_from(pool.len()).unwrap_or(1).max(1);
    let chosen = usize::try_from((sequence / 3) % length).unwrap_or_default();
    match pool.get(chosen) {
        Some(earlier) if sequence % 100 < VARIED => {
            Box::new(Generator::varied(field.seed, sequence, earlier))
        }
        _ => Box::new(fresh()),
    }
}

/// The oldest makes room for what came last.
fn keep(pool: &mut Vec<Vec<Step>>, sequence: u64, steps: &[Step]) {
    if pool.len() < POOL {
        pool.push(steps.to_vec());
        return;
    }
    let bound = u64::try_from(POOL).unwrap_or(1);
    let place = usize::try_from(sequence % bound).unwrap_or_default();
    if let Some(place) = pool.get_mut(place) {
        *place = steps.to_vec();
    }
}

struct Pursuit<'a> {
    field: &'a Field,
    around: &'a Circumstances,
    hunted: &'a mut Hunted,
    reviver: &'a mut dyn Reviver,
    watcher: &'a mut dyn Watcher,
    /// Whether no trial that was in flight beside it is still to be pursued.
    is_alone: bool,
}

impl Pursuit<'_> {
    /// Makes a finding of what a trial showed, unless it is known; whether the campaign can go on.
    async fn take(&mut self, sequence: u64, trial: Trial) -> Result<bool, LinkError> {
        let Some(seen) = &trial.seen else {
            return Ok(true);
        };
        let like = seen.trouble.clone();
        if seen.is_dead && self.field.is_shared && !self.reviver.revive().await {
            let smallest = Smallest {
                steps: trial.steps.clone(),
                trial,
            };
            self.add(sequence, smallest, (0, 0));
            let why = "the IUT does not answer any more, and the profile cannot restart it";
            self.hunted.ended = Some(why.to_owned());
            return Ok(false);
        }
        if self.is_known(&like) {
            return Ok(true);
        }
        let steps = trial.steps.clone();
        let mut confirmation = Confirmation::new(self.field, sequence);
        let shown = confirmation.count(&steps, &like, TIMES).await?;
        let mut smallest = Smallest { steps, trial };
        if shown == TIMES {
            let Smallest { steps, trial } = smallest;
            smallest = minimise(&mut confirmation, steps, trial, &like).await?;
        }
        self.hunted.standing.requests += confirmation.requests;
        let is_dead = confirmation.is_dead;
        // One trial that stops the IUT is seen by all that are in flight beside it: the last one is told of at least.
        if shown > 0 || self.is_alone {
            self.add(sequence, smallest, (shown, TIMES));
        }
        if is_dead && !self.reviver.revive().await {
            let why = "the IUT does not answer any more, and the profile cannot restart it";
            self.hunted.ended = Some(why.to_owned());
            return Ok(false);
        }
        Ok(true)
    }

    /// Trials in flight beside the one that the IUT did not outlive, so far as can be told: it may have been one of them.
    fn add_suspects(&mut self, landed: impl IntoIterator<Item = (u64, Trial)>) {
        for (sequence, trial) in landed {
            if trial.seen.as_ref().is_some_and(|seen| seen.is_dead) {
                let steps = trial.steps.clone();
                self.add(sequence, Smallest { steps, trial }, (0, 0));
            }
        }
    }

    /// Counts what was seen before, or what is too much like it.
    fn is_known(&mut self, trouble: &Trouble) -> bool {
        let findings = &mut self.hunted.findings;
        if let Some(same) = findings
            .iter_mut()
            .find(|it| it.trouble.is_like(trouble) && it.trouble.class == trouble.class)
        {
            same.count += 1;
            return true;
        }
        let alike = findings
            .iter_mut()
            .filter(|it| it.trouble.is_like(trouble))
            .collect::<Vec<_>>();
        let is_enough = alike.len() >= CLASSES;
        if let Some(first) = alike.into_iter().next()
            && is_enough
        {
            first.count += 1;
        }
        is_enough
    }

    fn add(&mut self, sequence: u64, smallest: Smallest, reproduced: (u32, u32)) {
        let Some(finding) = Finding::new(self.around, sequence, smallest, reproduced) else {
            return;
        };
        if self.is_known(&finding.trouble) {
            return;
        }
        self.watcher.found(&finding);
        self.hunted.findings.push(finding);
        self.hunted.standing.findings = self.hunted.findings.len();
    }
}
