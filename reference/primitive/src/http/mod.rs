//! The HTTP binding (TS-0009 V3.9.1).
//!
//! Four functions, one for each use case of clause 6.1. Host and Content-Length belong to the connection and are not set here.

mod error;
mod header;
mod media;
mod path;
mod query;
mod request;
mod response;
mod status;

pub use crate::field::FieldError;
pub use error::{EncodeError, Malformed, Reason, Refusal, TargetError};
pub use request::{decode_request, encode_request};
pub use response::{decode_response, encode_response};
