use std::fmt;

use thiserror::Error;

use crate::base64url::Base64UrlError;
use crate::json::JsonError;

/// A part of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The protected header.
    Protected,
    /// The unprotected header of one recipient or signature.
    Header,
    /// The unprotected header that all recipients share.
    Unprotected,
    /// The encrypted key.
    EncryptedKey,
    /// The initialization vector.
    InitializationVector,
    /// The ciphertext.
    Ciphertext,
    /// The authentication tag.
    Tag,
    /// The additional authenticated data of a JSON serialization.
    AdditionalData,
    /// The payload of a JWS.
    Payload,
    /// The signature or MAC.
    Signature,
    /// A JSON serialization as a whole.
    Serialization,
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Protected => "protected header",
            Self::Header => "header",
            Self::Unprotected => "shared unprotected header",
            Self::EncryptedKey => "encrypted key",
            Self::InitializationVector => "initialization vector",
            Self::Ciphertext => "ciphertext",
            Self::Tag => "authentication tag",
            Self::AdditionalData => "additional authenticated data",
            Self::Payload => "payload",
            Self::Signature => "signature",
            Self::Serialization => "json serialization",
        })
    }
}

/// Why an object is refused, or cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EnvelopeError {
    /// A compact serialization has another number of parts.
    #[error("expected {expected} parts, got {got}")]
    Parts {
        /// Five of a JWE, three of a JWS.
        expected: usize,
        /// The parts there are.
        got: usize,
    },
    /// A part is not the base64url of any octets.
    #[error("{part}: {error}")]
    Base64Url {
        /// The part.
        part: Part,
        /// What is wrong with it.
        error: Base64UrlError,
    },
    /// A part is no JSON object.
    #[error("{part}: {error}")]
    Json {
        /// The part.
        part: Part,
        /// What is wrong with it.
        error: JsonError,
    },
    /// A key has another number of octets than its algorithm takes.
    #[error("expected {expected} octets in a key for {algorithm}, got {got}")]
    KeyLength {
        /// The algorithm, by its JOSE name.
        algorithm: &'static str,
        /// The octets that it takes.
        expected: usize,
        /// The octets of the key.
        got: usize,
    },
    /// A part has another number of octets than its algorithm makes.
    #[error("expected {expected} octets in the {part}, got {got}")]
    PartLength {
        /// The part.
        part: Part,
        /// The octets that the algorithm makes.
        expected: usize,
        /// The octets there are.
        got: usize,
    },
    /// The tag is not that of the ciphertext, the header and the key.
    #[error("the authentication tag does not fit")]
    Tag,
    /// More octets than AES-GCM takes.
    #[error("the plaintext is longer than aes-gcm takes")]
    PlaintextTooLong,
}
