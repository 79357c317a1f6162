//! Key services: an MAF and an MEF, with the tester as their client (TS-0003 V3.18.0, 8.3.5, 8.3.9 and 8.8).

mod answers;
mod certificates;
mod clear;
mod clients;
mod commands;
mod desk;
mod deviations;
mod end_to_end;
mod enrolments;
mod expiry;
mod function;
mod handshakes;
mod keys;
mod line;
mod requests;
mod retrievals;
mod shown_key;

pub use deviations::{check, run};
pub use function::function;
