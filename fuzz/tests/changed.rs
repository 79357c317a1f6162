//! Committed seeds with some octets changed, through their targets, on stable: what libFuzzer does for longer.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::Path;

use onem2m_fuzz::TARGETS;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

/// Of each target, if nobody asks for more.
const CASES: u32 = 300;

/// One change of octets.
#[derive(Clone, Debug)]
enum Change {
    Set(Index, u8),
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Cut(Index, Index),
    Repeat(Index, Index),
}

impl Change {
    fn apply(&self, octets: &mut Vec<u8>) {
        if octets.is_empty() {
            return;
        }
        let length = octets.len();
        match self {
            Self::Set(place, octet) => *place.get_mut(octets) = *octet,
            Self::Flip(place, bit) => *place.get_mut(octets) ^= 1 << (bit % 8),
            Self::Insert(place, new) => {
                let place = place.index(length);
                octets.splice(place..place, new.iter().copied());
            }
            Self::Cut(one, other) => drop(octets.drain(between(one, other, length))),
            Self::Repeat(one, other) => {
                let again = octets
                    .get(between(one, other, length))
                    .unwrap_or_default()
                    .to_vec();
                octets.extend(again);
            }
        }
    }
}

fn between(one: &Index, other: &Index, length: usize) -> std::ops::Range<usize> {
    let (one, other) = (one.index(length), other.index(length));
    one.min(other)..one.max(other)
}

fn change() -> impl Strategy<Value = Change> {
    let place = any::<Index>;
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(place, octet)| Change::Set(place, octet)),
        (place(), any::<u8>()).prop_map(|(place, bit)| Change::Flip(place, bit)),
        (place(), vec(any::<u8>(), 1..8)).prop_map(|(place, new)| Change::Insert(place, new)),
        (place(), place()).prop_map(|(one, other)| Change::Cut(one, other)),
        (place(), place()).prop_map(|(one, other)| Change::Repeat(one, other)),
    ]
}

#[test]
fn changed_seeds_keep_the_promises_too() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let cases = std::env::var("PROPTEST_CASES").map_or(CASES, |cases| cases.parse().unwrap());
    for (name, target) in TARGETS {
        let files = fs::read_dir(corpora.join(name)).unwrap();
        let seeds: Vec<_> = files
            .map(|file| fs::read(file.unwrap().path()).unwrap())
            .collect();
        let changed = (select(seeds), vec(change(), 1..6));
        let mut runner = TestRunner::new(Config {
            cases,
            failure_persistence: None,
            ..Config::default()
        });
        let held = runner.run(&changed, |(mut octets, changes)| {
            for change in changes {
                change.apply(&mut octets);
            }
            target(&octets);
            Ok(())
        });
        held.unwrap_or_else(|failure| panic!("{name}: {failure}"));
    }
}
