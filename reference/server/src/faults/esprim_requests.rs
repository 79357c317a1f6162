//! What an Originator sends (TS-0003 V3.18.0, 8.4.2, step C; TS-0004 V3.32.0, 7.6.2; TS-0001 V3.36.0, 11.4.2).

use onem2m_envelope::esprim::{Header, ReceiverRand, Session};
use onem2m_primitive::Request;
use onem2m_primitive::serialization::write_request;
use serde_json::json;

use super::Fault;
use crate::end_to_end::originator::message;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "OwnObjectLeftOut",
        requirement: "TS-0003/8.4.3.2/13",
        summary: "the first request of a session has the identifier of the originator's object alone",
        apply: |clauses| {
            clauses.end_to_end.originating.header =
                |session, _, learnt| message::header(session, false, learnt);
        },
    },
    Fault {
        name: "RequestWithReceiverObject",
        requirement: "TS-0003/8.4.3.2/12",
        summary: "a request brings back the rand object that a response brought",
        apply: |clauses| clauses.end_to_end.originating.header = with_receiver_object,
    },
    Fault {
        name: "ContentAloneProtected",
        requirement: "TS-0003/8.4.2/42",
        summary: "the content of a request is encrypted, and not the request",
        apply: |clauses| {
            clauses.end_to_end.originating.plaintext = |inner| {
                let content = inner.content.clone().unwrap_or_default();
                content.to_string().into_bytes()
            };
        },
    },
    Fault {
        name: "RequestWrapped",
        requirement: "TS-0003/8.4.2/42",
        summary: "an inner request has an element around it",
        apply: |clauses| {
            clauses.end_to_end.originating.plaintext = |inner| {
                json!({ "m2m:rqp": write_request(inner) })
                    .to_string()
                    .into_bytes()
            };
        },
    },
    Fault {
        name: "RequestVectorConstant",
        requirement: "TS-0003/8.4.3.2/4",
        summary: "the initialization vector of an originator is always the same",
        apply: |clauses| clauses.end_to_end.originating.vector = |_, _| Ok([7; 12]),
    },
    Fault {
        name: "OuterTellsInner",
        requirement: "TS-0001/11.4.2/11",
        summary: "the outer request has the parameters of the inner one",
        apply: |clauses| {
            clauses.end_to_end.originating.outer = |inner, target, object| {
                let outer = message::outer(inner, target, object);
                Request {
                    operation: outer.operation,
                    to: outer.to,
                    content: outer.content,
                    resource_type: None,
                    ..inner.clone()
                }
            };
        },
    },
    Fault {
        name: "OuterExpiresOtherwise",
        requirement: "TS-0001/11.4.2/9",
        summary: "the outer request expires at a moment that nobody asked for",
        apply: |clauses| {
            clauses.end_to_end.originating.outer = |inner, target, object| Request {
                request_expiration: Some("20991231T235959".to_owned()),
                ..message::outer(inner, target, object)
            };
        },
    },
    Fault {
        name: "RetriedForEver",
        requirement: "TS-0004/7.6.2/8",
        summary: "a request whose object is refused is sent again and again",
        apply: |clauses| {
            // Nobody waits for more than so many.
            clauses.end_to_end.originating.again = |_, attempts| attempts < 200;
        },
    },
];

fn with_receiver_object(
    session: &Session,
    is_first: bool,
    learnt: Option<&ReceiverRand>,
) -> Option<Header> {
    let header = message::header(session, is_first, learnt)?;
    Some(Header {
        rro: learnt.cloned(),
        ..header
    })
}
