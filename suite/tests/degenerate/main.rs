//! Servers that do not do their work pass nothing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod applicable;
mod denial;
mod link;
mod server;

use applicable::Applicable;
use link::{Degenerate, Mode};
use onem2m_conform::verdict::Verdict;
use server::{ALL, Server};

#[test]
fn explore() {
    let applicable = Applicable::to_the_reference();
    eprintln!("{} purposes", applicable.purposes.len());
    for mode in [Mode::Throughout, Mode::StimulusOnly] {
        for server in ALL {
            let started = std::time::Instant::now();
            let judgements = applicable.judge(|_| true, Degenerate { server, mode });
            let passed: Vec<_> = judgements
                .iter()
                .filter(|(_, j)| j.verdict == Verdict::Pass)
                .map(|(id, _)| id.as_str())
                .collect();
            let mut counts = std::collections::BTreeMap::new();
            for j in judgements.values() {
                *counts
                    .entry(format!("{:?} {:?} {:?}", j.verdict, j.cause, j.reason))
                    .or_insert(0) += 1;
            }
            eprintln!(
                "{mode:?} {server:?} {:?}: {} pass, {counts:?}",
                started.elapsed(),
                passed.len()
            );
            if server != Server::Always4103 {
                eprintln!("   {passed:?}");
            } else {
                let unexpected: Vec<_> = passed
                    .iter()
                    .filter(|id| {
                        let (p, b) = applicable
                            .purposes
                            .iter()
                            .find(|(p, _)| p.id == **id)
                            .unwrap();
                        !denial::is_expected(p, b, &applicable.facts)
                    })
                    .collect();
                eprintln!("   unexpected {unexpected:?}");
            }
            for (id, j) in &judgements {
                if j.verdict == Verdict::Error {
                    eprintln!("   error {id} {j:?}");
                }
            }
        }
    }
}
