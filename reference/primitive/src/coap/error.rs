//! Why a primitive cannot be written, or a message cannot be read as one.

use std::ops::RangeInclusive;

use super::code::Code;
use super::number::OptionNumber;
use crate::field::{FieldError, NoElement};
use crate::json::JsonError;
use crate::operation::Operation;
use crate::query::QueryError;
use crate::status::ResponseStatusCode;

/// Why a primitive has no CoAP message that the other side would read as the same primitive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// To has no Uri-Path, or the URI of a new resource no Location-Path.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// An option would be longer or shorter than it is defined.
    #[error("{number}: expected {} to {} octets, got {got}", expected.start(), expected.end())]
    Length {
        /// The option.
        number: OptionNumber,
        /// How many octets it may have.
        expected: RangeInclusive<usize>,
        /// How many it would have.
        got: usize,
    },
    /// A value is no number, or one beyond what the option holds.
    #[error("{number}: expected a number that it has room for, got {got:?}")]
    Number {
        /// The option.
        number: OptionNumber,
        /// The value.
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
    /// A POST without operation stands for Create with and for Notify without a Resource Type (TS-0008 V3.9.0, 6.2.1).
    #[error("{operation}: expected a resource type on CREATE and none on NOTIFY, got {got:?}")]
    ResourceType {
        /// The operation.
        operation: Operation,
        /// The Resource Type.
        got: Option<u32>,
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
#[error("{code}, {status}: {reason}")]
pub struct Refusal {
    /// What to answer.
    pub status: ResponseStatusCode,
    /// The code to answer with; where RFC 7252 names one, it is not that of the status.
    pub code: Code,
    /// The Request Identifier to echo, if the request has one.
    pub request_identifier: Option<String>,
    /// What is wrong with the request.
    pub reason: Reason,
}

/// What is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The code stands for no operation (TS-0008 V3.9.0, Table 6.2.1-1).
    #[error("expected POST, GET, PUT or DELETE, got {got}")]
    Method {
        /// The code.
        got: Code,
    },
    /// The method is one for another operation than that in the query.
    #[error("expected a method for {named}, got {method}")]
    Operation {
        /// The operation in the query.
        named: Operation,
        /// The method.
        method: Code,
    },
    /// The request is for a proxy.
    #[error("expected a request for this server, got {number}")]
    Proxy {
        /// The option.
        number: OptionNumber,
    },
    /// A critical option is not recognized, or not as it is defined.
    #[error(transparent)]
    Option(#[from] OptionError),
    /// The path is no resource identifier.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// An option or query argument cannot be read.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// The Content-Format of the payload is none that is read here.
    #[error("expected JSON, got Content-Format {got}")]
    ContentFormat {
        /// The Content-Format.
        got: u16,
    },
    /// The accepted Content-Format is none that is written here.
    #[error("expected to write JSON, got asked for Content-Format {got}")]
    Accept {
        /// The Content-Format.
        got: u16,
    },
    /// The operation needs Content (TS-0004 V3.32.0, Table 7.2.1.1-1).
    #[error("{operation}: expected content, got none")]
    ContentMissing {
        /// The operation.
        operation: Operation,
    },
    /// The operation has no Content in a payload (TS-0004 V3.32.0, Table 7.2.1.1-1).
    #[error("{operation}: expected no payload, got one")]
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
    /// The payload is no strict JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
}

impl Reason {
    /// The status code that answers it: 4005 for the method, 4015 and 5207 for Content-Formats, 5001 for a proxy, else 4000.
    pub fn status(&self) -> ResponseStatusCode {
        match self {
            Self::Method { .. } => ResponseStatusCode::OPERATION_NOT_ALLOWED,
            Self::ContentFormat { .. } => ResponseStatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Accept { .. } => ResponseStatusCode::NOT_ACCEPTABLE,
            Self::Proxy { .. } => ResponseStatusCode::NOT_IMPLEMENTED,
            _ => ResponseStatusCode::BAD_REQUEST,
        }
    }

    /// The code that answers it: 4.02 for critical options and 5.05 for a proxy (RFC 7252, 5.4.1 and 5.10.2), else that of
    /// TS-0008 V3.9.0, Table 6.2.4-1.
    pub fn code(&self) -> Code {
        match self {
            Self::Option(_) => Code::BAD_OPTION,
            Self::Proxy { .. } => Code::PROXYING_NOT_SUPPORTED,
            _ => self.status().coap_code(None, false),
        }
    }
}

/// A critical option that makes a message unacceptable (RFC 7252, 5.4.1, 5.4.3 and 5.4.5).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionError {
    /// It means nothing here, in this kind of message.
    #[error("expected no critical option that is not recognized, got {number}")]
    Unrecognized {
        /// The option.
        number: OptionNumber,
    },
    /// Its length is not as defined.
    #[error("{number}: expected {} to {} octets, got {got}", expected.start(), expected.end())]
    Length {
        /// The option.
        number: OptionNumber,
        /// How many octets it may have.
        expected: RangeInclusive<usize>,
        /// How many it has.
        got: usize,
    },
    /// It may occur once only.
    #[error("{number}: expected one option, got several")]
    Repeated {
        /// The option.
        number: OptionNumber,
    },
}

/// A CoAP message that holds no response primitive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The message is no response.
    #[error("expected a response, got code {got}")]
    Code {
        /// The code.
        got: Code,
    },
    /// A critical option is not recognized, or not as it is defined.
    #[error(transparent)]
    Option(#[from] OptionError),
    /// An option cannot be read; oneM2M-RSC has to be there if several status codes have this response code.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// The payload is announced as something other than JSON.
    #[error("expected JSON, got Content-Format {got}")]
    ContentFormat {
        /// The Content-Format.
        got: u16,
    },
    /// The payload is announced as JSON and is none, or is ambiguous.
    #[error(transparent)]
    Json(#[from] JsonError),
}

/// A target with no counterpart on the other side of the binding (TS-0008 V3.9.0, 6.2.2.3; RFC 7252, 5.10.1).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// A segment is empty.
    #[error("target: expected segments that are not empty, got {got:?}")]
    EmptySegment {
        /// The identifier.
        got: String,
    },
    /// A segment holds a slash or a number sign, which would change the structure of the identifier.
    #[error("target: expected segments without delimiters, got {got:?}")]
    Delimiter {
        /// The segment.
        got: String,
    },
    /// A segment is one or two dots, which no Uri-Path may be.
    #[error("target: expected segments other than \".\" and \"..\", got {got:?}")]
    DotSegment {
        /// The identifier.
        got: String,
    },
    /// A CSE-relative identifier whose first segment would be read as the mark of another form, or a mark alone.
    #[error("target: expected a first segment other than \"~\" and \"_\", got {got:?}")]
    ReservedSegment {
        /// The identifier.
        got: String,
    },
}
