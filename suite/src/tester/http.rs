//! HTTP/1.1 over any stream: one connection for each exchange, bounded in time and size.

use super::link::{Octets, OutgoingRequest, Received};
use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};

/// Answers beyond this many octets are not taken.
pub const LARGEST_ANSWER: usize = 4 * 1024 * 1024;

/// Header sections beyond this many octets are not taken.
const LARGEST_HEAD: usize = 64 * 1024;

/// Sends a request over a stream of its own and takes the whole answer.
pub async fn exchange<S>(
    stream: S,
    host: &str,
    request: &OutgoingRequest,
    patience: Duration,
) -> Received
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let request = match wire_request(host, request) {
        Ok(request) => request,
        Err(error) => return Received::Closed(format!("request was not sent: {error}")),
    };
    let answer = tokio::time::timeout(patience, answer(stream, request)).await;
    answer.unwrap_or(Received::Timeout)
}

/// Whether the request can be put on the wire at all.
pub fn sendable(request: &OutgoingRequest) -> Result<(), http::Error> {
    wire_request("localhost", request).map(|_| ())
}

fn wire_request(
    host: &str,
    request: &OutgoingRequest,
) -> Result<http::Request<Full<Bytes>>, http::Error> {
    let mut builder = http::Request::builder()
        .method(request.method.as_str())
        .uri(request.target.as_str())
        .header(http::header::HOST, host);
    for (name, value) in &request.headers {
        builder = builder.header(
            HeaderName::from_bytes(name.as_bytes())?,
            HeaderValue::from_bytes(value.as_bytes())?,
        );
    }
    builder.body(Full::new(request.body.0.clone()))
}

async fn answer<S>(stream: S, request: http::Request<Full<Bytes>>) -> Received
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let handshake = hyper::client::conn::http1::Builder::new()
        .title_case_headers(true)
        .max_buf_size(LARGEST_HEAD)
        .handshake(TokioIo::new(stream))
        .await;
    let (mut sender, connection) = match handshake {
        Ok(parts) => parts,
        Err(error) => return Received::Closed(chain(&error)),
    };
    let connection = tokio::spawn(connection);
    let received = match sender.send_request(request).await {
        Ok(response) => complete(response).await,
        Err(error) => Received::Closed(chain(&error)),
    };
    connection.abort();
    received
}

async fn complete(response: http::Response<hyper::body::Incoming>) -> Received {
    let (head, body) = response.into_parts();
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect();
    match Limited::new(body, LARGEST_ANSWER).collect().await {
        Ok(body) => Received::Http {
            status: head.status.as_u16(),
            headers,
            body: Octets(body.to_bytes()),
        },
        Err(error) if error.is::<LengthLimitError>() => Received::Overlong(LARGEST_ANSWER),
        Err(error) => Received::Closed(chain(error.as_ref())),
    }
}

/// An error with its sources in one line: a bare "error sending request" helps nobody.
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
