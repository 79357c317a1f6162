use crate::tester::certificate::CertificateError;
use onem2m_envelope::EnvelopeError;
use thiserror::Error;

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoToken {
    /// A key is missing or does not read.
    #[error("expected a key: {0}")]
    Key(String),
    /// The profile has no issuer, or none with what the token needs.
    #[error("expected a token issuer {0}")]
    Issuer(String),
    /// An envelope cannot be made.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// A certificate cannot be made.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
}

impl NoToken {
    pub(super) fn key(text: impl Into<String>) -> Self {
        Self::Key(text.into())
    }
}
