//! An AE as the registree of a CSE: it opens a security association and registers within it (TS-0003 V3.18.0, 8.2.1).

mod attempt;
mod datagrams;
mod entity;
mod registration;

pub use datagrams::{Datagrams, Opening};
pub use entity::{Application, Unregistered};
pub use registration::Registration;
pub(crate) use registration::{Registering, ways, within};
