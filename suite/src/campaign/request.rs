//! From a step to the octets of a request.

use super::flight::unhexed;
use super::kind::Kind;
use super::model::Model;
use super::step::{Oddity, Operation, Step, Virtual, Worth};
use crate::tester::http_octets;
use crate::tester::link::{Octets, OutgoingRequest};
use crate::tester::primitive::encode;
use bytes::Bytes;
use onem2m_primitive::http::decode_request;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// The head and the body of a request; none if the step names what is not known.
pub fn outgoing(model: &Model, step: &Step, identifier: &str) -> Option<OutgoingRequest> {
    if model.named(step).contains(&None) && step.worth == Worth::Sound {
        return None;
    }
    let mut target = model.path(&step.on)?;
    let mut joint = '?';
    for (name, value) in &step.parameters {
        target.push(joint);
        // Writing to a text cannot fail.
        let _ = write!(target, "{name}={}", escaped(&model.fill(value)));
        joint = '&';
    }
    let mut headers = vec![
        ("X-M2M-Origin".to_owned(), model.from_of(step)),
        ("X-M2M-RI".to_owned(), identifier.to_owned()),
    ];
    if let Some(version) = model.site.release_version() {
        headers.push(("X-M2M-RVI".to_owned(), version.to_owned()));
    }
    let body = body(model, step)?;
    if let Some(media) = media(step).filter(|_| !body.is_empty()) {
        headers.push(("Content-Type".to_owned(), media));
    }
    let mut request = OutgoingRequest {
        method: step.operation.method().to_owned(),
        target,
        headers,
        body: Octets(body),
    };
    for oddity in &step.oddities {
        shape(&mut request, oddity, model);
    }
    Some(request)
}

/// The same primitive as it is carried over other bindings; none if the request is none, or has what only HTTP has.
pub fn canonical(request: &OutgoingRequest) -> Option<OutgoingRequest> {
    let mut builder = http::Request::builder()
        .method(request.method.as_str())
        .uri(request.target.as_str());
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let (parts, ()) = builder.body(()).ok()?.into_parts();
    let primitive = decode_request(&parts, &request.body.0).ok()?;
    encode(&primitive).ok()
}

fn shape(request: &mut OutgoingRequest, oddity: &Oddity, model: &Model) {
    match oddity {
        Oddity::Lacks(name) => request
            .headers
            .retain(|(given, _)| !given.eq_ignore_ascii_case(name)),
        Oddity::Also(name, value) => request.headers.push((name.clone(), model.fill(value))),
        Oddity::FieldCase => {
            for (position, (name, _)) in request.headers.iter_mut().enumerate() {
                *name = match position % 2 {
                    0 => name.to_uppercase(),
                    _ => name.to_lowercase(),
                };
            }
        }
        _ => {}
    }
}

fn body(model: &Model, step: &Step) -> Option<Bytes> {
    let raw = step.oddities.iter().find_map(|oddity| match oddity {
        Oddity::Body(text) => Some(text),
        _ => None,
    });
    if let Some(text) = raw {
        return Some(model.fill(text).into());
    }
    let Some(content) = &step.content else {
        return Some(Bytes::new());
    };
    let content = model.fill_members(content);
    let content = match root(model, step)? {
        Some(root) => json!({ root: content }),
        None => Value::Object(content),
    };
    Some(content.to_string().into())
}

/// The member around the attributes of a resource; none for a Notify. Nothing if the target is not known.
fn root(model: &Model, step: &Step) -> Option<Option<String>> {
    match (step.operation, &step.makes) {
        (Operation::Create, Some(makes)) => Some(Some(makes.kind.root())),
        (Operation::Notify, _) => Some(None),
        // The content is that of the members, which are containers.
        _ if step.on.below == Some(Virtual::FanOut) => Some(Some(Kind::Cnt.root())),
        _ => Some(Some(model.slot(&step.on.slot)?.kind.root())),
    }
}

/// Content-Type (TS-0009 V3.9.1, 6.4.2).
fn media(step: &Step) -> Option<String> {
    match step.operation {
        Operation::Create => {
            let number = step.makes.as_ref()?.kind.number();
            Some(format!("application/json;ty={number}"))
        }
        Operation::Update | Operation::Notify => Some("application/json".to_owned()),
        Operation::Retrieve | Operation::Delete => None,
    }
}

/// What RFC 3986 asks to encode within a value of the query.
pub(super) fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for octet in value.bytes() {
        match octet {
            b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'*' | b':' | b',' => {
                escaped.push(char::from(octet));
            }
            _ if octet.is_ascii_alphanumeric() => escaped.push(char::from(octet)),
            _ => {
                let _ = write!(escaped, "%{octet:02X}");
            }
        }
    }
    escaped
}

/// The octets that go out, in as many pieces as segments are asked for.
pub fn octets(step: &Step, host: &str, request: &OutgoingRequest) -> Vec<Bytes> {
    let mut request = request.clone();
    let mut chunks = None;
    let mut segments = 1;
    let mut damage = Vec::new();
    for oddity in &step.oddities {
        match oddity {
            Oddity::AbsoluteForm => request.target.insert_str(0, &format!("http://{host}")),
            Oddity::Chunks(size) if !request.body.0.is_empty() => chunks = Some((*size).max(1)),
            Oddity::Segments(number) => segments = (*number).max(1),
            Oddity::Octets { at, take, put } => damage.push((*at, *take, put)),
            _ => {}
        }
    }
    let mut whole = match chunks {
        Some(size) => chunked(host, &request, size),
        None => http_octets::request(host, &request).to_vec(),
    };
    for (at, take, put) in damage {
        let from = at.min(whole.len());
        let to = from.saturating_add(take).min(whole.len());
        whole.splice(from..to, unhexed(put));
    }
    let piece = whole.len().div_ceil(segments).max(1);
    whole.chunks(piece).map(Bytes::copy_from_slice).collect()
}

/// The same request with its body in chunks (RFC 9112, 7.1).
fn chunked(host: &str, request: &OutgoingRequest, size: usize) -> Vec<u8> {
    let mut head = request.clone();
    let body = std::mem::take(&mut head.body).0;
    let field = ("Transfer-Encoding".to_owned(), "chunked".to_owned());
    head.headers.push(field);
    let mut octets = http_octets::request(host, &head).to_vec();
    for chunk in body.chunks(size) {
        octets.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        octets.extend_from_slice(chunk);
        octets.extend_from_slice(b"\r\n");
    }
    octets.extend_from_slice(b"0\r\n\r\n");
    octets
}

/// The attributes that a step writes, filled.
pub fn written(model: &Model, step: &Step) -> Map<String, Value> {
    step.content
        .as_ref()
        .map(|content| model.fill_members(content))
        .unwrap_or_default()
}
