//! Octets that nothing reads.

use std::hint::black_box;

/// Keeps every promise: the rate of this target is that of the fuzzer itself, of which the rates of others are shares.
pub fn empty(data: &[u8]) {
    black_box(data);
}
