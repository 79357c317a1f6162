//! Response primitives (TS-0008 V3.9.0, 6.2 and 6.4).

use serde_json::Value;

use super::asked::Asked;
use super::code::Code;
use super::error::{EncodeError, Malformed};
use super::format::ContentFormat;
use super::message::Message;
use super::number::OptionNumber;
use super::path;
use super::writer::Writer;
use crate::field::{FieldError, assignments, value};
use crate::json;
use crate::operation::Operation;
use crate::response::Response;
use crate::status::ResponseStatusCode;

/// The critical options that are understood in a response.
const RECOGNIZED: &[OptionNumber] = &[
    OptionNumber::BLOCK2,
    OptionNumber::BLOCK1,
    OptionNumber::OT,
    OptionNumber::RVI,
    OptionNumber::ASRI,
    OptionNumber::FR,
    OptionNumber::RQI,
    OptionNumber::RSET,
    OptionNumber::EC,
    OptionNumber::RSC,
    OptionNumber::CTO,
    OptionNumber::CTS,
    OptionNumber::ATI,
    OptionNumber::VSI,
];

/// The status codes that come with the URI of a new resource (TS-0008 V3.9.0, 6.2.3, 6.3.2 and 6.3.3).
const LOCATED: [ResponseStatusCode; 3] = [
    ResponseStatusCode::CREATED,
    ResponseStatusCode::ACCEPTED_SYNCH,
    ResponseStatusCode::ACCEPTED_ASYNCH,
];

/// Writes the response to what was `asked`, with its whole Content as payload, as an acknowledgement; Message ID and Token are
/// the caller's ([`Message::piggybacked`], [`Message::separate`]).
///
/// Location-Path is set if Content holds the URI of a new resource. The answer 2000 to a Notify has no payload (Table 6.2.4-1),
/// unless Content is the securityInfo that the originator of a Notify waits for (TS-0004 V3.32.0, 7.5.1.2.11 and 7.6.2). Max-Age is 0: a response out of a cache was decided by nobody (6.4).
pub fn encode_response(response: &Response, asked: Asked) -> Result<Message, EncodeError> {
    let uri = response
        .uri()
        .filter(|_| LOCATED.contains(&response.status));
    let code = response.status.coap_code(asked.operation, uri.is_some());
    let mut message = Message::response(code);
    let mut writer = Writer::of(&mut message.options);
    if let Some(uri) = uri {
        for segment in path::encode(uri)? {
            writer.text(OptionNumber::LOCATION_PATH, Some(&segment))?;
        }
    }
    writer.number(OptionNumber::MAX_AGE, Some(0u32))?;
    writer.number(OptionNumber::RSC, Some(response.status.number()))?;
    writer.text(OptionNumber::RQI, response.request_identifier.as_deref())?;
    writer.text(OptionNumber::RVI, response.release_version.as_deref())?;
    writer.text(OptionNumber::FR, response.from.as_deref())?;
    writer.text(OptionNumber::OT, response.originating_timestamp.as_deref())?;
    writer.text(OptionNumber::RSET, response.result_expiration.as_deref())?;
    writer.category(response.event_category.as_deref())?;
    writer.text(OptionNumber::VSI, response.vendor_information.as_deref())?;
    writer.number(OptionNumber::CTS, response.content_status)?;
    writer.number(OptionNumber::CTO, response.content_offset)?;
    let asri = response.authorization_signature_request;
    writer.text(
        OptionNumber::ASRI,
        asri.map(|asri| asri.to_string()).as_deref(),
    )?;
    if !response.assigned_token_identifiers.is_empty() {
        let joined = assignments::join("oneM2M-ATI", &response.assigned_token_identifiers)?;
        writer.text(OptionNumber::ATI, Some(&joined))?;
    }
    let is_told = |content: &&Value| {
        response.status != ResponseStatusCode::OK
            || asked.operation != Some(Operation::Notify)
            || content.get("m2m:seci").is_some()
    };
    if let Some(content) = response.content.as_ref().filter(is_told) {
        writer.number(OptionNumber::CONTENT_FORMAT, Some(asked.format.0))?;
        message.payload = content.to_string().into_bytes();
    }
    Ok(message)
}

/// Reads a response that has its whole payload.
///
/// The code is not compared with oneM2M-RSC, nor the Request Identifier with that of any request: both are the caller's to
/// judge. Without oneM2M-RSC, a code that stands for one status code only is read as that (TS-0008 V3.9.0, 6.2.4). The
/// payload of an error without Content-Format is a diagnostic message (RFC 7252, 5.5.2) and no Content.
pub fn decode_response(message: &Message) -> Result<Response, Malformed> {
    if !message.code.is_response() {
        return Err(Malformed::Code { got: message.code });
    }
    let options = &message.options;
    options.check(RECOGNIZED)?;
    let asri = options.text(OptionNumber::ASRI)?;
    let assignments = options.text(OptionNumber::ATI)?;
    Ok(Response {
        status: status(message)?,
        request_identifier: options.text(OptionNumber::RQI)?,
        release_version: options.text(OptionNumber::RVI)?,
        content: content(message)?,
        from: options.text(OptionNumber::FR)?,
        originating_timestamp: options.text(OptionNumber::OT)?,
        result_expiration: options.text(OptionNumber::RSET)?,
        event_category: options.category(),
        content_status: options.uint(OptionNumber::CTS),
        content_offset: options.uint(OptionNumber::CTO).map(u64::from),
        assigned_token_identifiers: assignments
            .map(|text| assignments::split("oneM2M-ATI", &text))
            .transpose()?
            .unwrap_or_default(),
        authorization_signature_request: asri
            .map(|text| value::boolean("oneM2M-ASRI", &text))
            .transpose()?,
        vendor_information: options.text(OptionNumber::VSI)?,
    })
}

fn status(message: &Message) -> Result<ResponseStatusCode, FieldError> {
    let number = message
        .options
        .uint(OptionNumber::RSC)
        .and_then(|number| u16::try_from(number).ok());
    match number {
        Some(number) => Ok(ResponseStatusCode::from(number)),
        None => ResponseStatusCode::only_one_of(message.code).ok_or_else(|| FieldError::Missing {
            name: OptionNumber::RSC.to_string(),
        }),
    }
}

fn content(message: &Message) -> Result<Option<Value>, Malformed> {
    if message.payload.is_empty() {
        return Ok(None);
    }
    let is_error = message.code >= Code::BAD_REQUEST;
    match ContentFormat::of(message) {
        None if is_error => Ok(None),
        None => Err(Malformed::Field(FieldError::Missing {
            name: OptionNumber::CONTENT_FORMAT.to_string(),
        })),
        Some(format) if !format.is_json() => Err(Malformed::ContentFormat { got: format.0 }),
        Some(_) => Ok(Some(json::parse(&message.payload)?)),
    }
}
