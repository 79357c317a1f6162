//! Security conformance suite and protocol fuzzing framework for oneM2M.

pub mod campaign;
pub mod catalogue;
pub mod cli;
pub mod engine;
pub mod probe;
pub mod profile;
pub mod purposes;
pub mod report;
mod suggest;
pub mod tester;
pub mod verdict;
