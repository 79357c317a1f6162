//! Request primitives (TS-0009 V3.9.1, 6.2 and 6.4).

use bytes::Bytes;
use http::header::HeaderMap;
use http::{Method, Uri};

use super::error::{EncodeError, Reason, Refusal};
use super::header::{self, name};
use super::media::{self, MediaType};
use super::{path, query};
use crate::field::{FieldError, list};
use crate::json;
use crate::operation::Operation;
use crate::request::Request;

/// Writes a request with its target in origin-form.
///
/// Absent parameters are left out, also mandatory ones. An attribute behind `#` in To becomes the first of `atrl`. Content is
/// written for every operation and however deep it nests, so that a tester can send a Delete with a body or nesting beyond
/// what [`json::parse`] reads; a receiver refuses both.
pub fn encode_request(request: &Request) -> Result<http::Request<Bytes>, EncodeError> {
    let mut message = http::Request::new(body(request));
    *message.method_mut() = method(request)?;
    *message.uri_mut() = target(request)?;
    set_headers(message.headers_mut(), request)?;
    Ok(message)
}

/// Reads a request.
///
/// What the binding cannot read, and Content or Resource Type against TS-0004 V3.32.0, Table 7.2.1.1-1, is refused, as is a
/// missing Request Identifier: without it no answer could be told apart. A missing From or Release Version Indicator is the
/// receiver's to judge (7.3.2.1). An Authorization field that holds HTTP credentials with their scheme (TS-0009, 7.1) is no
/// Tokens parameter and is passed over.
pub fn decode_request(parts: &http::request::Parts, body: &[u8]) -> Result<Request, Refusal> {
    let request_identifier = header::get(&parts.headers, name::REQUEST_IDENTIFIER);
    read(parts, body, request_identifier.clone()).map_err(|reason| Refusal {
        status: reason.status(),
        request_identifier: request_identifier.ok().flatten(),
        reason,
    })
}

fn method(request: &Request) -> Result<Method, EncodeError> {
    let operation = request.operation;
    match (operation, request.resource_type) {
        (Operation::Create, Some(_)) | (Operation::Notify, None) => Ok(Method::POST),
        (Operation::Create | Operation::Notify, got) => {
            Err(EncodeError::ResourceType { operation, got })
        }
        (Operation::Retrieve, _) => Ok(Method::GET),
        (Operation::Update, _) => Ok(Method::PUT),
        (Operation::Delete, _) => Ok(Method::DELETE),
    }
}

fn target(request: &Request) -> Result<Uri, EncodeError> {
    let (identifier, attribute) = path::split_attribute(&request.to);
    let path = path::encode(identifier)?;
    let query = query::encode(request, attribute)?;
    let target = if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    };
    Uri::try_from(target).map_err(|error| EncodeError::Message {
        detail: error.to_string(),
    })
}

fn body(request: &Request) -> Bytes {
    request
        .content
        .as_ref()
        .map(|content| content.to_string().into())
        .unwrap_or_default()
}

fn set_headers(headers: &mut HeaderMap, request: &Request) -> Result<(), EncodeError> {
    header::set_optional(headers, name::ORIGIN, request.from.as_deref())?;
    header::set_optional(
        headers,
        name::REQUEST_IDENTIFIER,
        request.request_identifier.as_deref(),
    )?;
    header::set_optional(
        headers,
        name::RELEASE_VERSION,
        request.release_version.as_deref(),
    )?;
    header::set_optional(
        headers,
        name::ORIGINATING_TIMESTAMP,
        request.originating_timestamp.as_deref(),
    )?;
    header::set_optional(
        headers,
        name::REQUEST_EXPIRATION,
        request.request_expiration.as_deref(),
    )?;
    header::set_optional(
        headers,
        name::RESULT_EXPIRATION,
        request.result_expiration.as_deref(),
    )?;
    header::set_optional(
        headers,
        name::OPERATION_EXECUTION_TIME,
        request.operation_execution_time.as_deref(),
    )?;
    header::set_optional(
        headers,
        name::EVENT_CATEGORY,
        request.event_category.as_deref(),
    )?;
    header::set_optional(
        headers,
        name::GROUP_REQUEST_IDENTIFIER,
        request.group_request_identifier.as_deref(),
    )?;
    header::set_optional(
        headers,
        name::VENDOR_INFORMATION,
        request.vendor_information.as_deref(),
    )?;
    if let Some(uris) = request
        .response_type
        .as_ref()
        .and_then(|response_type| response_type.notification_uris.as_ref())
    {
        header::set(
            headers,
            name::NOTIFICATION_URIS,
            &list::join(name::NOTIFICATION_URIS, uris, '&')?,
        )?;
    }
    if !request.tokens.is_empty() {
        header::set(
            headers,
            name::TOKENS,
            &list::join(name::TOKENS, &request.tokens, '+')?,
        )?;
    }
    if !request.authorization_signatures.is_empty() {
        let signatures = list::join(
            name::AUTHORIZATION_SIGNATURES,
            &request.authorization_signatures,
            '+',
        )?;
        header::set(headers, name::AUTHORIZATION_SIGNATURES, &signatures)?;
    }
    if request.content.is_some() || request.resource_type.is_some() {
        header::set(
            headers,
            name::CONTENT_TYPE,
            &media::content_type(request.resource_type),
        )?;
    }
    header::set(headers, name::ACCEPT, media::JSON)
}

fn read(
    parts: &http::request::Parts,
    body: &[u8],
    request_identifier: Result<Option<String>, FieldError>,
) -> Result<Request, Reason> {
    let headers = &parts.headers;
    let request_identifier = request_identifier?
        .filter(|identifier| !identifier.is_empty())
        .ok_or_else(|| FieldError::Missing {
            name: name::REQUEST_IDENTIFIER.to_owned(),
        })?;
    let media = header::get(headers, name::CONTENT_TYPE)?
        .map(|text| MediaType::parse(&text))
        .transpose()?;
    let resource_type = media.as_ref().and_then(|media| media.resource_type);
    let operation = operation(&parts.method, resource_type)?;
    let mut request = Request::bare(operation, path::decode(parts.uri.path())?);
    request.request_identifier = Some(request_identifier);
    request.resource_type = resource_type;
    query::decode(parts.uri.query().unwrap_or_default(), &mut request)?;
    read_headers(headers, &mut request)?;
    request.content = content(operation, media.as_ref(), body)?;
    Ok(request)
}

fn operation(method: &Method, resource_type: Option<u32>) -> Result<Operation, Reason> {
    let operation = match (method, resource_type) {
        (&Method::POST, Some(_)) => return Ok(Operation::Create),
        (&Method::POST, None) => Operation::Notify,
        (&Method::GET, _) => Operation::Retrieve,
        (&Method::PUT, _) => Operation::Update,
        (&Method::DELETE, _) => Operation::Delete,
        _ => {
            return Err(Reason::Method {
                got: method.to_string(),
            });
        }
    };
    match resource_type {
        Some(got) => Err(Reason::ResourceTypeUnexpected { operation, got }),
        None => Ok(operation),
    }
}

fn read_headers(headers: &HeaderMap, request: &mut Request) -> Result<(), FieldError> {
    request.from = header::get(headers, name::ORIGIN)?;
    request.release_version = header::get(headers, name::RELEASE_VERSION)?;
    request.originating_timestamp = header::get(headers, name::ORIGINATING_TIMESTAMP)?;
    request.request_expiration = header::get(headers, name::REQUEST_EXPIRATION)?;
    request.result_expiration = header::get(headers, name::RESULT_EXPIRATION)?;
    request.operation_execution_time = header::get(headers, name::OPERATION_EXECUTION_TIME)?;
    request.event_category = header::get(headers, name::EVENT_CATEGORY)?;
    request.group_request_identifier = header::get(headers, name::GROUP_REQUEST_IDENTIFIER)?;
    request.vendor_information = header::get(headers, name::VENDOR_INFORMATION)?;
    request.tokens = tokens(headers)?;
    if let Some(text) = header::get(headers, name::AUTHORIZATION_SIGNATURES)? {
        request.authorization_signatures = list::split(name::AUTHORIZATION_SIGNATURES, &text, '+')?;
    }
    if let Some(text) = header::get(headers, name::NOTIFICATION_URIS)? {
        let response_type = request
            .response_type
            .as_mut()
            .ok_or_else(|| FieldError::Missing {
                name: "rt".to_owned(),
            })?;
        response_type.notification_uris = Some(list::split(name::NOTIFICATION_URIS, &text, '&')?);
    }
    Ok(())
}

/// The Tokens parameter: its tokens carry no scheme, while HTTP credentials are a scheme, a blank and more (RFC 7235, 2.1).
fn tokens(headers: &HeaderMap) -> Result<Vec<String>, FieldError> {
    let Some(text) = header::get(headers, name::TOKENS)? else {
        return Ok(Vec::new());
    };
    let has_scheme = text
        .split('+')
        .any(|element| element.trim().contains(char::is_whitespace));
    if has_scheme {
        return Ok(Vec::new());
    }
    list::split(name::TOKENS, &text, '+')
}

fn content(
    operation: Operation,
    media: Option<&MediaType>,
    body: &[u8],
) -> Result<Option<serde_json::Value>, Reason> {
    match (operation.has_content(), body.is_empty()) {
        (false, true) => Ok(None),
        (false, false) => Err(Reason::ContentUnexpected { operation }),
        (true, true) => Err(Reason::ContentMissing { operation }),
        (true, false) => {
            let media = media.ok_or_else(|| FieldError::Missing {
                name: name::CONTENT_TYPE.to_owned(),
            })?;
            if !media.is_json() {
                return Err(Reason::MediaType {
                    got: media.essence.clone(),
                });
            }
            Ok(Some(json::parse(body)?))
        }
    }
}
