//! Request and response primitives of oneM2M (TS-0004 V3.32.0, 6.4 and 7.2.1) and their bindings to HTTP (TS-0009 V3.9.1)
//! and to CoAP (TS-0008 V3.9.0).
//!
//! A primitive is data: nothing here judges whether an identifier is well formed, a parameter is allowed for its operation
//! beyond what the binding needs to read it, or an originator may do what it asks. Everything that reads octets is total: it
//! answers malformed input with an error and allocates in proportion to it.

#![forbid(unsafe_code)]

pub mod coap;
mod field;
pub mod filter;
pub mod http;
pub mod json;
pub mod operation;
mod query;
pub mod request;
pub mod response;
pub mod serialization;
pub mod status;

pub use filter::{AttributeFilter, FilterCriteria};
pub use operation::Operation;
pub use request::{Request, ResponseType};
pub use response::{AssignedTokenIdentifier, Response};
pub use status::{ResponseStatusClass, ResponseStatusCode};
