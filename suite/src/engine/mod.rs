//! Selects, schedules, collects verdicts, records transcripts.

pub mod associations;
pub mod evidence;
pub mod in_process;
pub mod lanes;
pub mod liveness;
pub mod matrix;
pub mod provisioning;
pub mod purpose;
pub mod recording;
pub mod reference_client;
pub mod session;
pub mod setup;
pub mod sweep;
