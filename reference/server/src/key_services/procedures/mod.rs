//! What a key service does for a client (TS-0003 V3.18.0, 8.8.2 and 8.3.5.2).

pub(crate) mod client_registration;
pub(crate) mod commands;
pub(crate) mod enrolment;
pub(crate) mod key_registration;
pub(crate) mod retrieval;
mod scene;

pub(crate) use scene::{Changes, Outcome, Scene, absent, echoed, handle, is_in_force};
use scene::{content, moment, unforeseen};
