//! What DTLS 1.2 has of its own (RFC 6347, 4).

mod client_hello;
mod fragment;
mod hello_verify_request;
mod reassembler;
mod record;
mod sequence_number;

pub use client_hello::DatagramClientHello;
pub use fragment::Fragment;
pub use hello_verify_request::HelloVerifyRequest;
pub use reassembler::{Arrival, Reassembler, ReassemblyError};
pub use record::DatagramRecord;
pub use sequence_number::SequenceNumber;
