//! Messages as octets.

use http::header::HeaderMap;
use http::{HeaderName, HeaderValue, Method, StatusCode, Uri};

/// Splits the octets of a request; `None` if they are no HTTP/1.1.
pub fn request(octets: &[u8]) -> Option<(http::request::Parts, &[u8])> {
    let mut fields = [httparse::EMPTY_HEADER; 64];
    let mut parsed = httparse::Request::new(&mut fields);
    let length = parsed
        .parse(octets)
        .ok()
        .filter(httparse::Status::is_complete)?
        .unwrap();
    let (mut parts, ()) = http::Request::new(()).into_parts();
    parts.method = Method::from_bytes(parsed.method?.as_bytes()).ok()?;
    parts.uri = Uri::try_from(parsed.path?).ok()?;
    parts.headers = headers(parsed.headers)?;
    Some((parts, &octets[length..]))
}

/// Splits the octets of a response; `None` if they are no HTTP/1.1.
pub fn response(octets: &[u8]) -> Option<(http::response::Parts, &[u8])> {
    let mut fields = [httparse::EMPTY_HEADER; 64];
    let mut parsed = httparse::Response::new(&mut fields);
    let length = parsed
        .parse(octets)
        .ok()
        .filter(httparse::Status::is_complete)?
        .unwrap();
    let (mut parts, ()) = http::Response::new(()).into_parts();
    parts.status = StatusCode::from_u16(parsed.code?).ok()?;
    parts.headers = headers(parsed.headers)?;
    Some((parts, &octets[length..]))
}

/// The lines of a request, its header fields sorted by name.
pub fn of_request(message: &http::Request<bytes::Bytes>) -> String {
    let start = format!("{} {} HTTP/1.1", message.method(), message.uri());
    lines(start, message.headers(), message.body())
}

/// The lines of a response, its header fields sorted by name.
pub fn of_response(message: &http::Response<bytes::Bytes>) -> String {
    let start = format!("HTTP/1.1 {}", message.status().as_u16());
    lines(start, message.headers(), message.body())
}

fn headers(fields: &[httparse::Header<'_>]) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    for field in fields {
        let name = HeaderName::from_bytes(field.name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_bytes(field.value).ok()?);
    }
    Some(headers)
}

fn lines(start: String, headers: &HeaderMap, body: &[u8]) -> String {
    let mut fields: Vec<String> = headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", std::str::from_utf8(value.as_bytes()).unwrap()))
        .collect();
    fields.sort();
    let body = std::str::from_utf8(body).unwrap().to_owned();
    [vec![start], fields, vec![String::new(), body]]
        .concat()
        .join("\r\n")
}
