//! The CSE as the client of an MAF: it fetches the key that a client of its own names in a handshake (TS-0003 V3.18.0,
//! 8.2.2.3 and 8.8.2).
//!
//! OpenSSL asks for a key when it has the ClientKeyExchange, and takes no answer but the key. An answer that comes from far
//! would stop the thread on which it asks, and with it every other association of the thread. So the octets of a client are
//! looked at before OpenSSL gets them ([`IdentityWatch`](onem2m_association::IdentityWatch)): the connection whose client
//! names a key of an MAF waits at a [`Gate`] until the key is in the table or was refused, for a bounded time. No other
//! connection waits, and no thread does.

mod answer;
mod clauses;
mod fetch;
mod gate;
mod known_maf;
mod registrations;

pub(crate) use answer::Source;
pub(crate) use clauses::Clauses;
pub(crate) use gate::Gate;
pub use known_maf::{KcReading, KnownMaf};
pub(crate) use registrations::Registrations;

#[cfg(test)]
mod tests;
