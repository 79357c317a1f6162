//! The server side of one handshake.

mod agreed;
mod client_flight;
mod completion;
mod incoming;
mod negotiation;
mod outgoing;
mod server_flight;
mod state;

pub(crate) use outgoing::Output;
pub(crate) use state::Handshake;
