use onem2m_primitive::{Response, ResponseStatusCode};
use serde_json::{Value, json};

/// Why a request is not carried out (TS-0004 V3.32.0, 7.3.3.13).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    /// The code that indicates the detected error.
    pub(crate) status: ResponseStatusCode,
    /// The Content of the error response.
    pub(crate) content: Option<Value>,
}

impl Refusal {
    /// A refusal that explains itself in m2m:debugInfo (TS-0004 V3.32.0, Table 7.5.2-2).
    pub(crate) fn new(status: ResponseStatusCode, reason: impl Into<String>) -> Self {
        Self {
            status,
            content: Some(json!({ "m2m:dbg": reason.into() })),
        }
    }

    /// The response to a request that has not become a primitive.
    pub(crate) fn unread(self, request_identifier: Option<String>) -> Response {
        Response {
            request_identifier,
            content: self.content,
            ..Response::new(self.status)
        }
    }

    pub(crate) fn bad_request(reason: impl Into<String>) -> Self {
        Self::new(ResponseStatusCode::BAD_REQUEST, reason)
    }

    pub(crate) fn not_found(reason: impl Into<String>) -> Self {
        Self::new(ResponseStatusCode::NOT_FOUND, reason)
    }

    pub(crate) fn not_allowed(reason: impl Into<String>) -> Self {
        Self::new(ResponseStatusCode::OPERATION_NOT_ALLOWED, reason)
    }

    pub(crate) fn not_implemented(reason: impl Into<String>) -> Self {
        Self::new(ResponseStatusCode::NOT_IMPLEMENTED, reason)
    }
}
