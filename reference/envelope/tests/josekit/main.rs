//! Against josekit, which shares nothing with this crate but the RFCs: it stands on OpenSSL, and it is lenient.
//!
//! Everything that this crate accepts josekit accepts, and what josekit alone accepts is in `lenient.rs` with the reason
//! why it is refused here.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod agreement;
mod generated;
mod interoperation;
mod keys;
mod lenient;
mod other;
mod vectors;
