//! From JSON to [`Policy`](crate::Policy): the data types of TS-0004 V3.32.0, 6.3.5.26 to 6.3.5.28 in their JSON form.

mod context;
mod error;
mod member;
mod object;
mod policy;
mod support;

pub use error::PolicyError;
pub use support::Support;
