//! The access decision of the suite itself, as an oracle for what an IUT decides.
//!
//! It is written from TS-0003 V3.18.0, 7.1 and TS-0004 V3.32.0, 7.4.9.1 over plain JSON and uses nothing of the
//! reference: no grammar of identifiers, no parser of policies, no matching. Where both had a choice, it takes the other
//! technique. What has no defined meaning is unknown to it, and 7.1.4 denies.
//!
//! The suite judges implementations by it, and fuzz targets hold the reference against it.

#![forbid(unsafe_code)]

mod decision;
mod network;
mod objects;
mod originators;
mod place;
mod readings;
mod schedule;

pub use decision::{Part, Ruling, Surroundings, has_meaning, permits, rule};
pub use readings::Readings;
