//! A CSE with a clock that stands still, and what an AE needs to talk to it.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use onem2m_primitive::http::{decode_request, decode_response, encode_request, encode_response};
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use onem2m_server::{
    Clauses, Configuration, Connecting, Connector, Cse, Duplex, Peer, VirtualClock,
};
use serde_json::{Value, json};
use time::macros::datetime;

pub(crate) const CREATED: ResponseStatusCode = ResponseStatusCode::CREATED;
pub(crate) const OK: ResponseStatusCode = ResponseStatusCode::OK;
pub(crate) const UPDATED: ResponseStatusCode = ResponseStatusCode::UPDATED;
pub(crate) const DELETED: ResponseStatusCode = ResponseStatusCode::DELETED;
pub(crate) const DENIED: ResponseStatusCode = ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE;
pub(crate) const BAD_REQUEST: ResponseStatusCode = ResponseStatusCode::BAD_REQUEST;
pub(crate) const NOT_FOUND: ResponseStatusCode = ResponseStatusCode::NOT_FOUND;

pub(crate) const ADMIN: &str = "CAdmin";
/// Where the AEs of a bench connect from.
pub(crate) const SOURCE: &str = "192.0.2.10:40000";

pub(crate) struct Bench {
    pub(crate) cse: Cse,
    pub(crate) clock: Arc<VirtualClock>,
    pub(crate) inbox: Arc<Inbox>,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::judging_by(Clauses::SPECIFICATION)
    }

    pub(crate) fn judging_by(clauses: Clauses) -> Self {
        Self::made(Configuration::default(), clauses)
    }

    pub(crate) fn configured(configuration: Configuration) -> Self {
        Self::made(configuration, Clauses::SPECIFICATION)
    }

    pub(crate) fn made(configuration: Configuration, clauses: Clauses) -> Self {
        let clock = Arc::new(VirtualClock::new(datetime!(2025-11-20 13:27:30 UTC)));
        let inbox = Arc::new(Inbox::default());
        let cse = Cse::new(configuration, clock.clone(), clauses, inbox.clone());
        Self { cse, clock, inbox }
    }

    /// A bench with AE1 (`CtpA1`) and AE2 (`CtpA2`).
    pub(crate) async fn with_two() -> Self {
        Self::new().register_two().await
    }

    pub(crate) async fn register_two(self) -> Self {
        let bench = self;
        for stem in ["CtpA1", "CtpA2"] {
            let request = Request::create("cse-in", 2, application()).from(stem);
            assert_eq!(bench.send(request).await.status, CREATED);
        }
        bench
    }

    /// A bench with two, of which AE1 has a point of access and lets AE2 do these operations on its `<AE>`.
    pub(crate) async fn with_point_of_access(operations: u32) -> Self {
        let bench = Self::with_two().await;
        let rules =
            json!([{ "acor": ["CtpA1"], "acop": 63 }, { "acor": ["CtpA2"], "acop": operations }]);
        let policy = bench.policy("acpR", rules).await;
        for attributes in [
            json!({ "poa": ["http://203.0.113.5:8080"] }),
            json!({ "acpi": [policy] }),
        ] {
            let update = Request::update("CtpA1", json!({ "m2m:ae": attributes }));
            assert_eq!(bench.status(update.from("CtpA1")).await, UPDATED);
        }
        bench
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// Sends one request on a connection of its own.
    pub(crate) async fn send(&self, request: Request) -> Response {
        let request = Request {
            request_identifier: request
                .request_identifier
                .or_else(|| Some("rqi1".to_owned())),
            release_version: request.release_version.or_else(|| Some("3".to_owned())),
            ..request
        };
        let message = encode_request(&request).unwrap();
        let (parts, body) = self.exchange(message.map(Full::new)).await;
        decode_response(&parts, &body).unwrap()
    }

    pub(crate) async fn status(&self, request: Request) -> ResponseStatusCode {
        self.send(request).await.status
    }

    pub(crate) async fn exchange(
        &self,
        message: http::Request<Full<Bytes>>,
    ) -> (http::response::Parts, Bytes) {
        self.exchange_from(SOURCE, message).await
    }

    pub(crate) async fn exchange_from(
        &self,
        source: &str,
        message: http::Request<Full<Bytes>>,
    ) -> (http::response::Parts, Bytes) {
        let mut sender = self.connect(source).await;
        let response = sender.send_request(message).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts, body.collect().await.unwrap().to_bytes())
    }

    pub(crate) async fn connect(&self, source: &str) -> SendRequest<Full<Bytes>> {
        let (ours, theirs) = tokio::io::duplex(64 * 1024);
        let (cse, peer): (Cse, SocketAddr) = (self.cse.clone(), source.parse().unwrap());
        tokio::spawn(async move { cse.serve_connection(theirs, Peer::plain(peer)).await });
        let (sender, connection) = http1::handshake(TokioIo::new(ours)).await.unwrap();
        tokio::spawn(connection);
        sender
    }

    /// An ACP below the CSEBase with these privileges and selfPrivileges for the administrator.
    pub(crate) async fn policy(&self, name: &str, rules: Value) -> String {
        let content = json!({ "m2m:acp": {
            "rn": name,
            "pv": { "acr": rules },
            "pvs": { "acr": [{ "acor": [ADMIN], "acop": 63 }] },
        } });
        let response = self
            .send(Request::create("cse-in", 1, content).from(ADMIN))
            .await;
        assert_eq!(response.status, CREATED, "{response:?}");
        format!("cse-in/{name}")
    }

    /// The container `cse-in/cntT`, governed by a policy with these rules and by one for the administrator.
    pub(crate) async fn container(&self, rules: Value) {
        let tested = self.policy("acpT", rules).await;
        let control = self
            .policy("acpCtl", json!([{ "acor": [ADMIN], "acop": 63 }]))
            .await;
        let content =
            json!({ "m2m:cnt": { "rn": "cntT", "acpi": [tested, control], "lbl": ["tpT"] } });
        let response = self
            .send(Request::create("cse-in", 3, content).from(ADMIN))
            .await;
        assert_eq!(response.status, CREATED, "{response:?}");
    }

    pub(crate) async fn attribute(&self, to: &str, name: &str) -> Value {
        let response = self.send(Request::retrieve(to).from(ADMIN)).await;
        assert_eq!(response.status, OK, "{response:?}");
        representation(&response)[name].clone()
    }
}

pub(crate) fn application() -> Value {
    json!({ "m2m:ae": { "api": "Ntest", "rr": true, "srv": ["3"] } })
}

pub(crate) fn container() -> Value {
    json!({ "m2m:cnt": {} })
}

pub(crate) fn instance() -> Value {
    json!({ "m2m:cin": { "con": "tp" } })
}

/// The attributes in the Content of a response.
pub(crate) fn representation(response: &Response) -> Value {
    let content = response.content.as_ref().unwrap().as_object().unwrap();
    content.values().next().unwrap().clone()
}

/// Whoever the CSE connects to: keeps the requests and answers all of them with 2000.
#[derive(Default)]
pub(crate) struct Inbox(Arc<Mutex<Vec<(String, Request)>>>);

impl Inbox {
    /// What arrived so far, with the authority that it was sent to.
    pub(crate) fn received(&self) -> Vec<(String, Request)> {
        self.0.lock().unwrap().clone()
    }

    /// Waits until that many requests have arrived.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<(String, Request)> {
        while self.received().len() < count {
            tokio::task::yield_now().await;
        }
        self.received()
    }
}

impl Connector for Inbox {
    fn connect<'a>(&'a self, authority: &'a str) -> Connecting<'a> {
        let (ours, theirs) = tokio::io::duplex(64 * 1024);
        let (received, authority) = (self.0.clone(), authority.to_owned());
        Box::pin(async move {
            if authority.starts_with("unreachable") {
                return Err(io::Error::from(io::ErrorKind::ConnectionRefused));
            }
            tokio::spawn(async move {
                let service = service_fn(|message| answer(&received, &authority, message));
                hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(theirs), service)
                    .await
            });
            Ok(Box::new(ours) as Box<dyn Duplex>)
        })
    }
}

async fn answer(
    received: &Mutex<Vec<(String, Request)>>,
    authority: &str,
    message: http::Request<Incoming>,
) -> Result<http::Response<Full<Bytes>>, io::Error> {
    let (parts, body) = message.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let request = decode_request(&parts, &body).map_err(io::Error::other)?;
    let response = Response::answering(&request, OK);
    received
        .lock()
        .unwrap()
        .push((authority.to_owned(), request));
    Ok(encode_response(&response)
        .map_err(io::Error::other)?
        .map(Full::new))
}
