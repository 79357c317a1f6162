//! The access decision of TS-0003 V3.18.0, 7.1.5 as a pure function of policies, request and context.
//!
//! [`decide`] is the decision. [`Policy::from_json`] reads what it is made from. Every clause of the decision is one
//! plain function and one field of [`Clauses`], so that each can be replaced alone and the rest stays as specified.

#![forbid(unsafe_code)]

mod address;
mod clauses;
mod context;
mod decide;
mod object;
mod operation;
mod originator;
mod parse;
mod policy;
mod region;
mod request;
mod wildcard;
mod window;

pub use address::{Addresses, Network};
pub use clauses::Clauses;
pub use context::Context;
pub use decide::{Decision, Grant, decide, explain};
pub use object::{ObjectDetail, Specialization};
pub use operation::{Operation, Operations};
pub use originator::OriginatorEntry;
pub use parse::{PolicyError, Support};
pub use policy::{Policy, Rule};
pub use region::{Circle, CountryCode, Location, Point, Region};
pub use request::{Directory, NoGroups, Request, Situation};
pub use window::{CivilTime, Element, Field, Window};
