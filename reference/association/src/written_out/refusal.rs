use thiserror::Error;

use crate::messages::{AlertDescription, DecodeError, EncodeError};

/// Why an association ends, and the fatal alert that says so.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{reason}")]
pub struct Refusal {
    /// The alert for the peer.
    pub alert: AlertDescription,
    /// The reason for people.
    pub reason: String,
}

impl Refusal {
    /// A refusal with an alert and a reason.
    pub fn new(alert: AlertDescription, reason: impl Into<String>) -> Self {
        Self {
            alert,
            reason: reason.into(),
        }
    }

    /// A failure of this side, which is nobody's fault over there (RFC 5246, 7.2.2, internal_error).
    pub(crate) fn internal(reason: impl Into<String>) -> Self {
        Self::new(AlertDescription::INTERNAL_ERROR, reason)
    }
}

impl From<DecodeError> for Refusal {
    /// RFC 5246, 7.2.2, decode_error.
    fn from(error: DecodeError) -> Self {
        Self::new(AlertDescription::DECODE_ERROR, error.to_string())
    }
}

impl From<EncodeError> for Refusal {
    /// What this side wants to send cannot be said.
    fn from(error: EncodeError) -> Self {
        Self::internal(error.to_string())
    }
}
