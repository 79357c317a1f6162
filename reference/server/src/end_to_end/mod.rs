//! End-to-end security (TS-0003 V3.18.0, 8.4): what the CSE says of its own, and what it takes of others.

mod base64;
mod clauses;
mod information;
mod security_info;

pub(crate) use clauses::Clauses;
