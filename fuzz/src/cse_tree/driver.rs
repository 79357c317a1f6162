use std::io::{Error, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use onem2m_primitive::http::{decode_response, encode_request};
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use onem2m_server::{Clauses, Configuration, Connecting, Connector, Cse, Peer, VirtualClock};
use serde_json::json;
use time::OffsetDateTime;
use time::macros::datetime;

use super::model::{ADMIN, CONTROL, Model};

/// When a sequence begins.
pub(super) const BEGINNING: OffsetDateTime = datetime!(2025-11-20 13:27:30 UTC);

/// How much of either direction is on its way at most.
const PIPE: usize = 64 * 1024;

/// A fresh CSE and one connection to it, within the process.
pub(super) struct Driver {
    clock: Arc<VirtualClock>,
    connection: SendRequest<Full<Bytes>>,
    sent: u64,
}

/// Runs a sequence against a fresh CSE. Panics if none can be had: nothing else would be tested.
pub(super) fn run(sequence: impl AsyncFnOnce(&mut Driver)) {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.unwrap_or_else(|error| panic!("no runtime: {error}"));
    runtime.block_on(async {
        let mut driver = Driver::connect().await;
        sequence(&mut driver).await;
    });
}

impl Driver {
    async fn connect() -> Self {
        let clock = Arc::new(VirtualClock::new(BEGINNING));
        let cse = Cse::new(
            Configuration::default(),
            clock.clone(),
            Clauses::SPECIFICATION,
            Arc::new(Nowhere),
        );
        let (ours, theirs) = tokio::io::duplex(PIPE);
        let peer = Peer::plain(([192, 0, 2, 10], 40_000).into());
        tokio::spawn(async move { cse.serve_connection(theirs, peer).await });
        let handshake = http1::handshake(TokioIo::new(ours)).await;
        let (connection, task) = handshake.unwrap_or_else(|error| panic!("no connection: {error}"));
        tokio::spawn(task);
        Self {
            clock,
            connection,
            sent: 0,
        }
    }

    /// The AEs and the policy of the administrator.
    pub(super) async fn set_up(&mut self, model: &Model) {
        for stem in ["CtpA1", "CtpA2"] {
            let application = json!({ "m2m:ae": { "api": "Nfuzz", "rr": false, "srv": ["3"] } });
            let answer = self
                .send(Request::create("cse-in", 2, application), stem)
                .await;
            assert_eq!(answer.status, ResponseStatusCode::CREATED, "{answer:?}");
        }
        let everything = json!({ "acr": [{ "acor": [ADMIN], "acop": 63 }] });
        let name = CONTROL.trim_start_matches("cse-in/");
        let control = json!({ "m2m:acp": { "rn": name, "pv": everything, "pvs": everything } });
        let answer = self
            .send(Request::create("cse-in", 1, control), ADMIN)
            .await;
        assert_eq!(answer.status, ResponseStatusCode::CREATED, "{answer:?}");
        assert!(model.ever().next().is_none());
    }

    pub(super) fn advance(&self, seconds: u32) {
        self.clock.advance(Duration::from_secs(seconds.into()));
    }

    /// Sends a request and reads its answer. Panics if there is none that is a primitive and echoes the request identifier.
    pub(super) async fn send(&mut self, request: Request, from: &str) -> Response {
        self.sent += 1;
        let identifier = format!("r{}", self.sent);
        let request = Request {
            request_identifier: Some(identifier.clone()),
            release_version: Some("3".to_owned()),
            ..request.from(from)
        };
        let message = encode_request(&request).unwrap_or_else(|error| panic!("{error}"));
        let answer = self.connection.send_request(message.map(Full::new)).await;
        let (parts, body) = answer
            .unwrap_or_else(|error| panic!("no answer: {error}"))
            .into_parts();
        let body = body
            .collect()
            .await
            .unwrap_or_else(|error| panic!("no body: {error}"));
        let answer =
            decode_response(&parts, &body.to_bytes()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(answer.request_identifier.as_deref(), Some(&*identifier));
        answer
    }
}

/// The CSE reaches nobody.
struct Nowhere;

impl Connector for Nowhere {
    fn connect<'a>(&'a self, _: &'a str) -> Connecting<'a> {
        Box::pin(async { Err(Error::from(ErrorKind::ConnectionRefused)) })
    }
}
