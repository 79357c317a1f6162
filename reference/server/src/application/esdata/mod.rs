//! An AE as Target and Source of content that is secured from end to end (TS-0003 V3.18.0, 8.5).
//!
//! It is told with each statement what to do, and which keys it has. Of the forms, those that are JOSE are understood.

mod asking;
pub(crate) mod certificates;
mod clauses;
mod finding;
mod key;
pub(crate) mod opening;
mod order;
pub(crate) mod protecting;
mod requirement;
mod source;
mod statement;
mod target;

pub use asking::Undone;
pub(crate) use certificates::Intended;
pub(crate) use clauses::Clauses;
pub(crate) use finding::{Failure, Found};
pub(crate) use key::{Key, Material, Usage};
pub(crate) use opening::Situation;
pub(crate) use protecting::{Plan, Recipient};
pub(crate) use requirement::{Choose, Requirement, Technology};
pub use statement::StatementError;
