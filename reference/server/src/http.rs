use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};

use ::http::{HeaderMap, Request as HttpRequest, Response as HttpResponse, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use onem2m_primitive::http::encode_response;
use onem2m_primitive::{Request, Response};
use tokio::io::{AsyncRead, AsyncWrite};

use crate::conveyed::Conveyed;
use crate::cse::Cse;
use crate::peer::Peer;
use crate::refusal::Refusal;

/// The largest request head in octets.
const HEAD_LIMIT: usize = 64 * 1024;

/// Reads the request primitive that the head and the body of an HTTP request carry.
pub(crate) type Decode =
    fn(&::http::request::Parts, &[u8]) -> Result<Request, onem2m_primitive::http::Refusal>;

/// An HTTP response that carries a response primitive.
pub(crate) type Encoded = HttpResponse<Bytes>;

/// Answers the requests of one connection, one after the other, until the other side closes it
/// (TS-0009 V3.9.1).
pub(crate) async fn serve(
    cse: &Cse,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send,
    peer: Peer,
) {
    let answered = AtomicUsize::new(0);
    let service = service_fn(|request| {
        let behind = answered.fetch_add(1, Ordering::Relaxed);
        let sender = (cse.clauses().sender)(&peer, Conveyed::Http { behind });
        async move { Ok::<_, Infallible>(answer(cse, request, &sender).await) }
    });
    // A connection that breaks concerns nobody but the other side.
    let _ = http1::Builder::new()
        .max_buf_size(HEAD_LIMIT)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// The HTTP response that carries a response primitive; one that HTTP cannot carry becomes an internal error.
pub(crate) fn encode(response: &Response) -> Encoded {
    encode_response(response).unwrap_or_else(|_| {
        let mut failed = HttpResponse::new(Bytes::new());
        *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        failed
    })
}

/// The source address of the packets, whatever the head of the message says of others (TS-0003 V3.18.0, 7.1.2).
pub(crate) fn source(peer: &Peer, _headers: &HeaderMap) -> IpAddr {
    peer.address.ip()
}

async fn answer(
    cse: &Cse,
    request: HttpRequest<Incoming>,
    peer: &Peer,
) -> HttpResponse<Full<Bytes>> {
    let (parts, body) = request.into_parts();
    let address = SocketAddr::new(cse.source(peer, &parts.headers), peer.address.port());
    let peer = &Peer {
        address,
        ..peer.clone()
    };
    let limit = cse.configuration().body_limit;
    let octets = match whole(body, limit, cse.clauses().broken_off).await {
        Some(octets) => octets,
        None => return too_large(cse, &parts).map(Full::new),
    };
    let response = match (cse.clauses().decode)(&parts, &octets) {
        Ok(request) => cse.handle(request, peer).await,
        Err(unread) => {
            Refusal::new(unread.status, unread.reason.to_string()).unread(unread.request_identifier)
        }
    };
    cse.encode(&response).map(Full::new)
}

/// The octets of a body; none if there are too many, or if it broke off and what came is not taken instead.
pub(crate) async fn whole(body: Incoming, limit: usize, broken_off: BrokenOff) -> Option<Bytes> {
    let mut body = Limited::new(body, limit);
    let mut octets = Vec::new();
    while let Some(frame) = body.frame().await {
        match frame {
            Ok(frame) => octets.extend_from_slice(frame.data_ref()?),
            Err(_) => return broken_off(octets).map(Bytes::from),
        }
    }
    Some(octets.into())
}

/// What is taken of a body that broke off: nothing (RFC 9112, 8).
pub(crate) type BrokenOff = fn(Vec<u8>) -> Option<Vec<u8>>;

/// A request that did not come to its end is none.
pub(crate) fn broken_off(_: Vec<u8>) -> Option<Vec<u8>> {
    None
}

/// A body beyond the limit, or one that broke off; the Request Identifier is in the head.
fn too_large(cse: &Cse, parts: &::http::request::Parts) -> Encoded {
    let request_identifier = request_identifier(parts);
    let limit = cse.configuration().body_limit;
    let reason = format!("expected a whole body of at most {limit} octets");
    let refusal = Refusal::bad_request(reason);
    let mut response = cse.encode(&refusal.unread(request_identifier));
    *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
    response
}

/// The Request Identifier in the head of a request that was not read.
pub(crate) fn request_identifier(parts: &::http::request::Parts) -> Option<String> {
    let value = parts.headers.get("X-M2M-RI")?;
    value.to_str().ok().map(str::to_owned)
}
