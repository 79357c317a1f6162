//! Tokens of dynamic authorization that requests bring (TS-0003 V3.18.0, 7.3.2): the CSE as target of ESData.
//!
//! How a token is secured and what it claims are judged here, of as many tokens as a request has; what its permissions grant is for
//! the access decision. Role-IDs in permissions are not used: they grant nothing.

mod certificates;
mod claims;
mod clauses;
mod evaluation;
mod issuers;
mod keys;
mod opening;
mod permissions;
mod rejection;

pub(crate) use certificates::public;
pub(crate) use clauses::Clauses;
pub(crate) use evaluation::check;
pub(crate) use keys::Ring;
pub(crate) use opening::Opened;
pub(crate) use rejection::Rejection;

pub use issuers::{Certified, Issuer, IssuerKey, Material, Tokens};
