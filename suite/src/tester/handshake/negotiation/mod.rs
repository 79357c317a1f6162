//! One handshake from its ClientHello to both Finished.

mod closing;
mod opening;
mod run;
mod sending;

pub use run::Negotiation;
