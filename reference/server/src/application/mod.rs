//! An AE as the registree of a CSE: it opens a security association and registers within it (TS-0003 V3.18.0, 8.2.1). And as
//! Target and Source of secured content (8.5).

mod attempt;
mod datagrams;
mod entity;
pub(crate) mod esdata;
mod protected;
mod registration;

pub use datagrams::{Datagrams, Opening};
pub use entity::{Application, Unregistered};
pub use esdata::{StatementError, Undone};
pub use registration::Registration;
pub(crate) use registration::{Registering, ways, within};
