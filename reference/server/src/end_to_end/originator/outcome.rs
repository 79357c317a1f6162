use onem2m_envelope::esprim::Unusable;
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use thiserror::Error;

/// Why a protected request came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unprotected {
    /// There is no end-to-end protection.
    #[error("expected an entity that was set up for end-to-end protection, got one that was not")]
    NotSetUp,
    /// No key is shared with the Receiver.
    #[error("expected a pairwise key of the receiver, got none")]
    NoKey,
    /// No key was established with the Receiver.
    #[error("expected a key by certificates, got none: {0}")]
    NotEstablished(String),
    /// The Receiver does not say that it supports ESPrim (TS-0003 V3.18.0, 8.4.2, step B.2c.1).
    #[error("expected a receiver that supports ESPrim, got one that does not say so")]
    Unsupported,
    /// The Receiver gave no rand object (TS-0004 V3.32.0, 7.5.1.2.11).
    #[error("expected a rand object of the receiver, got another answer")]
    NoObject,
    /// The rand object of the Receiver cannot be used.
    #[error(transparent)]
    Unusable(#[from] Unusable),
    /// Nothing came back.
    #[error("expected an answer, got none")]
    Unanswered,
    /// The object was refused.
    #[error("the object was refused with {0:?}")]
    Refused(ResponseStatusCode),
    /// What came back is no answer to the request.
    #[error("expected an answer in an ESPrim Object, got another: {0}")]
    Discarded(String),
    /// No object can be made.
    #[error("expected random octets and a key of AES, got none")]
    Unsealed,
}

/// A request that cannot be protected, or whose answer is not, is not sent or answered in the clear instead.
pub(crate) fn in_the_clear(_: &Unprotected) -> bool {
    false
}

/// An answer in the clear says nothing of the inner request (TS-0003 V3.18.0, 8.4.2, step C.11).
pub(crate) fn clear_result(_outer: &Response, _inner: &Request) -> Option<Response> {
    None
}

/// The inner response is that to this request (TS-0001 V3.36.0, 11.4.2, step C.11).
pub(crate) fn correlates(request: Option<&str>, response: Option<&str>) -> bool {
    request == response
}

/// Whether it is tried once more behind a refusal: with a rand object that the Receiver does not know, or no longer, another
/// one may be known (TS-0004 V3.32.0, Table 7.6.2-1).
pub(crate) fn again(code: ResponseStatusCode, attempts: usize) -> bool {
    let is_of_rand_objects = [
        ResponseStatusCode::ESPRIM_UNKNOWN_ORIG_RAND_ID,
        ResponseStatusCode::ESPRIM_UNKNOWN_RECV_RAND_ID,
    ];
    attempts < 2 && is_of_rand_objects.contains(&code)
}
