//! The front end for CoAP (TS-0008 V3.9.0; RFC 7252; RFC 7959).
//!
//! [`CoapEndpoint`] is all of it but sockets and security associations: whoever has datagrams of a peer hands them in and
//! sends what it is given.

mod blocks;
mod codec;
mod conversation;
mod endpoint;
mod incoming;
mod listen;

pub(crate) use codec::{Decode, encode};
pub use conversation::Outgoing;
pub use endpoint::{CoapEndpoint, Step};
pub use incoming::Incoming;
pub(crate) use listen::{DATAGRAM, listen};
pub(crate) use onem2m_primitive::coap::Message;
