//! Certificate provisioning by Enrolment over Secure Transport (RFC 7030; TS-0003 V3.18.0, 8.3.6.2): the MEF is the EST server
//! and registration authority, and has the MEF CA at hand.
//!
//! Operations are those that the clause asks for: `cacerts`, `csrattrs`, `simpleenroll` and `simplereenroll`. They are served
//! within the association of a client alone, so that the identity in a request is held against the authenticated one;
//! authentication by HTTP is not used (8.3.6.2.1).

mod attributes;
mod authority;
mod certs_only;
mod clauses;
mod operations;
mod request;

pub use authority::{Authority, AuthorityError};
pub(crate) use clauses::Clauses;
pub(crate) use operations::{Answer, Asked, answer};
