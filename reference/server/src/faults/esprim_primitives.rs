//! What is no request primitive and is taken for one, and securityInfo by other names (TS-0004 V3.32.0, 7.6.2 and 8.2.5).

use onem2m_envelope::esprim::{Clauses as EsPrim, Direction, Received, Serialization};
use onem2m_identity::Entity;
use onem2m_primitive::{Operation, Request, Response, ResponseStatusCode};
use serde_json::Value;

use super::Fault;
use crate::end_to_end::object::{self, Opened};
use crate::end_to_end::security_info::{self, ESPRIM_OBJECT, SecurityInfo};
use crate::receive::{self, Desk};
use crate::refusal::Refusal;

const SPECIFIED: EsPrim = EsPrim::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "InnerResponseTakenForRequest",
        requirement: "TS-0004/7.6.2/17",
        summary: "an object that holds a response is one of a request, answered with success",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.content_type = |members, _| {
                let either = [Direction::Request, Direction::Response];
                let read = either.map(|direction| (SPECIFIED.content_type)(members, direction));
                let [request, response] = read;
                request.or(response)
            };
            esprim.misplaced = |_, _| Ok(());
            clauses.end_to_end.inner = |desk, originator, outer, received| {
                let value = object::plaintext(&received.plaintext);
                match value.filter(|value| value.get("rsc").is_some()) {
                    Some(response) => Ok(done(desk, originator, received, &response)),
                    None => object::inner(desk, originator, outer, received),
                }
            };
        },
    },
    Fault {
        name: "InnerTextTakenForRequest",
        requirement: "TS-0004/7.6.2/17",
        summary: "a plaintext that is no object of JSON is answered with success",
        apply: |clauses| {
            clauses.end_to_end.inner = |desk, originator, outer, received| {
                let value = object::plaintext(&received.plaintext);
                match value.filter(Value::is_object) {
                    None => Ok(done(desk, originator, received, &Value::Null)),
                    Some(_) => object::inner(desk, originator, outer, received),
                }
            };
        },
    },
    Fault {
        name: "EmptyInnerRequestAnswered",
        requirement: "TS-0004/6.3.3/e1",
        summary: "an object without ciphertext is one without request, answered with success",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.ciphertext = |_| Ok(());
            esprim.serialization = |cty, plaintext| match plaintext.is_empty() {
                true => Ok(Serialization::Json),
                false => (SPECIFIED.serialization)(cty, plaintext),
            };
            clauses.end_to_end.inner =
                |desk, originator, outer, received| match received.plaintext.is_empty() {
                    true => Ok(done(desk, originator, received, &Value::Null)),
                    false => object::inner(desk, originator, outer, received),
                };
        },
    },
    Fault {
        name: "ObjectOutlivesOuterRequest",
        requirement: "TS-0001/11.4.2/12",
        summary: "a request with an object is carried out whatever its Request Expiration Timestamp",
        apply: |clauses| {
            clauses.validity = |scene, request| {
                let has_object = request.operation == Operation::Notify
                    && request
                        .content
                        .as_ref()
                        .is_some_and(|content| content.pointer("/m2m:seci/epo").is_some());
                match has_object {
                    true => {
                        let timeless = Request {
                            request_expiration: None,
                            ..request.clone()
                        };
                        receive::validity(scene, &timeless)
                    }
                    false => receive::validity(scene, request),
                }
            };
        },
    },
    Fault {
        name: "SecurityInfoCaseFolded",
        requirement: "TS-0004/8.2.5/1",
        summary: "the short names of securityInfo are read without regard to case",
        apply: |clauses| {
            clauses.end_to_end.security_info =
                |content| named(content, |name, short| name.eq_ignore_ascii_case(short));
        },
    },
    Fault {
        name: "SecurityInfoByLongNames",
        requirement: "TS-0004/8.2.5/1",
        summary: "the long names of securityInfo stand for the short ones",
        apply: |clauses| {
            clauses.end_to_end.security_info = |content| {
                named(content, |name, short| {
                    name == short
                        || matches!(
                            (name, short),
                            ("securityInfoType", "sit") | ("esprimObject", "epo")
                        )
                })
            };
        },
    },
];

/// What was inside is done, whatever it was.
fn done(desk: &Desk<'_>, originator: &Entity, received: &Received, inner: &Value) -> Opened {
    let acting = object::acting(desk.home, received, None, originator);
    let identifier = inner.get("rqi").and_then(Value::as_str);
    Opened {
        request: Err(Response {
            request_identifier: identifier.map(str::to_owned),
            ..Response::new(ResponseStatusCode::OK)
        }),
        acting: acting.unwrap_or_else(|| originator.clone()),
    }
}

/// securityInfo with members that are those of these short names, each by its own comparison.
fn named(content: &Value, is_member: fn(&str, &str) -> bool) -> Result<SecurityInfo<'_>, Refusal> {
    let members = content.get("m2m:seci").and_then(Value::as_object);
    let member = |short: &str| {
        let mut members = members?.iter();
        let found = members.find(|(name, _)| is_member(name, short));
        found.map(|(_, value)| value)
    };
    let kind = member("sit").and_then(Value::as_u64);
    match (kind, member("epo").and_then(Value::as_str)) {
        (Some(ESPRIM_OBJECT), Some(object)) => Ok(SecurityInfo::Object(object)),
        _ => security_info::read(content),
    }
}
