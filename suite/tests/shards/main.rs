//! Runs in parts and runs that were killed, as their users meet them: the built binary over
//! loopback, put together again and compared with the run that was neither.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

#[path = "../hostile/child.rs"]
mod child;
#[path = "../hostile/reference.rs"]
mod reference;
#[path = "../hostile/usage.rs"]
mod usage;

mod diff;
mod killed;
mod merged;
mod refused;

use child::{Ended, call, folder};
use onem2m_server::{Clauses, faults};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use usage::assert_usage;

/// A seed, so that runs can be compared.
const SEED: &str = "7";

/// Runs with these arguments and the seed into a fresh folder.
fn run(name: &str, arguments: &[&str]) -> (Ended, PathBuf) {
    let folder = folder(&format!("shards-{name}"));
    let mut all = vec!["run", "--seed", SEED, "--out", folder.to_str().unwrap()];
    all.extend(arguments);
    (call(&all), folder)
}

/// The setting that names a reference without access control.
fn faulty_endpoint() -> String {
    let mut clauses = Clauses::SPECIFICATION;
    (faults::find("AcpOff").unwrap().apply)(&mut clauses);
    format!("endpoints.http=http://{}", reference::start(clauses))
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Everything that a run says, but for its times.
fn timeless(folder: &Path) -> Value {
    let mut results = json(&folder.join("results.json"));
    forget_times(&mut results);
    // The exchanges of a finding stay with the run that asked.
    for finding in results["profile_findings"].as_array_mut().unwrap() {
        finding.as_object_mut().unwrap().remove("transcript");
    }
    results
}

fn forget_times(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| name != "started" && name != "duration_ms");
            members.values_mut().for_each(forget_times);
        }
        Value::Array(elements) => elements.iter_mut().for_each(forget_times),
        _ => {}
    }
}

/// Two runs say the same, but for their times; what differs is told member by member.
#[track_caller]
fn assert_same(one: &Path, other: &Path) {
    let (one, other) = (timeless(one), timeless(other));
    let (left, right) = (one.as_object().unwrap(), other.as_object().unwrap());
    for name in left.keys().chain(right.keys()) {
        let (left, right) = (left.get(name), right.get(name));
        if let (Some(Value::Array(left)), Some(Value::Array(right))) = (left, right) {
            for (left, right) in left.iter().zip(right) {
                assert_eq!(left, right, "{name}");
            }
        }
        assert_eq!(left, right, "{name}");
    }
}

/// The verdicts follow from the transcripts, and nothing was changed since.
#[track_caller]
fn assert_judged_alike(folder: &Path) {
    let again = call(&["rejudge", folder.to_str().unwrap()]);
    assert_eq!(again.code, 0, "{}{}", again.data, again.talk);
    assert!(!again.talk.contains("changed"), "{}", again.talk);
    assert!(!again.talk.contains("manifest"), "{}", again.talk);
}
