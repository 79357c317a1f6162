//! The envelopes of oneM2M end-to-end security, as far as they are JOSE (TS-0003 V3.18.0, 7.3.2.6, 8.4 and 8.5).
//!
//! Every reader is total: it refuses what it does not accept with an error of its own, and allocates in proportion to
//! its input. Keys are overwritten when they are dropped, compared in constant time, and never printed.

#![forbid(unsafe_code)]

pub mod base64url;
mod compact;
mod content;
mod error;
pub mod json;
mod key;

pub use compact::split;
pub use content::{ContentEncryption, IV_LENGTH, Sealed, TAG_LENGTH};
pub use error::{EnvelopeError, Part};
pub use key::SymmetricKey;
