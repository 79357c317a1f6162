//! Public keys known by their digest.

mod algorithm;
mod id;

pub use algorithm::DigestAlgorithm;
pub use id::PublicKeyId;
