//! Keys that two ends establish with their certificates (TS-0003 V3.18.0, 8.7).

mod attempt;
mod certificates;
mod correlation;
mod function;
mod handshakes;
mod initiating;
mod keys;
mod messages;
mod parties;
mod proof;
mod refusals;
mod terminating;

pub use function::function;
pub use parties::has_set;
