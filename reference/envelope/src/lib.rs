//! The envelopes of oneM2M end-to-end security, as far as they are JOSE (TS-0003 V3.18.0, 7.3.2.6, 8.4 and 8.5).
//!
//! Every reader is total: it refuses what it does not accept with an error of its own, and allocates in proportion to
//! its input. Keys are overwritten when they are dropped, compared in constant time, and never printed.

#![forbid(unsafe_code)]

mod agreement;
pub mod bare;
pub mod base64url;
mod compact;
mod composition;
mod content;
mod curve;
mod decryption_key;
mod elliptic;
mod encryption_key;
mod error;
pub mod esdata;
pub mod esprim;
mod header;
pub mod json;
pub mod jwe;
pub mod jwk;
pub mod jws;
mod key;
mod key_management;
mod key_wrap;
mod mac_key;
mod rsa_key;
mod serialization;
mod signature_algorithm;
mod signing_key;
pub mod token;
mod verification_key;

pub use agreement::{PartyInfo, agreed_key};
pub use compact::split;
pub use content::{ContentEncryption, IV_LENGTH, Sealed, TAG_LENGTH};
pub use curve::Curve;
pub use decryption_key::DecryptionKey;
pub use elliptic::{EcPrivateKey, EcPublicKey};
pub use encryption_key::{DirectKey, EncryptionKey};
pub use error::{EnvelopeError, Part};
pub use header::Header;
pub use key::SymmetricKey;
pub use key_management::KeyManagement;
pub use key_wrap::{KeyWrap, WrappingKey};
pub use mac_key::MacKey;
pub use rsa_key::{RsaPrivateKey, RsaPublicKey};
pub use serialization::Serialization;
pub use signature_algorithm::{Hash, SignatureAlgorithm};
pub use signing_key::SigningKey;
pub use verification_key::VerificationKey;
