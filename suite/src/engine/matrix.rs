//! The kill matrix: which purpose notices which fault of the reference.

use super::in_process::InProcess;
use super::lanes::{Item, Observer, Record, Shared, run};
use crate::catalogue::{Kind, Purpose};
use crate::purposes::Facts;
use crate::verdict::{Judgement, Verdict};
use futures_util::stream::{self, StreamExt};
use onem2m_server::Configuration;
use onem2m_server::faults::Fault;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

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
    /// Invalid purposes that kill nothing; only the full form tells.
    pub idle_purposes: Vec<String>,
}

/// What happened to one fault.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The fault.
    pub name: String,
    /// The requirement that it breaks.
    pub requirement: String,
    /// Purposes that were run against it and failed at their deciding exchange, set-up and twin passed.
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

/// Runs the matrix over applicable items: for each fault, the purposes that claim it or share its requirement. The full
/// form then looks for a fault that each idle purpose kills; what else kills a fault says nothing more of either.
pub async fn matrix(
    items: &[Item],
    facts: &Facts,
    configuration: &Configuration,
    faults: &[&'static Fault],
    full: bool,
    jobs: usize,
) -> Matrix {
    let bench = Bench {
        facts,
        configuration,
        jobs,
    };
    let (clean, _) = bench.judge(items.to_vec(), Vec::new()).await;
    let imperfect = clean
        .iter()
        .filter(|record| record.finished.judgement.verdict != Verdict::Pass)
        .map(|record| {
            let judgement = record.finished.judgement.clone();
            (record.item.purpose.id.clone(), judgement)
        })
        .collect();
    let killed = stream::iter(faults)
        .map(|fault| bench.failing(fault, items.iter().filter(|item| concerns(item, fault))))
        .buffered(BESIDE)
        .collect::<Vec<_>>()
        .await;
    let mut rows: Vec<Row> = faults
        .iter()
        .zip(killed)
        .map(|(fault, killed_by)| Row {
            name: fault.name.to_owned(),
            requirement: fault.requirement.to_owned(),
            killed_by,
            claimed_by: claimants(items, fault),
        })
        .collect();
    let idle_purposes = match full {
        true => bench.idle(items, faults, &mut rows).await,
        false => Vec::new(),
    };
    Matrix {
        imperfect,
        faults: rows,
        idle_purposes,
    }
}

/// What all rows have in common.
struct Bench<'a> {
    facts: &'a Facts,
    configuration: &'a Configuration,
    jobs: usize,
}

impl Bench<'_> {
    /// Invalid purposes that kill none of the faults. Adds to the rows what is killed on the way.
    async fn idle(
        &self,
        items: &[Item],
        faults: &[&'static Fault],
        rows: &mut [Row],
    ) -> Vec<String> {
        let killers: BTreeSet<&String> = rows.iter().flat_map(|row| &row.killed_by).collect();
        let mut idle: Vec<&Item> = items
            .iter()
            .filter(|item| item.purpose.kind == Kind::Invalid)
            .filter(|item| !killers.contains(&item.purpose.id))
            .collect();
        for (faults, rows) in faults.chunks(BESIDE).zip(rows.chunks_mut(BESIDE)) {
            let killed = stream::iter(faults)
                .map(|fault| {
                    let others = idle.iter().filter(|item| !concerns(item, fault));
                    self.failing(fault, others.copied())
                })
                .buffered(BESIDE)
                .collect::<Vec<_>>()
                .await;
            for (row, killers) in rows.iter_mut().zip(killed) {
                idle.retain(|item| !killers.contains(&item.purpose.id));
                row.killed_by.extend(killers);
            }
        }
        idle.iter().map(|item| item.purpose.id.clone()).collect()
    }

    /// Which of these purposes fail where the reference has a fault.
    async fn failing<'i>(
        &self,
        fault: &'static Fault,
        items: impl Iterator<Item = &'i Item>,
    ) -> Vec<String> {
        let (_, failed) = self.judge(items.cloned().collect(), vec![fault]).await;
        failed
    }

    /// Runs items against servers with these faults; the ids of those that failed, in order.
    async fn judge(
        &self,
        items: Vec<Item>,
        faults: Vec<&'static Fault>,
    ) -> (Vec<Record>, Vec<String>) {
        let shared = Shared {
            facts: Arc::new(self.facts.clone()),
            links: Arc::new(InProcess::new(self.configuration.clone(), faults)),
            repeat: 1,
            halt: Arc::new(AtomicBool::new(false)),
        };
        let (records, _) = run(items, self.jobs, &shared, &mut Silent).await;
        let mut failed: Vec<String> = records
            .iter()
            .filter(|record| record.finished.judgement.verdict == Verdict::Fail)
            .map(|record| record.item.purpose.id.clone())
            .collect();
        failed.sort();
        (records, failed)
    }
}

/// Whether a purpose claims a fault, or judges what it breaks.
fn concerns(item: &Item, fault: &Fault) -> bool {
    let purpose = &item.purpose;
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

struct Silent;

impl Observer for Silent {
    fn started(&mut self, _: &Purpose) {}
    fn ended(&mut self, _: &Record) {}
}
