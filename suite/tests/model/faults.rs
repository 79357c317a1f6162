//! Every fault that replaces a clause of the access decision, one at a time.

use crate::counterexample::size;
use crate::reference::Model;
use onem2m_conform::verdict::{Cause, Verdict};
use onem2m_server::Clauses;
use onem2m_server::faults::{self, Fault};

/// Cases that all purposes together may take, if every fault is to be looked for.
fn cases() -> Option<usize> {
    let cases = std::env::var("CONFORM_MODEL_CASES").ok()?;
    Some(cases.parse().unwrap())
}

/// In every hundred faults, so many have to be found.
const FOUND: usize = 95;

/// Whether a fault replaces a clause of the access decision: the tables show the addresses of their functions.
fn replaces_a_clause_of_the_decision(fault: &&'static Fault) -> bool {
    let mut clauses = Clauses::SPECIFICATION;
    (fault.apply)(&mut clauses);
    format!("{:?}", clauses.access) != format!("{:?}", Clauses::SPECIFICATION.access)
}

/// The classes of wrong decisions that the first purpose shows that fails.
async fn found(model: &Model, fault: &'static Fault) -> Vec<String> {
    for item in &model.items {
        let judgement = model.judge(item, vec![fault]).await.judgement;
        if judgement.verdict == Verdict::Fail && judgement.cause == Some(Cause::WrongDecision) {
            return judgement
                .observed
                .into_iter()
                .chain(judgement.details)
                .collect();
        }
    }
    Vec::new()
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_of_the_decision_are_found_and_made_small() {
    let all: Vec<&'static Fault> = faults::all()
        .filter(replaces_a_clause_of_the_decision)
        .collect();
    assert!(all.len() > 50, "{}", all.len());
    let purposes = Model::load(1, 1).items.len();
    let (looked_for, total): (Vec<_>, usize) = match cases() {
        Some(total) => (all, total),
        // One in seven, among them some of each file.
        None => (all.into_iter().step_by(7).collect(), 1000),
    };
    let model = Model::load(1, total / purposes);
    let mut missed = Vec::new();
    for fault in &looked_for {
        let lines = found(&model, fault).await;
        println!("{}: {} shown", fault.name, lines.len());
        for line in &lines {
            println!("  {line}");
            let (policies, rules) = size(line);
            assert!(policies <= 2 && rules <= 2, "{}: {line}", fault.name);
        }
        if lines.is_empty() {
            missed.push(fault.name);
        }
    }
    println!("not found: {missed:?}");
    let found = looked_for.len() - missed.len();
    assert!(
        found * 100 >= looked_for.len() * FOUND,
        "{found} of {} found, missed {missed:?}",
        looked_for.len()
    );
}
