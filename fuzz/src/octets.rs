//! Octets to the parts of HTTP/1.1 messages, as a server or client cuts them.

use http::header::HeaderMap;
use http::{HeaderName, HeaderValue, Method, StatusCode, Uri};

/// As many header fields as hyper reads by default.
const MAX_FIELDS: usize = 100;

/// Head and body of a request; `None` if the octets are no HTTP/1.1 request.
pub(crate) fn request(octets: &[u8]) -> Option<(http::request::Parts, &[u8])> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut parsed = httparse::Request::new(&mut fields);
    let length = complete(parsed.parse(octets))?;
    let (mut parts, ()) = http::Request::new(()).into_parts();
    parts.method = Method::from_bytes(parsed.method?.as_bytes()).ok()?;
    parts.uri = Uri::try_from(parsed.path?).ok()?;
    parts.headers = headers(parsed.headers)?;
    Some((parts, octets.get(length..)?))
}

/// Head and body of a response; `None` if the octets are no HTTP/1.1 response.
pub(crate) fn response(octets: &[u8]) -> Option<(http::response::Parts, &[u8])> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut parsed = httparse::Response::new(&mut fields);
    let length = complete(parsed.parse(octets))?;
    let (mut parts, ()) = http::Response::new(()).into_parts();
    parts.status = StatusCode::from_u16(parsed.code?).ok()?;
    parts.headers = headers(parsed.headers)?;
    Some((parts, octets.get(length..)?))
}

fn complete(parsed: httparse::Result<usize>) -> Option<usize> {
    match parsed {
        Ok(httparse::Status::Complete(length)) => Some(length),
        Ok(httparse::Status::Partial) | Err(_) => None,
    }
}

fn headers(fields: &[httparse::Header<'_>]) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    for field in fields {
        let name = HeaderName::from_bytes(field.name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_bytes(field.value).ok()?);
    }
    Some(headers)
}
