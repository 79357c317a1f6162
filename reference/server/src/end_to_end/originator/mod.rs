//! An entity as Originator of ESPrim Objects (TS-0003 V3.18.0, 8.4.2, steps B.2 and C; TS-0004 V3.32.0, 7.5.1.2.11 and 7.6.2).
//!
//! It knows nothing of how requests get to the Receiver: a [`Carrier`] takes them there.

mod carrier;
mod clauses;
mod cse;
mod establish;
mod exchange;
pub(crate) mod information;
mod memory;
pub(crate) mod message;
mod order;
pub(crate) mod outcome;
mod peer;
pub(crate) mod rand_objects;
mod registering;

pub(crate) use clauses::Originating;

pub(crate) use carrier::{Carrier, Sending};
pub(crate) use exchange::Originator;
pub(crate) use order::Order;
pub(crate) use outcome::Unprotected;

pub use memory::Sessions;
pub use order::NoOrder;
