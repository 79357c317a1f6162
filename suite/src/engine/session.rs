//! A whole run: lanes, and what happens when the IUT dies in the middle.

use super::lanes::{self, Item, Observer, Record, Shared};
use super::liveness;
use crate::tester::link::BoxFuture;
use crate::verdict::{Cause, Judgement, Reason};
use std::sync::atomic::Ordering;

/// Brings a dead IUT back.
pub trait Reviver: Send {
    /// Whether it is back.
    fn revive(&mut self) -> BoxFuture<'_, bool>;
}

/// An IUT that nobody can restart.
pub struct NoReviver;

impl Reviver for NoReviver {
    fn revive(&mut self) -> BoxFuture<'_, bool> {
        Box::pin(async { false })
    }
}

/// Purposes that were not run, and why.
pub struct Unjudged {
    /// The purposes.
    pub items: Vec<Item>,
    /// The judgement that stands for them.
    pub judgement: Judgement,
}

/// Runs items to the end, or until they have to stop. `halted` says why, if the caller set the halt.
pub async fn run(
    items: Vec<Item>,
    jobs: usize,
    shared: &Shared,
    observer: &mut dyn Observer,
    reviver: &mut dyn Reviver,
    halted: &dyn Fn() -> Option<String>,
) -> Option<Unjudged> {
    let mut items = items;
    loop {
        let (records, left) = lanes::run(items, jobs, shared, observer).await;
        let suspects: Vec<Record> = records
            .into_iter()
            .filter(|record| record.suspect)
            .collect();
        if suspects.is_empty() {
            return unjudged(left, halted());
        }
        if !reviver.revive().await {
            for mut suspect in suspects {
                let detail = "the IUT died, and the profile cannot restart it";
                suspect.finished.judgement = Judgement::inconclusive(Reason::IutDied, detail);
                observer.ended(&suspect);
            }
            return unjudged_after_death(left);
        }
        for suspect in suspects {
            let mut record = lanes::one(suspect.item, shared).await;
            if liveness::is_dead(&shared.facts, shared.links.as_ref()).await {
                let judgement = &record.finished.judgement;
                let expected = judgement
                    .expected
                    .clone()
                    .unwrap_or_else(|| "an answer".into());
                let step = judgement.step.clone().unwrap_or_default();
                let observed = "the IUT died, again when run alone";
                record.finished.judgement =
                    Judgement::fail(Cause::Crash, expected, observed).at(step);
                observer.ended(&record);
                if !reviver.revive().await {
                    return unjudged_after_death(left);
                }
            } else {
                observer.ended(&record);
            }
        }
        if let Some(why) = halted() {
            return unjudged(left, Some(why));
        }
        shared.halt.store(false, Ordering::Relaxed);
        items = left;
    }
}

fn unjudged(items: Vec<Item>, why: Option<String>) -> Option<Unjudged> {
    let why = why.unwrap_or_else(|| "the run was halted".into());
    (!items.is_empty()).then(|| Unjudged {
        items,
        judgement: Judgement::inconclusive(Reason::Timeout, format!("not started: {why}")),
    })
}

fn unjudged_after_death(items: Vec<Item>) -> Option<Unjudged> {
    let detail = "not started: the IUT died";
    (!items.is_empty()).then(|| Unjudged {
        items,
        judgement: Judgement::inconclusive(Reason::IutDied, detail),
    })
}
