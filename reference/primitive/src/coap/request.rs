//! Request primitives (TS-0008 V3.9.0, 6.2).

use serde_json::Value;

use super::asked::of_method;
use super::code::Code;
use super::error::{EncodeError, Reason, Refusal};
use super::format::ContentFormat;
use super::message::{Message, MessageType};
use super::number::OptionNumber;
use super::options::Options;
use super::writer::Writer;
use super::{path, query};
use crate::field::{FieldError, list};
use crate::json;
use crate::operation::Operation;
use crate::request::{Request, ResponseType};

/// The critical options that are understood in a request. Uri-Host and Uri-Port tell servers in one place apart, and there is
/// one; Block1 and Block2 concern whoever cuts and joins.
const RECOGNIZED: &[OptionNumber] = &[
    OptionNumber::URI_HOST,
    OptionNumber::URI_PORT,
    OptionNumber::URI_PATH,
    OptionNumber::URI_QUERY,
    OptionNumber::ACCEPT,
    OptionNumber::BLOCK2,
    OptionNumber::BLOCK1,
    OptionNumber::OT,
    OptionNumber::RTURI,
    OptionNumber::TY,
    OptionNumber::RVI,
    OptionNumber::FR,
    OptionNumber::RQI,
    OptionNumber::RQET,
    OptionNumber::RSET,
    OptionNumber::OET,
    OptionNumber::EC,
    OptionNumber::GID,
    OptionNumber::VSI,
    OptionNumber::AUS,
];

/// Writes a request with its whole Content as payload, as a confirmable message; Message ID and Token are the caller's.
///
/// Absent parameters are left out, also mandatory ones. An attribute behind `#` in To becomes the first of `atrl`. Content is
/// written for every operation and however deep it nests, so that a tester can send what a receiver refuses. A request that
/// is not blocking is a POST with the operation in its query (TS-0008 V3.9.0, 6.2.1).
pub fn encode_request(request: &Request) -> Result<Message, EncodeError> {
    let named = (!is_blocking(request.response_type.as_ref())).then_some(request.operation);
    let mut message = Message::new(MessageType::Confirmable, method(request, named)?);
    let (identifier, attribute) = match request.to.split_once('#') {
        Some((identifier, attribute)) => (identifier, Some(attribute)),
        None => (request.to.as_str(), None),
    };
    let mut writer = Writer::of(&mut message.options);
    for segment in path::encode(identifier)? {
        writer.text(OptionNumber::URI_PATH, Some(&segment))?;
    }
    for argument in query::encode(request, attribute, named)? {
        writer.text(OptionNumber::URI_QUERY, Some(&argument))?;
    }
    writer.number(OptionNumber::ACCEPT, Some(ContentFormat::JSON.0))?;
    writer.text(OptionNumber::FR, request.from.as_deref())?;
    writer.text(OptionNumber::RQI, request.request_identifier.as_deref())?;
    writer.text(OptionNumber::RVI, request.release_version.as_deref())?;
    writer.number(OptionNumber::TY, request.resource_type)?;
    writer.text(OptionNumber::OT, request.originating_timestamp.as_deref())?;
    writer.text(OptionNumber::RQET, request.request_expiration.as_deref())?;
    writer.text(OptionNumber::RSET, request.result_expiration.as_deref())?;
    writer.text(
        OptionNumber::OET,
        request.operation_execution_time.as_deref(),
    )?;
    writer.category(request.event_category.as_deref())?;
    writer.text(
        OptionNumber::GID,
        request.group_request_identifier.as_deref(),
    )?;
    writer.text(OptionNumber::VSI, request.vendor_information.as_deref())?;
    let uris = request
        .response_type
        .as_ref()
        .and_then(|response_type| response_type.notification_uris.as_ref());
    if let Some(uris) = uris {
        let joined = list::join("oneM2M-RTURI", uris, '&')?;
        writer.text(OptionNumber::RTURI, Some(&joined))?;
    }
    if !request.authorization_signatures.is_empty() {
        let joined = list::join("oneM2M-AUS", &request.authorization_signatures, '+')?;
        writer.text(OptionNumber::AUS, Some(&joined))?;
    }
    if let Some(content) = &request.content {
        writer.number(OptionNumber::CONTENT_FORMAT, Some(ContentFormat::JSON.0))?;
        message.payload = content.to_string().into_bytes();
    }
    Ok(message)
}

/// Reads a request that has its whole payload.
///
/// What the binding cannot read, and Content or Resource Type against TS-0004 V3.32.0, Table 7.2.1.1-1, is refused, as is a
/// missing Request Identifier. A missing From or Release Version Indicator is the receiver's to judge (7.3.2.1). A critical
/// option is refused if it means nothing in a request, oneM2M-GTM among them: who does not know the members of a group
/// request must not take itself for one. The payload of a GET or DELETE counts as absent (RFC 7252, 5.5).
pub fn decode_request(message: &Message) -> Result<Request, Refusal> {
    let request_identifier = message.options.text(OptionNumber::RQI);
    read(message, request_identifier.clone()).map_err(|reason| Refusal {
        status: reason.status(),
        code: reason.code(),
        request_identifier: request_identifier.ok().flatten(),
        reason,
    })
}

/// Whether the originator waits for the result (TS-0004 V3.32.0, 6.3.4.2.6): by default, and as blockingRequest.
fn is_blocking(response_type: Option<&ResponseType>) -> bool {
    response_type.is_none_or(|response_type| response_type.value == 3)
}

fn method(request: &Request, named: Option<Operation>) -> Result<Code, EncodeError> {
    let operation = request.operation;
    match (operation, request.resource_type) {
        _ if named.is_some() => Ok(Code::POST),
        (Operation::Create, Some(_)) | (Operation::Notify, None) => Ok(Code::POST),
        (Operation::Create | Operation::Notify, got) => {
            Err(EncodeError::ResourceType { operation, got })
        }
        (Operation::Retrieve, _) => Ok(Code::GET),
        (Operation::Update, _) => Ok(Code::PUT),
        (Operation::Delete, _) => Ok(Code::DELETE),
    }
}

fn read(
    message: &Message,
    request_identifier: Result<Option<String>, FieldError>,
) -> Result<Request, Reason> {
    let options = &message.options;
    for number in [OptionNumber::PROXY_URI, OptionNumber::PROXY_SCHEME] {
        if options.all(number).next().is_some() {
            return Err(Reason::Proxy { number });
        }
    }
    options.check(RECOGNIZED)?;
    let request_identifier = request_identifier?
        .filter(|identifier| !identifier.is_empty())
        .ok_or_else(|| missing(OptionNumber::RQI))?;
    let resource_type = options.uint(OptionNumber::TY);
    let operation = operation(message, resource_type)?;
    let to = path::decode(&options.texts(OptionNumber::URI_PATH)?)?;
    let mut request = Request {
        request_identifier: Some(request_identifier),
        resource_type,
        ..Request::bare(operation, to)
    };
    query::decode(options, &mut request)?;
    if let Some(format) = ContentFormat::accepted(message).filter(|format| !format.is_json()) {
        return Err(Reason::Accept { got: format.0 });
    }
    read_options(options, &mut request)?;
    request.content = content(message, operation)?;
    Ok(request)
}

fn operation(message: &Message, resource_type: Option<u32>) -> Result<Operation, Reason> {
    let method = message.code;
    let named = query::operation(&message.options)?;
    let operation = match (of_method(method), named) {
        (None, _) if method != Code::POST => return Err(Reason::Method { got: method }),
        (None, Some(operation)) => operation,
        (None, None) if resource_type.is_some() => Operation::Create,
        (None, None) => Operation::Notify,
        (Some(operation), None) => operation,
        (Some(operation), Some(named)) if operation == named => operation,
        (Some(_), Some(named)) => return Err(Reason::Operation { named, method }),
    };
    match (operation, resource_type) {
        (Operation::Create, None) => Err(missing(OptionNumber::TY).into()),
        (Operation::Create, Some(_)) | (_, None) => Ok(operation),
        (_, Some(got)) => Err(Reason::ResourceTypeUnexpected { operation, got }),
    }
}

fn read_options(options: &Options, request: &mut Request) -> Result<(), FieldError> {
    request.from = options.text(OptionNumber::FR)?;
    request.release_version = options.text(OptionNumber::RVI)?;
    request.originating_timestamp = options.text(OptionNumber::OT)?;
    request.request_expiration = options.text(OptionNumber::RQET)?;
    request.result_expiration = options.text(OptionNumber::RSET)?;
    request.operation_execution_time = options.text(OptionNumber::OET)?;
    request.event_category = options.category();
    request.group_request_identifier = options.text(OptionNumber::GID)?;
    request.vendor_information = options.text(OptionNumber::VSI)?;
    if let Some(text) = options.text(OptionNumber::AUS)? {
        request.authorization_signatures = list::split("oneM2M-AUS", &text, '+')?;
    }
    if let Some(text) = options.text(OptionNumber::RTURI)? {
        let response_type = request
            .response_type
            .as_mut()
            .ok_or_else(|| FieldError::Missing {
                name: "rt".to_owned(),
            })?;
        response_type.notification_uris = Some(list::split("oneM2M-RTURI", &text, '&')?);
    }
    Ok(())
}

fn content(message: &Message, operation: Operation) -> Result<Option<Value>, Reason> {
    match (operation.has_content(), message.payload.is_empty()) {
        _ if matches!(message.code, Code::GET | Code::DELETE) => Ok(None),
        (false, true) => Ok(None),
        (false, false) => Err(Reason::ContentUnexpected { operation }),
        (true, true) => Err(Reason::ContentMissing { operation }),
        (true, false) => {
            let format =
                ContentFormat::of(message).ok_or_else(|| missing(OptionNumber::CONTENT_FORMAT))?;
            if !format.is_json() {
                return Err(Reason::ContentFormat { got: format.0 });
            }
            Ok(Some(json::parse(&message.payload)?))
        }
    }
}

fn missing(number: OptionNumber) -> FieldError {
    FieldError::Missing {
        name: number.to_string(),
    }
}
