//! Which purposes run beside each other: most in parallel, those that wait beside them in a lane of
//! their own, those that may break the IUT alone.

use super::liveness;
use super::purpose::{self, Finished, Links};
use crate::catalogue::Purpose;
use crate::purposes::{Behaviour, Facts};
use crate::verdict::{Cause, Judgement, Reason};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::task::{Id, JoinSet};

/// Waiting costs nothing but time: this many may wait at once.
const WAITING: usize = 32;

/// A purpose that is to be run.
#[derive(Clone)]
pub struct Item {
    /// The purpose.
    pub purpose: Arc<Purpose>,
    /// What it does.
    pub behaviour: Arc<Behaviour>,
}

/// What all purposes of a run share.
#[derive(Clone)]
pub struct Shared {
    /// Facts on the IUT.
    pub facts: Arc<Facts>,
    /// Ways to the IUT.
    pub links: Arc<dyn Links>,
    /// How often each purpose is run.
    pub repeat: u32,
    /// Set when no further purpose may start.
    pub halt: Arc<AtomicBool>,
}

/// A purpose that was run.
pub struct Record {
    /// The purpose.
    pub item: Item,
    /// What it showed.
    pub finished: Finished,
    /// How long it took.
    pub duration: Duration,
    /// Whether the IUT was dead when it ended: it may be the one that killed it.
    pub suspect: bool,
}

/// Told of each start and end; may set the halt.
pub trait Observer: Send {
    /// A purpose starts.
    fn started(&mut self, purpose: &Purpose);
    /// A purpose has ended.
    fn ended(&mut self, record: &Record);
}

/// Runs items in their lanes; gives back what was run, and what was not because of a halt. The
/// observer is not told of the end of suspects.
pub async fn run(
    items: Vec<Item>,
    jobs: usize,
    shared: &Shared,
    observer: &mut dyn Observer,
) -> (Vec<Record>, Vec<Item>) {
    let (mut alone, beside): (Vec<Item>, Vec<Item>) =
        items.into_iter().partition(|item| item.behaviour.exclusive);
    // What has a reason of its own to be alone may leave the IUT worn: it goes last.
    alone.sort_by_key(|item| item.purpose.alone.is_some());
    let (waiting, busy): (Vec<Item>, Vec<Item>) =
        beside.into_iter().partition(|item| item.behaviour.waits);
    let mut records = Vec::new();
    let mut left = Vec::new();
    let parallel = vec![(waiting, WAITING), (busy, jobs.max(1))];
    together(parallel, shared, observer, &mut records, &mut left).await;
    together(vec![(alone, 1)], shared, observer, &mut records, &mut left).await;
    (records, left)
}

/// Runs several lanes at once, each with its own width.
async fn together(
    lanes: Vec<(Vec<Item>, usize)>,
    shared: &Shared,
    observer: &mut dyn Observer,
    records: &mut Vec<Record>,
    left: &mut Vec<Item>,
) {
    let mut queues: Vec<(VecDeque<Item>, usize)> = lanes
        .into_iter()
        .map(|(items, width)| (items.into(), width))
        .collect();
    let mut running: JoinSet<Record> = JoinSet::new();
    let mut tasks: HashMap<Id, (usize, Item)> = HashMap::new();
    loop {
        for (lane, (queue, free)) in queues.iter_mut().enumerate() {
            while *free > 0 && !shared.halt.load(Ordering::Relaxed) {
                let Some(item) = queue.pop_front() else { break };
                *free -= 1;
                observer.started(&item.purpose);
                let (task, shared) = (item.clone(), shared.clone());
                let task = running.spawn(async move { one(task, &shared).await });
                tasks.insert(task.id(), (lane, item));
            }
        }
        let (id, record) = match running.join_next_with_id().await {
            None => break,
            Some(Ok((id, record))) => (id, Some(record)),
            Some(Err(panicked)) => (panicked.id(), None),
        };
        let Some((lane, item)) = tasks.remove(&id) else {
            continue;
        };
        if let Some((_, free)) = queues.get_mut(lane) {
            *free += 1;
        }
        let mut record = record.unwrap_or_else(|| panicked(item));
        record.suspect = looks_like_death(&record.finished)
            && liveness::is_dead(&shared.facts, shared.links.as_ref()).await;
        if record.suspect {
            shared.halt.store(true, Ordering::Relaxed);
        } else {
            observer.ended(&record);
        }
        records.push(record);
    }
    left.extend(queues.into_iter().flat_map(|(queue, _)| queue));
}

/// Whether a purpose ended as it would if the IUT had died.
fn looks_like_death(finished: &Finished) -> bool {
    let judgement = &finished.judgement;
    matches!(
        judgement.reason,
        Some(Reason::Unreachable | Reason::Timeout | Reason::Precondition | Reason::Unstable)
    ) || matches!(
        judgement.cause,
        Some(Cause::NoDecision | Cause::Hang | Cause::MalformedAnswer | Cause::Poison)
    )
}

/// A purpose that panics is the tester's failure, and still a record.
fn panicked(item: Item) -> Record {
    Record {
        item,
        finished: Finished {
            judgement: Judgement::error("the purpose panicked"),
            transcript: Vec::new(),
            left_behind: Vec::new(),
        },
        duration: Duration::ZERO,
        suspect: false,
    }
}

/// Runs one item as often as the run repeats.
pub async fn one(item: Item, shared: &Shared) -> Record {
    let started = Instant::now();
    let finished = purpose::repeated(
        &item.purpose,
        &item.behaviour,
        &shared.facts,
        shared.links.as_ref(),
        shared.repeat.max(1),
    )
    .await;
    Record {
        item,
        finished,
        duration: started.elapsed(),
        suspect: false,
    }
}
