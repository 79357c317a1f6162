use onem2m_envelope::{EnvelopeError, base64url};
use serde_json::{Value, json};
use thiserror::Error;
use zeroize::Zeroizing;

/// What a Target found in an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The payload.
    pub(crate) payload: Zeroizing<Vec<u8>>,
    /// What the tag covers beside it.
    pub(crate) additional: Option<Vec<u8>>,
    /// The credential that opened it, if it was encrypted.
    pub(crate) recipient: Option<String>,
    /// The credentials that verified it.
    pub(crate) signers: Vec<String>,
}

impl Found {
    /// A payload that nothing protects.
    pub(crate) fn plain(payload: &[u8]) -> Self {
        Self {
            payload: Zeroizing::new(payload.to_vec()),
            additional: None,
            recipient: None,
            signers: Vec::new(),
        }
    }
}

/// Why a Target gives out no payload.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Failure {
    /// There is no instance to open.
    #[error("expected a contentInstance with a text, got none")]
    NoInstance,
    /// The content is not secured, where it has to be.
    #[error("expected secured content, got such that is not")]
    Unsecured,
    /// What is said to be an envelope is none.
    #[error("expected an envelope of its form: {0}")]
    Unreadable(EnvelopeError),
    /// The envelope is not one to be taken.
    #[error("expected an envelope that opens: {0}")]
    Refused(EnvelopeError),
}

/// What is shown of an attempt, and nothing of a payload that is not to be given out (TS-0003 V3.18.0, 8.5.2.2.1, E, and
/// 8.5.2.3.1, C).
pub(crate) fn shown(outcome: &Result<Found, Failure>) -> Value {
    match outcome {
        Ok(found) => json!({
            "payload": base64url::encode(&found.payload),
            "aad": found.additional.as_deref().map(base64url::encode),
            "opened-by": found.recipient,
            "verified-by": found.signers,
        }),
        Err(failure) => json!({"failure": failure.to_string()}),
    }
}
