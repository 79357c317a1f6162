//! Primitives as requests of the tester.

use super::link::{Octets, OutgoingRequest};
use onem2m_primitive::{Request, http as binding};

/// The octets of a request primitive in the HTTP binding.
pub fn encode(request: &Request) -> Result<OutgoingRequest, String> {
    let encoded = binding::encode_request(request).map_err(|error| error.to_string())?;
    let (head, body) = encoded.into_parts();
    let headers = head
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "host" | "content-length"))
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect();
    Ok(OutgoingRequest {
        method: head.method.to_string(),
        target: head.uri.to_string(),
        headers,
        body: Octets(body),
    })
}
