//! Ordinary associations: those in which nothing is judged but what is sent within them.
//!
//! Scripted handshakes judge what TS-0003 V3.18.0, 10.2 asks for. An ordinary association only has to come about, also with
//! an IUT that does not speak the mandatory suites.

mod associations;
mod offer;
mod stream;

pub use associations::Associations;
pub use stream::{Associated, associate};
