//! Parameters as query arguments, which HTTP and CoAP name alike (TS-0009 V3.9.1, 6.2.2.2; TS-0008 V3.9.0, 6.2.2.3).

mod argument;
mod attribute;
mod decode;
mod encode;
mod error;

pub(crate) use argument::{Argument, Notation, Written};
pub(crate) use decode::decode;
pub(crate) use encode::encode;
pub(crate) use error::QueryError;
