//! The server side of a DTLS association with one address.

mod arrival;
mod departure;
mod epochs;
mod messages;
mod session;

pub use session::DatagramSession;
