//! Handshakes from the side of the server: the IUT connects, and the tester answers.

mod chosen;
mod client_flight;
mod closing;
mod conduct;
mod exchange;
mod opening;
mod reception;
mod service;

pub use conduct::{HelloStop, ParametersChange, ServerConduct};
pub use service::{Service, serve};
