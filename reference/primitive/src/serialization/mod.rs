//! Primitives as JSON objects with short names (TS-0004 V3.32.0, 8.2 and 8.4), without the element around them: as a binding
//! that sends a primitive as one text has them, and an ESPrim Object.

mod error;
mod filter;
mod members;
mod request;
mod response;

pub use error::SerializationError;
pub use request::{read_request, write_request};
pub use response::{read_response, write_response};
