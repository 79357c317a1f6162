use thiserror::Error;

use super::{KeyAlgorithm, SignatureAlgorithm};

/// Why a certificate that was ordered cannot be issued.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CertificateError {
    /// A text that is no object identifier, or no part of one.
    #[error("expected {expected}, got {got:?}")]
    ObjectIdentifier {
        /// What its form would be.
        expected: &'static str,
        /// The text.
        got: String,
    },
    /// A signature algorithm that the signing key cannot compute.
    #[error(
        "expected a signature algorithm of a {key} key, got {algorithm}\nhint: the signature is that of the issuer's key"
    )]
    Algorithm {
        /// The algorithm of the key.
        key: KeyAlgorithm,
        /// The signature algorithm that was ordered.
        algorithm: SignatureAlgorithm,
    },
    /// A form of the public key that keys of this algorithm do not have.
    #[error("expected the uncompressed form for a {key} key, got another")]
    Point {
        /// The algorithm of the key.
        key: KeyAlgorithm,
    },
    /// A year that GeneralizedTime cannot state.
    #[error("expected a year from 0 to 9999, got {got}")]
    Year {
        /// The year.
        got: i32,
    },
    /// Octets that are no PrivateKeyInfo of a P-256 key.
    #[error(
        "expected a P-256 key as PKCS #8, got another\nhint: openssl pkcs8 -topk8 -nocrypt writes it"
    )]
    PrivateKeyInfo,
    /// Octets that are no private key of P-256.
    #[error("expected a number from 1 to the order of P-256, got another")]
    Scalar,
    /// Octets that are no certificate.
    #[error("expected the certificate of a trust anchor, got another content")]
    Unreadable,
    /// A chain without a trust anchor.
    #[error("expected at least a trust anchor above the certificate, got none")]
    NoAuthority,
    /// What a library for keys and signatures refused, and never should.
    #[error("expected {expected} of a {key} key, got an error of the library")]
    Library {
        /// What was asked of it.
        expected: &'static str,
        /// The algorithm of the key.
        key: KeyAlgorithm,
    },
}
