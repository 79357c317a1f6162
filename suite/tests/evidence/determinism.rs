//! Verdicts do not depend on seed, order or parallelism.

use onem2m_conform::engine::lanes::Record;

use crate::reference::{Reference, differences};

/// Seeds to run in this process; nightly runs ask for more.
fn seeds() -> u64 {
    number("CONFORM_SEEDS", 3)
}

/// Rounds over loopback, each with 1, 2 and 8 jobs; nightly runs ask for more.
fn rounds() -> u64 {
    number("CONFORM_ROUNDS", 0)
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .map_or(default, |number| number.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn seeds_do_not_change_verdicts() {
    let reference = Reference::within_process();
    let first = reference.in_process(0, 1).await;
    assert!(!first.is_empty());
    for seed in 1..seeds() {
        let again = reference.in_process(seed, 8).await;
        assert_eq!(
            differences(&first, &again),
            Vec::<String>::new(),
            "seed {seed}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_do_not_change_verdicts_over_loopback() {
    let reference = Reference::load();
    let first = of_nodes(reference.over_loopback(0, 8).await);
    assert!(!first.is_empty());
    for round in 0..rounds() {
        for jobs in [1, 2, 8] {
            let again = of_nodes(reference.over_loopback(round + 1, jobs).await);
            assert_eq!(
                differences(&first, &again),
                Vec::<String>::new(),
                "round {round} with {jobs} jobs"
            );
        }
    }
    let within = of_nodes(reference.in_process(0, 2).await);
    assert_eq!(differences(&first, &within), Vec::<String>::new());
}

/// Those of CSEs and AEs: the key services have no socket here.
fn of_nodes(mut records: Vec<Record>) -> Vec<Record> {
    records.retain(|record| {
        let id = &record.item.purpose.id;
        !id.starts_with("MAF/") && !id.starts_with("MEF/")
    });
    records
}
