//! Which purposes run beside each other: most in parallel, those that wait beside them in a lane of
//! their own, those whose identities others have too one after another, those that may break the IUT alone. An AE under test
//! has a lane beside all that CSEs are asked.

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
    let mut lanes = Kind::ALL.map(|kind| Lane {
        kind,
        queue: VecDeque::new(),
        width: kind.width(jobs),
        running: 0,
    });
    for item in items {
        let kind = Kind::of(&item, &shared.facts);
        if let Some(lane) = lanes.iter_mut().find(|lane| lane.kind == kind) {
            lane.queue.push_back(item);
        }
    }
    let mut records = Vec::new();
    together(&mut lanes, shared, observer, &mut records).await;
    let left = lanes.into_iter().flat_map(|lane| lane.queue).collect();
    (records, left)
}

/// What the purposes of a lane have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// They let time pass.
    Waiting,
    /// They do not.
    Busy,
    /// They make the one AE act, which asks nothing of a CSE under test.
    Application,
    /// They have identities that others have too.
    Sharing,
    /// They may break the IUT, whatever else holds of them.
    Alone,
    /// They have a reason of their own to be alone, and may leave the IUT worn.
    Apart,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Busy,
        Self::Application,
        Self::Sharing,
        Self::Alone,
        Self::Apart,
    ];

    fn of(item: &Item, facts: &Facts) -> Self {
        let behaviour = &item.behaviour;
        match behaviour.is_exclusive(facts) {
            true if item.purpose.alone.is_some() => Self::Apart,
            true if item.purpose.role() == "AE" => Self::Application,
            true if behaviour.is_guarded(facts) => Self::Alone,
            true => Self::Sharing,
            false if behaviour.waits => Self::Waiting,
            false => Self::Busy,
        }
    }

    /// How many run at once.
    fn width(self, jobs: usize) -> usize {
        match self {
            Self::Waiting => WAITING,
            Self::Busy => jobs.max(1),
            Self::Application | Self::Sharing | Self::Alone | Self::Apart => 1,
        }
    }

    /// Whether it begins once another kind is over.
    fn is_behind(self, other: Self) -> bool {
        match self {
            Self::Waiting | Self::Busy | Self::Application | Self::Sharing => false,
            Self::Alone => matches!(other, Self::Waiting | Self::Busy | Self::Sharing),
            Self::Apart => other != Self::Apart,
        }
    }
}

/// Purposes of a kind.
struct Lane {
    kind: Kind,
    queue: VecDeque<Item>,
    width: usize,
    running: usize,
}

impl Lane {
    fn is_over(&self) -> bool {
        self.running == 0 && self.queue.is_empty()
    }
}

/// The next purpose that may start, of any lane.
fn next(lanes: &mut [Lane]) -> Option<(usize, Item)> {
    let unfinished = lanes.iter().filter(|lane| !lane.is_over());
    let unfinished: Vec<Kind> = unfinished.map(|lane| lane.kind).collect();
    let may_start = |lane: &Lane| {
        lane.running < lane.width && !unfinished.iter().any(|kind| lane.kind.is_behind(*kind))
    };
    lanes.iter_mut().enumerate().find_map(|(index, lane)| {
        let item = may_start(lane).then(|| lane.queue.pop_front()).flatten()?;
        lane.running += 1;
        Some((index, item))
    })
}

/// Runs several lanes at once.
async fn together(
    lanes: &mut [Lane],
    shared: &Shared,
    observer: &mut dyn Observer,
    records: &mut Vec<Record>,
) {
    let mut running: JoinSet<Record> = JoinSet::new();
    let mut tasks: HashMap<Id, (usize, Item)> = HashMap::new();
    loop {
        while !shared.halt.load(Ordering::Relaxed) {
            let Some((lane, item)) = next(lanes) else {
                break;
            };
            observer.started(&item.purpose);
            let (task, shared) = (item.clone(), shared.clone());
            let task = running.spawn(async move { one(task, &shared).await });
            tasks.insert(task.id(), (lane, item));
        }
        let (id, record) = match running.join_next_with_id().await {
            None => break,
            Some(Ok((id, record))) => (id, Some(record)),
            Some(Err(panicked)) => (panicked.id(), None),
        };
        let Some((lane, item)) = tasks.remove(&id) else {
            continue;
        };
        if let Some(lane) = lanes.get_mut(lane) {
            lane.running -= 1;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn lanes(filled: &[(Kind, usize)]) -> [Lane; 6] {
        Kind::ALL.map(|kind| Lane {
            kind,
            queue: VecDeque::new(),
            width: kind.width(2),
            running: filled
                .iter()
                .find_map(|(running, count)| (*running == kind).then_some(*count))
                .unwrap_or_default(),
        })
    }

    fn item() -> Item {
        let catalogue = crate::catalogue::Catalogue::embedded().expect("the catalogue");
        let purpose = catalogue.purposes.into_iter().next().expect("a purpose");
        Item {
            behaviour: Arc::new(Behaviour::of(&purpose).expect("a behaviour")),
            purpose: Arc::new(purpose),
        }
    }

    /// Whether a purpose of a kind starts while these run.
    fn starts(kind: Kind, beside: &[(Kind, usize)]) -> bool {
        let mut lanes = lanes(beside);
        if let Some(lane) = lanes.iter_mut().find(|lane| lane.kind == kind) {
            lane.queue.push_back(item());
        }
        next(&mut lanes).is_some()
    }

    #[test]
    fn credentials_of_its_own_are_those_that_stand_for_nobody_elses_entity() {
        let catalogue = crate::catalogue::Catalogue::embedded().expect("the catalogue");
        let profile = crate::profile::Profile::load("reference", &[], &catalogue).expect("one");
        let mut facts = crate::engine::setup::facts(&profile, &catalogue, 1);
        let id = "CSE/ESCERTKE/COR/003";
        let mut purposes = catalogue.purposes.iter();
        let purpose = purposes
            .find(|it| it.id == id)
            .expect("a purpose that waits");
        let behaviour = Behaviour::of(purpose).expect("a behaviour");
        assert!(!behaviour.is_exclusive(&facts));
        let peers = &mut facts.known_peers.peers;
        let entities = peers["ae-waiting"].entities.clone();
        peers.get_mut("node").expect("a node").entities = entities;
        assert!(behaviour.is_exclusive(&facts));
    }

    #[test]
    fn one_that_may_break_the_iut_waits_for_all_but_the_application() {
        for kind in [Kind::Waiting, Kind::Busy, Kind::Sharing, Kind::Alone] {
            assert!(!starts(Kind::Alone, &[(kind, 1)]), "beside {kind:?}");
        }
        assert!(starts(Kind::Alone, &[(Kind::Application, 1)]));
    }

    #[test]
    fn one_with_a_reason_to_be_alone_waits_for_all() {
        for kind in Kind::ALL {
            assert!(!starts(Kind::Apart, &[(kind, 1)]), "beside {kind:?}");
        }
        assert!(starts(Kind::Apart, &[]));
    }

    #[test]
    fn those_that_share_identities_run_one_after_another() {
        assert!(!starts(Kind::Sharing, &[(Kind::Sharing, 1)]));
        assert!(starts(
            Kind::Sharing,
            &[(Kind::Waiting, 3), (Kind::Busy, 2), (Kind::Application, 1)]
        ));
    }

    #[test]
    fn no_more_are_busy_than_there_are_jobs() {
        assert!(starts(Kind::Busy, &[(Kind::Busy, 1)]));
        assert!(!starts(Kind::Busy, &[(Kind::Busy, 2)]));
    }
}
