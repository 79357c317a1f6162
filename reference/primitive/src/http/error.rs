//! Why a primitive cannot be written, or a message cannot be read.

use crate::field::{FieldError, NoElement};
use crate::json::JsonError;
use crate::operation::Operation;
use crate::query::QueryError;
use crate::status::ResponseStatusCode;

/// Why a primitive has no HTTP message that the other side would read as the same primitive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// To has no request-target.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// A text cannot be a header field value.
    #[error(
        "{name}: expected text without surrounding blanks and control characters other than tab, got {got:?}"
    )]
    Header {
        /// The header field.
        name: &'static str,
        /// The text.
        got: String,
    },
    /// An element of a list is empty or holds what separates the elements on the wire.
    #[error(
        "{name}: expected elements that are not empty and without {separator:?} or blanks, got {got:?}"
    )]
    Element {
        /// The parameter.
        name: &'static str,
        /// What separates elements.
        separator: char,
        /// The element.
        got: String,
    },
    /// An attribute of Filter Criteria would be read as another parameter, or is no NCName.
    #[error("attribute filter: expected the short name of an attribute, got {got:?}")]
    AttributeName {
        /// The name.
        got: String,
    },
    /// POST stands for Create with and for Notify without a Resource Type (TS-0009 V3.9.1, 6.2.1).
    #[error("{operation}: expected a resource type on CREATE and none on NOTIFY, got {got:?}")]
    ResourceType {
        /// The operation.
        operation: Operation,
        /// The Resource Type.
        got: Option<u32>,
    },
    /// The message exceeds what an HTTP library carries, such as a request-target of 64 KiB.
    #[error("expected a message that HTTP can carry, got {detail}")]
    Message {
        /// What the library says.
        detail: String,
    },
}

impl From<NoElement> for EncodeError {
    fn from(error: NoElement) -> Self {
        Self::Element {
            name: error.name,
            separator: error.separator,
            got: error.got,
        }
    }
}

impl From<QueryError> for EncodeError {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Element(error) => error.into(),
            QueryError::AttributeName { got } => Self::AttributeName { got },
        }
    }
}

/// A request that is refused before it becomes a primitive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{status}: {reason}")]
pub struct Refusal {
    /// What to answer.
    pub status: ResponseStatusCode,
    /// The Request Identifier to echo, if the request has one.
    pub request_identifier: Option<String>,
    /// What is wrong with the request.
    pub reason: Reason,
}

/// What is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The method stands for no operation (TS-0009 V3.9.1, Table 6.2.1-1).
    #[error("expected POST, GET, PUT or DELETE, got {got:?}")]
    Method {
        /// The method.
        got: String,
    },
    /// The path is no resource identifier.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// A header field or query field cannot be read.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// The media type of the body is none that is read here.
    #[error("expected JSON, got media type {got:?}")]
    MediaType {
        /// The media type.
        got: String,
    },
    /// The operation needs Content (TS-0004 V3.32.0, Table 7.2.1.1-1).
    #[error("{operation}: expected content, got none")]
    ContentMissing {
        /// The operation.
        operation: Operation,
    },
    /// The operation has no Content in a message body (TS-0004 V3.32.0, Table 7.2.1.1-1; TS-0009 V3.9.1, 6.5).
    #[error("{operation}: expected no body, got one")]
    ContentUnexpected {
        /// The operation.
        operation: Operation,
    },
    /// Only a Create has a Resource Type (TS-0004 V3.32.0, Table 7.2.1.1-1).
    #[error("{operation}: expected no resource type, got {got}")]
    ResourceTypeUnexpected {
        /// The operation.
        operation: Operation,
        /// The Resource Type.
        got: u32,
    },
    /// The body is no strict JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
}

impl Reason {
    /// The status code that answers it: 4015 for the media type (TS-0004 V3.32.0, 7.3.2.1), 4005 for the method, else 4000.
    pub fn status(&self) -> ResponseStatusCode {
        match self {
            Self::Method { .. } => ResponseStatusCode::OPERATION_NOT_ALLOWED,
            Self::MediaType { .. } => ResponseStatusCode::UNSUPPORTED_MEDIA_TYPE,
            _ => ResponseStatusCode::BAD_REQUEST,
        }
    }
}

/// An HTTP answer that holds no response primitive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// A header field cannot be read; X-M2M-RSC is one that has to be there (TS-0009 V3.9.1, 6.4.17).
    #[error(transparent)]
    Field(#[from] FieldError),
    /// The body is announced as something other than JSON.
    #[error("expected JSON, got media type {got:?}")]
    MediaType {
        /// The media type.
        got: String,
    },
    /// The body is announced as JSON and is none, or is ambiguous.
    #[error(transparent)]
    Json(#[from] JsonError),
}

/// A target with no counterpart on the other side of the binding (TS-0009 V3.9.1, 6.2.2.1).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// The request-target is not in origin-form or absolute-form.
    #[error("target: expected a path, got {got:?}")]
    NoPath {
        /// The path.
        got: String,
    },
    /// A percent sign is not followed by two hexadecimal digits, or the octets are not UTF-8.
    #[error("target: expected percent-encoded UTF-8, got {got:?}")]
    Encoding {
        /// The path.
        got: String,
    },
    /// An encoded slash or number sign, which would change the structure of the identifier.
    #[error("target: expected no encoded delimiter, got {got:?}")]
    EncodedDelimiter {
        /// The path.
        got: String,
    },
    /// A segment is empty, which happens at a doubled or last slash.
    #[error("target: expected segments that are not empty, got {got:?}")]
    EmptySegment {
        /// The identifier.
        got: String,
    },
    /// A CSE-relative identifier whose first segment would be read as the mark of another form.
    #[error("target: expected a first segment other than \"~\" and \"_\", got {got:?}")]
    ReservedSegment {
        /// The identifier.
        got: String,
    },
}
