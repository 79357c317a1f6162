//! What a purpose says that it does, its transcript shows.

use crate::reference::Reference;
use onem2m_conform::catalogue::behaviour::{Action, Role, Step};
use onem2m_conform::tester::transcript::Entry;
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread")]
async fn every_step_is_in_the_transcript() {
    for record in Reference::within_process().in_process(1, 8).await {
        let Some((tested, twin)) = record.item.behaviour.steps() else {
            continue;
        };
        let shown: BTreeSet<&str> = record
            .finished
            .transcript
            .iter()
            .filter_map(|entry| match entry {
                Entry::Exchange(exchange) => Some(exchange.step.as_str()),
                Entry::Inbound { step, .. } | Entry::Answers { step, .. } => Some(step.as_str()),
                _ => None,
            })
            .collect();
        let waits = record.finished.transcript.iter();
        let waits = waits.filter(|entry| matches!(entry, Entry::Wait { .. }));
        let expected_waits = tested.iter().filter(|step| is_wait(step)).count();
        assert!(
            waits.count() >= expected_waits,
            "{}",
            record.item.purpose.id
        );
        for (prefix, steps) in [("", tested), ("twin: ", twin)] {
            for step in steps.iter().filter(|step| is_unconditional(step)) {
                let name = match &step.action {
                    Action::Register { .. } if step.role == Role::SetUp && step.is_usual() => {
                        format!("{prefix}register {}", step.actor)
                    }
                    _ => format!("{prefix}{}", step.name),
                };
                assert!(
                    shown.contains(name.as_str()),
                    "{}: no step {name:?} in {shown:?}",
                    record.item.purpose.id
                );
            }
        }
    }
}

fn is_wait(step: &Step) -> bool {
    matches!(step.action, Action::WaitUntil { .. })
}

fn is_unconditional(step: &Step) -> bool {
    !is_wait(step) && step.when.is_none() && step.unless.is_none()
}
