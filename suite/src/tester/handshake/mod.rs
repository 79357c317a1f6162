//! Handshakes as the tester scripts them: TLS 1.2 and DTLS 1.2 from the side of the client, in which everything is right
//! unless a [`Conduct`] changes it, and from the side of the server, with a [`ServerConduct`].
//!
//! No library sends what is sent here. What is sent follows from seed, conduct, credential and what arrived, and from
//! nothing else, so that a recording plays back.

mod agreed;
mod association;
mod certificate_list;
mod certificate_verify;
mod channel;
mod cipher;
mod composer;
pub mod conduct;
mod conversation;
mod credential;
mod datagram_layer;
mod diagnosis;
mod draw;
mod end;
mod establish;
mod exchange;
mod exporter;
mod finite_field;
mod first_flight;
mod flight;
mod fragments;
mod hello_extensions;
mod hello_octets;
mod key_exchange;
mod keys;
mod layer;
mod negotiation;
mod numbers;
mod offer;
mod piece;
mod plain;
mod plaintext;
mod psk;
mod record_fault;
mod seen;
mod server_flight;
mod server_name;
mod serving;
mod session;
mod ssl2;
mod stream_layer;
mod subject_public_key;
mod suite;
mod transcript;
mod waits;
mod write_state;

pub use association::{Association, Delivered};
pub use conduct::Conduct;
pub use credential::{CertificateKey, Credential};
pub use establish::{Attempt, Handshake, establish};
pub use exporter::Exporter;
pub use first_flight::first_flight;
pub use record_fault::RecordFault;
pub use seen::{FragmentSeen, KeyExchangeSeen, Seen};
pub use serving::{HelloStop, ParametersChange, ServerConduct, Service, serve};
pub use session::{Earlier, Session};

#[cfg(test)]
mod tests;
