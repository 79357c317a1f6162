//! Response primitives (TS-0009 V3.9.1, 6.3 and 6.4).

use bytes::Bytes;
use http::header::HeaderMap;
use serde_json::Value;

use super::error::{EncodeError, Malformed};
use super::header::{self, name};
use super::media::{self, MediaType};
use crate::field::{FieldError, assignments, value};
use crate::json;
use crate::response::Response;
use crate::status::ResponseStatusCode;

/// Writes a response. Content-Location is set on 2001 if Content holds the URI of the new resource (TS-0009 V3.9.1, 6.4.4).
pub fn encode_response(response: &Response) -> Result<http::Response<Bytes>, EncodeError> {
    let body = response
        .content
        .as_ref()
        .map(|content| content.to_string().into())
        .unwrap_or_default();
    let mut message = http::Response::new(body);
    *message.status_mut() = response.status.http_status();
    set_headers(message.headers_mut(), response)?;
    Ok(message)
}

/// Reads a response.
///
/// The HTTP status is not compared with X-M2M-RSC, nor the Request Identifier with that of any request: both are the caller's
/// to judge. A body needs a Content-Type (TS-0009 V3.9.1, 6.4.3).
pub fn decode_response(parts: &http::response::Parts, body: &[u8]) -> Result<Response, Malformed> {
    let headers = &parts.headers;
    let status = header::get(headers, name::STATUS)?.ok_or_else(|| FieldError::Missing {
        name: name::STATUS.to_owned(),
    })?;
    let status = ResponseStatusCode::from(value::number::<u16>(name::STATUS, &status)?);
    Ok(Response {
        status,
        request_identifier: header::get(headers, name::REQUEST_IDENTIFIER)?,
        release_version: header::get(headers, name::RELEASE_VERSION)?,
        content: content(headers, body)?,
        from: header::get(headers, name::ORIGIN)?,
        originating_timestamp: header::get(headers, name::ORIGINATING_TIMESTAMP)?,
        result_expiration: header::get(headers, name::RESULT_EXPIRATION)?,
        event_category: header::get(headers, name::EVENT_CATEGORY)?,
        content_status: optional(headers, name::CONTENT_STATUS, value::number)?,
        content_offset: optional(headers, name::CONTENT_OFFSET, value::number)?,
        assigned_token_identifiers: optional(
            headers,
            name::ASSIGNED_TOKEN_IDENTIFIERS,
            assignments::split,
        )?
        .unwrap_or_default(),
        authorization_signature_request: optional(
            headers,
            name::AUTHORIZATION_SIGNATURE_REQUEST,
            value::boolean,
        )?,
        vendor_information: header::get(headers, name::VENDOR_INFORMATION)?,
    })
}

fn set_headers(headers: &mut HeaderMap, response: &Response) -> Result<(), EncodeError> {
    header::set(headers, name::STATUS, &response.status.number().to_string())?;
    header::set_optional(
        headers,
        name::REQUEST_IDENTIFIER,
        response.request_identifier.as_deref(),
    )?;
    header::set_optional(
        headers,
        name::RELEASE_VERSION,
        response.release_version.as_deref(),
    )?;
    header::set_optional(headers, name::ORIGIN, response.from.as_deref())?;
    header::set_optional(
        headers,
        name::ORIGINATING_TIMESTAMP,
        response.originating_timestamp.as_deref(),
    )?;
    header::set_optional(
        headers,
        name::RESULT_EXPIRATION,
        response.result_expiration.as_deref(),
    )?;
    header::set_optional(
        headers,
        name::EVENT_CATEGORY,
        response.event_category.as_deref(),
    )?;
    header::set_optional(
        headers,
        name::VENDOR_INFORMATION,
        response.vendor_information.as_deref(),
    )?;
    set_displayed(headers, name::CONTENT_STATUS, response.content_status)?;
    set_displayed(headers, name::CONTENT_OFFSET, response.content_offset)?;
    set_displayed(
        headers,
        name::AUTHORIZATION_SIGNATURE_REQUEST,
        response.authorization_signature_request,
    )?;
    if !response.assigned_token_identifiers.is_empty() {
        let assignments = assignments::join(
            name::ASSIGNED_TOKEN_IDENTIFIERS,
            &response.assigned_token_identifiers,
        )?;
        header::set(headers, name::ASSIGNED_TOKEN_IDENTIFIERS, &assignments)?;
    }
    if response.content.is_some() {
        header::set(headers, name::CONTENT_TYPE, media::JSON)?;
        if response.status == ResponseStatusCode::CREATED {
            header::set_optional(headers, name::CONTENT_LOCATION, response.uri())?;
        }
    }
    Ok(())
}

fn set_displayed(
    headers: &mut HeaderMap,
    name: &'static str,
    value: Option<impl ToString>,
) -> Result<(), EncodeError> {
    header::set_optional(
        headers,
        name,
        value.map(|value| value.to_string()).as_deref(),
    )
}

fn optional<T>(
    headers: &HeaderMap,
    name: &str,
    read: impl FnOnce(&str, &str) -> Result<T, FieldError>,
) -> Result<Option<T>, FieldError> {
    header::get(headers, name)?
        .map(|text| read(name, &text))
        .transpose()
}

fn content(headers: &HeaderMap, body: &[u8]) -> Result<Option<Value>, Malformed> {
    if body.is_empty() {
        return Ok(None);
    }
    let media = header::get(headers, name::CONTENT_TYPE)?.ok_or_else(|| FieldError::Missing {
        name: name::CONTENT_TYPE.to_owned(),
    })?;
    let media = MediaType::parse(&media)?;
    if !media.is_json() {
        return Err(Malformed::MediaType { got: media.essence });
    }
    Ok(Some(json::parse(body)?))
}
