//! What a response depends on besides its primitive.

use super::code::Code;
use super::format::ContentFormat;
use super::message::Message;
use super::number::OptionNumber;
use super::query;
use crate::operation::Operation;

/// What the response to a request depends on besides the response primitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The operation, which tells apart the codes for 2000 (TS-0008 V3.9.0, Table 6.2.4-1); `None` if the request names none.
    pub operation: Option<Operation>,
    /// The Content-Format of Content.
    pub format: ContentFormat,
}

impl Asked {
    /// What `request` asks for, however little of it can be read. JSON is in the format that it accepts, if it accepts any.
    pub fn by(request: &Message) -> Self {
        let accepted = ContentFormat::accepted(request).filter(|format| format.is_json());
        Self {
            operation: operation(request),
            format: accepted.unwrap_or(ContentFormat::JSON),
        }
    }
}

/// The operation of a request (TS-0008 V3.9.0, 6.2.1).
fn operation(request: &Message) -> Option<Operation> {
    let named = query::operation(&request.options).ok().flatten();
    let is_typed = request.options.first(OptionNumber::TY).is_some();
    match (request.code, named) {
        (Code::POST, Some(operation)) => Some(operation),
        (Code::POST, None) if is_typed => Some(Operation::Create),
        (Code::POST, None) => Some(Operation::Notify),
        (method, _) => of_method(method),
    }
}

/// The one operation that a method stands for; POST stands for several (TS-0008 V3.9.0, Table 6.2.1-1).
pub(super) fn of_method(method: Code) -> Option<Operation> {
    match method {
        Code::GET => Some(Operation::Retrieve),
        Code::PUT => Some(Operation::Update),
        Code::DELETE => Some(Operation::Delete),
        _ => None,
    }
}
