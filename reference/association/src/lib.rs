//! Security associations of oneM2M: TLS 1.2 and DTLS 1.2 with provisioned keys, certificates and raw public keys
//! (TS-0003 V3.18.0, 8.1, 8.2, 10.1 and 10.2).
//!
//! [`Server`] and [`Client`] make sessions without I/O of their own ([`Session`]); [`AssociationStream`] puts one over
//! any byte stream. Each decision on the way is a function in [`Clauses`]. What OpenSSL decides itself, the server in
//! `written_out` does without it.

#![deny(unsafe_code)]

pub mod messages;

#[cfg(feature = "openssl")]
mod binding;
#[cfg(feature = "openssl")]
mod certificate;
#[cfg(feature = "openssl")]
mod channel;
#[cfg(feature = "openssl")]
mod clauses;
#[cfg(feature = "openssl")]
mod client;
#[cfg(feature = "openssl")]
mod client_context;
#[cfg(feature = "openssl")]
mod client_session;
#[cfg(feature = "openssl")]
mod clock;
#[cfg(feature = "openssl")]
mod configuration;
#[cfg(feature = "openssl")]
mod connection;
#[cfg(feature = "openssl")]
mod context;
#[cfg(feature = "openssl")]
mod cookie;
#[cfg(feature = "openssl")]
mod diagnosis;
mod error;
#[cfg(feature = "openssl")]
mod ffi;
#[cfg(feature = "openssl")]
mod host;
#[cfg(feature = "openssl")]
mod identity_watch;
#[cfg(feature = "openssl")]
mod pipe;
#[cfg(feature = "openssl")]
mod psk;
#[cfg(feature = "openssl")]
mod resumption;
#[cfg(feature = "openssl")]
mod server;
#[cfg(feature = "openssl")]
mod server_context;
#[cfg(feature = "openssl")]
mod server_end;
#[cfg(feature = "openssl")]
mod server_session;
mod session;
#[cfg(feature = "openssl")]
mod stream;
#[cfg(feature = "openssl")]
mod suites;
#[cfg(feature = "openssl")]
mod transport;
#[cfg(all(feature = "openssl", feature = "written-out"))]
mod without_openssl;
#[cfg(feature = "written-out")]
pub mod written_out;

#[cfg(feature = "openssl")]
pub use binding::{Allowed, Binding, Match};
#[cfg(feature = "openssl")]
pub use certificate::{
    Certificate, CertificateDefect, Expected, Flavour, Malformed, Names, OwnCertificate,
    PathDefect, PublicKey, Trust, TrustedPeer, validate_path,
};
#[cfg(feature = "openssl")]
pub use clauses::Clauses;
#[cfg(feature = "openssl")]
pub use client::{Client, Resumption};
#[cfg(feature = "openssl")]
pub use client_session::ClientSession;
#[cfg(feature = "openssl")]
pub use clock::Clock;
#[cfg(feature = "openssl")]
pub use configuration::{
    ClientConfiguration, ClientCredential, DatagramSettings, ServerConfiguration,
};
#[cfg(feature = "openssl")]
pub use cookie::HelloParameters;
#[cfg(feature = "openssl")]
pub use diagnosis::{Cause, Diagnosable, Diagnosis, Offer, Outcome, Role};
pub use error::AssociationError;
#[cfg(feature = "openssl")]
pub use error::ConfigurationError;
#[cfg(feature = "openssl")]
pub use host::Host;
#[cfg(feature = "openssl")]
pub use identity_watch::IdentityWatch;
#[cfg(feature = "openssl")]
pub use psk::{FetchedKey, PskEntry, PskKey, PskTable};
#[cfg(feature = "openssl")]
pub use resumption::Ticket;
#[cfg(feature = "openssl")]
pub use server::Server;
#[cfg(feature = "openssl")]
pub use server_session::ServerSession;
pub use session::{Closure, PeerCredential, Session, State};
#[cfg(feature = "openssl")]
pub use stream::AssociationStream;
#[cfg(feature = "openssl")]
pub use suites::{Framework, Suite};
#[cfg(feature = "openssl")]
pub use transport::{Domain, Transport, Version};
