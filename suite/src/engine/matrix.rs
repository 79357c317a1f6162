//! The kill matrix: which purpose notices which fault of the reference.

use super::in_process::InProcess;
use super::lanes::{Item, Observer, Record, Shared, run};
use crate::catalogue::{Kind, Purpose};
use crate::purposes::Facts;
use crate::verdict::{Judgement, Verdict};
use onem2m_server::Configuration;
use onem2m_server::faults::Fault;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::task::JoinSet;

/// Faults that run beside each other: most of a row is waiting.
const BESIDE: usize = 4;

/// The matrix, as `self-test --json` prints it.
#[derive(Debug, Clone, Serialize)]
pub struct Matrix {
    /// What the reference without faults does not pass.
    #[serde(skip)]
    pub imperfect: Vec<(String, Judgement)>,
    /// One row for each fault.
    pub faults: Vec<Row>,
    /// Invalid purposes that kill nothing; only the full matrix tells.
    pub idle_purposes: Vec<String>,
}

/// What happened to one fault.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The fault.
    pub name: String,
    /// The requirement that it breaks.
    pub requirement: String,
    /// Purposes that failed at their deciding exchange, set-up and twin passed.
    pub killed_by: Vec<String>,
    /// Purposes that claim it.
    pub claimed_by: Vec<String>,
}

impl Row {
    /// Whether a purpose that claims it killed it.
    pub fn is_killed(&self) -> bool {
        self.killed_by
            .iter()
            .any(|killer| self.claimed_by.contains(killer))
    }
}

impl Matrix {
    /// Names of faults that no claiming purpose killed.
    pub fn survivors(&self) -> Vec<&str> {
        let survives = |row: &&Row| !row.is_killed();
        let survivors = self.faults.iter().filter(survives);
        survivors.map(|row| row.name.as_str()).collect()
    }
}

/// Runs the matrix over applicable items. The short form runs, for each fault, the purposes that
/// claim it or share its requirement; the full form runs all.
pub async fn matrix(
    items: &[Item],
    facts: &Facts,
    configuration: &Configuration,
    faults: &[&'static Fault],
    full: bool,
    jobs: usize,
) -> Matrix {
    let (clean, _) = judge(items.to_vec(), facts, configuration, Vec::new(), jobs).await;
    let imperfect = clean
        .iter()
        .filter(|record| record.finished.judgement.verdict != Verdict::Pass)
        .map(|record| {
            let judgement = record.finished.judgement.clone();
            (record.item.purpose.id.clone(), judgement)
        })
        .collect();

    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    let mut waiting = faults.iter().enumerate();
    let mut running = JoinSet::new();
    loop {
        while running.len() < BESIDE
            && let Some((place, fault)) = waiting.next()
        {
            let row = row(
                fault,
                items.to_vec(),
                facts.clone(),
                configuration.clone(),
                full,
                jobs,
            );
            running.spawn(async move { (place, row.await) });
        }
        let Some(ended) = running.join_next().await else {
            break;
        };
        match ended {
            Ok((place, row)) => {
                rows.insert(place, row);
            }
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        }
    }
    let rows: Vec<Row> = rows.into_values().collect();
    let killers: BTreeSet<&String> = rows.iter().flat_map(|row| &row.killed_by).collect();
    let idle =
        |item: &&Item| item.purpose.kind == Kind::Invalid && !killers.contains(&item.purpose.id);
    let idle_purposes = match full {
        true => items
            .iter()
            .filter(idle)
            .map(|item| item.purpose.id.clone())
            .collect(),
        false => Vec::new(),
    };
    Matrix {
        imperfect,
        faults: rows,
        idle_purposes,
    }
}

/// Runs what concerns one fault.
async fn row(
    fault: &'static Fault,
    items: Vec<Item>,
    facts: Facts,
    configuration: Configuration,
    full: bool,
    jobs: usize,
) -> Row {
    let concerned = items
        .iter()
        .filter(|item| full || concerns(&item.purpose, fault))
        .cloned()
        .collect();
    let (_, killed_by) = judge(concerned, &facts, &configuration, vec![fault], jobs).await;
    Row {
        name: fault.name.to_owned(),
        requirement: fault.requirement.to_owned(),
        killed_by,
        claimed_by: claimants(&items, fault),
    }
}

/// Whether a purpose claims a fault, or judges what it breaks.
fn concerns(purpose: &Purpose, fault: &Fault) -> bool {
    let shares = purpose
        .requirements
        .iter()
        .any(|requirement| requirement == fault.requirement);
    shares || purpose.kills.iter().any(|name| name == fault.name)
}

/// Purposes whose claim holds: they name the fault and share its requirement.
fn claimants(items: &[Item], fault: &Fault) -> Vec<String> {
    items
        .iter()
        .map(|item| &item.purpose)
        .filter(|purpose| purpose.kills.iter().any(|name| name == fault.name))
        .filter(|purpose| {
            purpose
                .requirements
                .iter()
                .any(|id| id == fault.requirement)
        })
        .map(|purpose| purpose.id.clone())
        .collect()
}

/// Runs items against servers with these faults; the ids of those that failed, in order.
async fn judge(
    items: Vec<Item>,
    facts: &Facts,
    configuration: &Configuration,
    faults: Vec<&'static Fault>,
    jobs: usize,
) -> (Vec<Record>, Vec<String>) {
    let shared = Shared {
        facts: Arc::new(facts.clone()),
        links: Arc::new(InProcess::new(configuration.clone(), faults)),
        repeat: 1,
        halt: Arc::new(AtomicBool::new(false)),
    };
    let (records, _) = run(items, jobs, &shared, &mut Silent).await;
    let mut failed: Vec<String> = records
        .iter()
        .filter(|record| record.finished.judgement.verdict == Verdict::Fail)
        .map(|record| record.item.purpose.id.clone())
        .collect();
    failed.sort();
    (records, failed)
}

struct Silent;

impl Observer for Silent {
    fn started(&mut self, _: &Purpose) {}
    fn ended(&mut self, _: &Record) {}
}
