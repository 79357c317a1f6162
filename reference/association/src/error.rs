#[cfg(feature = "openssl")]
use onem2m_identity::IdentityError;
use thiserror::Error;

#[cfg(feature = "openssl")]
use crate::Diagnosis;

/// Why an association cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AssociationError {
    /// It did not come about, or broke.
    #[cfg(feature = "openssl")]
    #[error("{0}")]
    Failed(Box<Diagnosis>),
    /// Application data or keying material before it is established, or after it was closed.
    #[error("expected an established association, got one that {state}")]
    NotEstablished {
        /// In what state it is.
        state: &'static str,
    },
    /// More application data than a record of DTLS holds.
    #[error("expected at most {limit} octets for one datagram, got {got}")]
    TooLong {
        /// The limit.
        limit: usize,
        /// The octets given.
        got: usize,
    },
    /// OpenSSL refused what nobody sent.
    #[cfg(feature = "openssl")]
    #[error("{call} of OpenSSL failed: {reason}")]
    Library {
        /// The call.
        call: &'static str,
        /// What OpenSSL says.
        reason: String,
    },
}

/// Why a server or client cannot be set up.
#[cfg(feature = "openssl")]
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ConfigurationError {
    /// The identity has a zero octet.
    #[error("expected a psk_identity without zero octets, got \"{got}\"")]
    IdentityWithZero {
        /// The identity, escaped.
        got: String,
    },
    /// The identity is not of the grammar that it has to have.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// Another key has the same identity.
    #[error("psk_identity {got} is there already; hint: withdraw the key before you give another")]
    IdentityTwice {
        /// The identity.
        got: String,
    },
    /// A credential cannot speak for whom it is configured.
    #[error("expected {expected} for {credential}, got another; hint: TS-0003 8.2.2")]
    Allowed {
        /// The credential.
        credential: &'static str,
        /// Whom it may speak for.
        expected: &'static str,
    },
    /// The key is empty or too long.
    #[error("expected a pre-shared key of 1 to {limit} octets, got {got}")]
    KeyLength {
        /// The limit of RFC 4279.
        limit: usize,
        /// Its octets.
        got: usize,
    },
    /// Not a certificate.
    #[error("expected {expected}, got octets that do not parse: {reason}")]
    Unreadable {
        /// What was expected.
        expected: &'static str,
        /// Why they do not parse.
        reason: String,
    },
    /// The private key is that of another certificate.
    #[error(
        "expected the private key of the certificate, got another; hint: give the key with which it was requested"
    )]
    KeyMismatch,
    /// The private key is on another curve, or none.
    #[error("expected a private key on secp256r1, got {got}")]
    KeyKind {
        /// The kind of key.
        got: String,
    },
    /// A server without symmetric keys, certificate and raw public key.
    #[error("expected symmetric keys, a certificate or a raw public key, got none")]
    NoCredential,
    /// OpenSSL refused a setting.
    #[error("{call} of OpenSSL failed: {reason}")]
    Library {
        /// The call.
        call: &'static str,
        /// What OpenSSL says.
        reason: String,
    },
}

/// Turns errors of OpenSSL into ours, with the name of the call.
#[cfg(feature = "openssl")]
pub(crate) fn library<E: std::fmt::Display>(
    call: &'static str,
) -> impl FnOnce(E) -> ConfigurationError {
    move |error| ConfigurationError::Library {
        call,
        reason: error.to_string(),
    }
}
