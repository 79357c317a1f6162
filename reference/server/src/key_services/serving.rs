//! HTTP within the association of a client (TS-0003 V3.18.0, 8.3.7.2 names HTTP among the protocols).

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ::http::Request as HttpRequest;
use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use onem2m_association::{AssociationStream, Server, Session as _};
use onem2m_primitive::http::decode_request;
use onem2m_primitive::{Request, Response};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use super::KeyService;
use super::est;
use super::procedures::handle;
use super::session::Session;
use crate::associations::{Serving, drain};
use crate::connector::Duplex;
use crate::http;
use crate::refusal::Refusal;

/// How long a client may take for its handshake.
const HANDSHAKE: Duration = Duration::from_secs(30);

/// How long the other side may take to see why its handshake failed.
const LINGER: Duration = Duration::from_secs(1);

/// The largest request head in octets.
const HEAD_LIMIT: usize = 16 * 1024;

/// Deals with a connection on which an association is expected.
pub(crate) type Accept = fn(KeyService, Arc<Server>, Box<dyn Duplex>, SocketAddr) -> Serving;

/// Answers within an association with a client that was authenticated, and nobody else.
pub(crate) fn accept(
    service: KeyService,
    server: Arc<Server>,
    mut connection: Box<dyn Duplex>,
    address: SocketAddr,
) -> Serving {
    Box::pin(async move {
        // OpenSSL has no association to give when it has no memory for one.
        let Ok(association) = server.accept(address) else {
            return;
        };
        let mut stream = AssociationStream::new(association, &mut connection);
        let established = timeout(HANDSHAKE, stream.handshake()).await;
        let clauses = &service.0.clauses;
        let session = match established {
            Ok(Ok(())) => {
                let association = stream.session();
                let client = (clauses.client)(association.binding());
                let exported = (clauses.exported)(service.0.settings.role, association);
                let session = client.zip(association.peer().cloned()).zip(exported);
                session.map(|((client, credential), exported)| {
                    Session::new(client, credential, exported)
                })
            }
            Ok(Err(_)) | Err(_) => None,
        };
        // Nobody is served with an Enrolment Key that is forgotten.
        if let Some(session) = session.filter(|session| service.0.enrol(session)) {
            serve(&service, stream, &session).await;
        } else {
            let _ = stream.shutdown().await;
            let _ = timeout(LINGER, drain(&mut connection)).await;
        }
    })
}

/// Answers the requests of one session, one after the other, until the other side closes it.
pub(crate) async fn serve(
    service: &KeyService,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send,
    session: &Session,
) {
    let answering = service_fn(|request| async move {
        Ok::<_, Infallible>(answer(service, session, request).await)
    });
    // A connection that breaks concerns nobody but the other side.
    let _ = http1::Builder::new()
        .max_buf_size(HEAD_LIMIT)
        .serve_connection(TokioIo::new(stream), answering)
        .await;
}

async fn answer(
    service: &KeyService,
    session: &Session,
    request: HttpRequest<Incoming>,
) -> ::http::Response<Full<Bytes>> {
    let (parts, body) = request.into_parts();
    let limit = service.0.settings.body_limit;
    let body = http::whole(body, limit, http::broken_off).await;
    if let Some(answer) = provisioned(service, session, &parts, body.as_deref()) {
        return answer.map(Full::new);
    }
    let response = match body {
        None => {
            let identifier = http::request_identifier(&parts);
            let reason = format!("expected a whole body of at most {limit} octets");
            Refusal::bad_request(reason).unread(identifier)
        }
        Some(octets) => match decode_request(&parts, &octets) {
            Ok(request) => respond(service, session, &request),
            Err(unread) => Refusal::new(unread.status, unread.reason.to_string())
                .unread(unread.request_identifier),
        },
    };
    http::encode(&response).map(Full::new)
}

/// What EST answers, where certificates are provisioned and the request is for that.
fn provisioned(
    service: &KeyService,
    session: &Session,
    parts: &::http::request::Parts,
    body: Option<&[u8]>,
) -> Option<est::Answer> {
    let authority = service.0.settings.authority.as_ref()?;
    let asked = est::Asked {
        client: &session.entity,
        credential: &session.credential,
        method: &parts.method,
        path: parts.uri.path(),
        content_type: parts.headers.get(::http::header::CONTENT_TYPE),
        body,
        now: service.0.clock.now(),
    };
    est::answer(authority, &service.0.clauses.est, &asked)
}

fn respond(service: &KeyService, session: &Session, request: &Request) -> Response {
    let (status, content) = match handle(&service.0, session, request) {
        Ok(outcome) => outcome,
        Err(refusal) => (refusal.status, refusal.content),
    };
    Response {
        content,
        ..Response::answering(request, status)
    }
}
