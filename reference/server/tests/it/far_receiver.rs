//! A Receiver on another CSE, which answers an Originator rightly or as a script says.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use onem2m_envelope::esprim::{
    Clauses, Direction, Form, Header, OriginatorRand, PairwiseKey, Readings, ReceiverRand,
    Serialization, Session, open, seal,
};
use onem2m_primitive::http::{decode_request, encode_response};
use onem2m_primitive::serialization::write_request;
use onem2m_primitive::{Operation, Request, Response, ResponseStatusCode};
use onem2m_server::{Connecting, Connector, Duplex, VirtualClock};
use serde_json::{Value, json};

use crate::bench::{CREATED, OK};
use crate::esprim_side::START;

/// How a request is answered.
#[derive(Clone)]
pub(crate) enum Reply {
    /// With this content in the clear.
    Clear(ResponseStatusCode, Value),
    /// With the object of a right answer, changed.
    Protected(Change),
    /// With an object that was sent or received before, by its number.
    Again(usize),
}

/// What differs from a right answer.
#[derive(Clone)]
pub(crate) struct Change {
    pub(crate) header: fn(Header) -> Header,
    pub(crate) inner: fn(Value) -> Value,
    pub(crate) object: fn(String) -> String,
    /// Seconds that pass before it comes.
    pub(crate) late: i64,
}

impl Default for Change {
    fn default() -> Self {
        Self {
            header: |header| header,
            inner: |inner| inner,
            object: |object| object,
            late: 0,
        }
    }
}

/// The Receiver, as whoever connects finds it.
#[derive(Clone)]
pub(crate) struct Far {
    key: PairwiseKey,
    clock: Arc<VirtualClock>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    replies: VecDeque<Reply>,
    known: HashMap<String, OriginatorRand>,
    objects: Vec<String>,
    vectors: Vec<String>,
    seen: Vec<Value>,
}

/// A rand object of the Receiver.
pub(crate) fn receiver_object(id: &str, expiry: &str) -> Value {
    json!({ "esri": id, "esrv": "c3d2e1f0a9b8978685746352413f2e1d", "esrx": expiry, "esks": [1], "espa": [12, 10] })
}

impl Far {
    pub(crate) fn new(key: PairwiseKey, clock: Arc<VirtualClock>, replies: Vec<Reply>) -> Self {
        let state = State {
            replies: replies.into(),
            ..State::default()
        };
        Self {
            key,
            clock,
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// What came, as far as nothing in it is random.
    pub(crate) fn seen(&self) -> Vec<Value> {
        self.state.lock().unwrap().seen.clone()
    }

    async fn answer(
        &self,
        message: http::Request<Incoming>,
    ) -> Result<http::Response<Full<Bytes>>, io::Error> {
        let (parts, body) = message.into_parts();
        let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
        let request = decode_request(&parts, &body).map_err(io::Error::other)?;
        let response = encode_response(&self.respond(&request)).map_err(io::Error::other)?;
        Ok(response.map(Full::new))
    }

    fn respond(&self, request: &Request) -> Response {
        let mut state = self.state.lock().unwrap();
        let object = request.content.as_ref();
        let object = object.and_then(|content| content.pointer("/m2m:seci/epo")?.as_str());
        let received = object.map(|object| self.receive(&mut state, object));
        let mut outer = write_request(request);
        let mut shape = json!({ "outer": keys(&outer), "rqet": outer["rqet"] });
        if let Some(content) = outer.get_mut("pc").filter(|_| object.is_none()) {
            shape["content"] = shown(content).unwrap_or_else(|| content.take());
        }
        if let Some((_, told)) = &received {
            shape["object"] = told.clone();
        }
        state.seen.push(shape);
        if request.operation == Operation::Create {
            return Response::answering(request, CREATED);
        }
        let reply = state.replies.pop_front();
        let reply = reply.unwrap_or(Reply::Clear(ResponseStatusCode::BAD_REQUEST, Value::Null));
        let (status, content) = match reply {
            Reply::Clear(status, content) => (status, Some(content).filter(|it| !it.is_null())),
            Reply::Again(number) => (OK, state.objects.get(number).map(|object| carried(object))),
            Reply::Protected(change) => {
                let object =
                    received.and_then(|(session, told)| self.sealed(&session?, &told, &change));
                self.clock
                    .advance(std::time::Duration::from_secs(change.late.unsigned_abs()));
                state.objects.extend(object.clone());
                (OK, object.as_deref().map(carried))
            }
        };
        Response {
            content,
            ..Response::answering(request, status)
        }
    }

    /// The session of an object, and what it says.
    fn receive(&self, state: &mut State, object: &str) -> (Option<Session>, Value) {
        state.objects.push(object.to_owned());
        let readings = Readings::default();
        let lenient = Clauses {
            misplaced: |_, _| Ok(()),
            rand_id: |_| Ok(()),
            ..Clauses::SPECIFICATION
        };
        let form = Form::read(&lenient, object).unwrap();
        let iv = object.split('.').nth(2).unwrap_or_default().to_owned();
        let repeats = state.vectors.contains(&iv);
        state.vectors.push(iv);
        let members: Vec<&String> = form.members.keys().collect();
        let mut told = json!({ "members": members, "repeats": repeats });
        let Ok(header) = Header::read(&lenient, &form, Direction::Request, readings.value_encoding)
        else {
            return (None, told);
        };
        if let Some(oro) = &header.oro {
            let mut members: Value = serde_json::from_str(&oro.to_json()).unwrap();
            let value = members["esrv"].take();
            let known: Vec<&str> = state.known.values().map(OriginatorRand::value).collect();
            members["known"] = json!([
                value.as_str().is_some_and(|value| known.contains(&value)),
                state.known.contains_key(oro.id()),
                oro.id().split(['-', ':']).next()
            ]);
            members["esri"].take();
            told["oro"] = members;
            state.known.insert(oro.id().to_owned(), oro.clone());
        }
        told["rri"] = json!(header.rri);
        let receiver = receiver_object(&header.rri, "20251120T133730").to_string();
        let receiver = ReceiverRand::from_json(&receiver).unwrap();
        let session = state.known.get(&header.ori).and_then(|own| {
            let clauses = Clauses::SPECIFICATION;
            Session::begin(&clauses, &readings, &self.key, own, &receiver, START).ok()
        });
        let opened = session.as_ref().and_then(|session| {
            let text = open(object, Direction::Request, &session.key, &readings);
            Some(text.ok()?.plaintext)
        });
        let inner: Option<Value> = opened.and_then(|text| serde_json::from_slice(&text).ok());
        told["inner"] = inner
            .as_ref()
            .map_or(Value::Null, |inner| json!(keys(inner)));
        told["rqi"] = inner.map_or(Value::Null, |inner| inner["rqi"].clone());
        (session, told)
    }

    fn sealed(&self, session: &Session, told: &Value, change: &Change) -> Option<String> {
        let readings = Readings::default();
        let enc = session.originator.protocols()[0].content_encryption()?;
        let header = session.response_header(enc, Serialization::Json, None);
        let header = (change.header)(header);
        let inner = (change.inner)(json!({ "rsc": 2000, "rqi": told["rqi"], "rvi": "3" }));
        let text = inner.to_string();
        let iv = [0x33; 12];
        let octets = readings.content_key;
        let object = seal(&header, &session.key, octets, &iv, text.as_bytes()).ok()?;
        Some((change.object)(object))
    }
}

impl Connector for Far {
    fn connect<'a>(&'a self, _: &'a str) -> Connecting<'a> {
        let (ours, theirs) = tokio::io::duplex(64 * 1024);
        let far = self.clone();
        Box::pin(async move {
            tokio::spawn(async move {
                let service = service_fn(|message| far.answer(message));
                hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(theirs), service)
                    .await
            });
            Ok(Box::new(ours) as Box<dyn Duplex>)
        })
    }
}

fn carried(object: &str) -> Value {
    json!({ "m2m:seci": { "sit": 5, "epo": object } })
}

fn keys(value: &Value) -> Vec<String> {
    let members = value.as_object();
    members.map_or_else(Vec::new, |members| members.keys().cloned().collect())
}

/// What an Originator shows of an outcome, without what is random in it.
fn shown(content: &Value) -> Option<Value> {
    let text = content.pointer("/m2m:cin/con")?.as_str()?;
    Some(match text.contains("in an ESPrim Object") {
        true => json!("discarded"),
        false => json!(text),
    })
}
