//! Primitives that are protected end to end (TS-0003 V3.18.0, 8.4).

mod carried;
mod fixture;
mod function;
mod mutated;
mod nested;
mod paired;
mod receiver_object;
mod replays;
mod responses;

pub use function::function;
pub use paired::pair;
