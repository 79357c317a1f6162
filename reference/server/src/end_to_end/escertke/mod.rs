//! Both ends of ESCertKE (TS-0003 V3.18.0, 8.7.2): a handshake of TLS 1.2 whose four messages travel in two Notifies, and the
//! pairwise key that both export from it. The CSE is the Terminating End-Point of whoever asks, and Originators initiate.

pub(crate) mod binding;
mod clauses;
pub(crate) mod exchanges;
pub(crate) mod export;
pub(crate) mod initiate;
pub(crate) mod message;
pub(crate) mod octets;
mod settings;

pub(crate) use clauses::Clauses;
pub(crate) use exchanges::Exchanges;
pub(crate) use initiate::initiate;
pub(crate) use message::take;

pub use settings::{FailureStyle, Initiating, Terminating};
