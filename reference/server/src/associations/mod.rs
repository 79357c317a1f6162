//! Security associations below the bindings (TS-0003 V3.18.0, 8.2): TLS below HTTP, DTLS below CoAP.

mod binding;
mod conversation;
mod datagram;
mod listen_dtls;
mod listen_tls;
mod servers;
mod stream;

pub(crate) use binding::associated;
pub use datagram::DatagramAssociation;
pub(crate) use listen_dtls::listen_dtls;
pub(crate) use listen_tls::listen_tls;
pub(crate) use servers::Servers;
pub(crate) use stream::{Accept, Serving, accept, drain};
