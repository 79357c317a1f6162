//! Primitives that are protected end to end (TS-0003 V3.18.0, 8.4).

mod carried;
mod crowded;
mod delivered;
mod expiries;
pub mod fixture;
mod function;
mod keys;
mod mutated;
mod nested;
mod offered;
pub mod originator;
mod over_coap;
mod paired;
mod polled;
mod receiver_object;
mod registering;
mod replays;
mod responses;
mod same_stem;
mod shared_object;
mod sizes;
mod stored;

pub use function::{function, function_apart};
pub use paired::{has_set, pair};
