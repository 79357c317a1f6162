//! What is read takes memory in proportion to its octets, whatever lengths it announces.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it does"
)]

use std::alloc::System;
use std::path::Path;
use std::sync::LazyLock;

use onem2m_fuzz::{
    Target, coap_message, dtls_messages, esprim_object, esprim_rand, identifier, jwe, jws, nested,
    primitive, psk_identity, tls_messages, token,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const TARGETS: [(&str, Target); 12] = [
    ("coap_message", coap_message),
    ("dtls_messages", dtls_messages),
    ("esprim_object", esprim_object),
    ("esprim_rand", esprim_rand),
    ("identifier", identifier),
    ("jwe", jwe),
    ("jws", jws),
    ("nested", nested),
    ("primitive", primitive),
    ("psk_identity", psk_identity),
    ("tls_messages", tls_messages),
    ("token", token),
];

/// What all readings and writings of a target may take for each octet: they keep no more than a few times what they read.
const FOR_EACH_OCTET: usize = 512;
/// What they may take beside: less than a length of two octets can announce.
const AT_LEAST: usize = 48 * 1024;

/// The committed seeds, each with its target.
static SEEDS: LazyLock<Vec<(usize, Vec<u8>)>> = LazyLock::new(|| {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let seeds = TARGETS.iter().enumerate().flat_map(|(target, (name, _))| {
        let files = std::fs::read_dir(corpora.join(name)).unwrap();
        files.map(move |file| (target, std::fs::read(file.unwrap().path()).unwrap()))
    });
    seeds.collect()
});

/// Any octets, or a seed in which some are changed, most of them to what announces much.
fn input() -> impl Strategy<Value = (usize, Vec<u8>)> {
    let anything = (0..TARGETS.len(), vec(any::<u8>(), 0..300));
    let octet = prop_oneof![Just(0xff), Just(0x7f), any::<u8>()];
    let changed = (select(&**SEEDS), vec((any::<Index>(), octet), 0..6));
    let changed = changed.prop_map(|((target, mut seed), changes)| {
        for (place, octet) in changes {
            if !seed.is_empty() {
                *place.get_mut(&mut seed) = octet;
            }
        }
        (target, seed)
    });
    prop_oneof![anything, changed]
}

proptest! {
    // The allocator counts for all threads: it is the only test of this binary.
    #[test]
    fn memory_is_in_proportion_to_the_octets((target, octets) in input()) {
        let (name, read) = TARGETS[target];
        let region = Region::new(ALLOCATOR);
        read(&octets);
        let taken = region.change().bytes_allocated;
        let limit = AT_LEAST + FOR_EACH_OCTET * octets.len();
        prop_assert!(taken <= limit, "{name}: {taken} for {} octets", octets.len());
    }
}
