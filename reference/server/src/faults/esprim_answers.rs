//! What an Originator takes for an answer (TS-0003 V3.18.0, 8.4.2, step C.11; TS-0004 V3.32.0, 7.6.2, step O).

use onem2m_envelope::bare::gcm_crypt;
use onem2m_envelope::esprim::{Clauses as EsPrim, Direction, Form, Header, Refusal};
use onem2m_primitive::serialization::read_response;
use onem2m_primitive::{Response, ResponseStatusCode};
use serde_json::Value;

use super::Fault;
use crate::end_to_end::originator::message;

const SPECIFIED: EsPrim = EsPrim::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "AnswerNeedsOwnObject",
        requirement: "TS-0003/8.4.2/67",
        summary: "a response is discarded if it does not bring the object of the originator",
        apply: |clauses| {
            clauses.end_to_end.originating.object = |outer| {
                let object = message::object(outer)?;
                let brings = Form::read(&SPECIFIED, object)
                    .is_ok_and(|form| form.members.contains_key("oro"));
                match brings {
                    true => Ok(object),
                    false => Err(crate::end_to_end::originator::Unprotected::NoObject),
                }
            };
        },
    },
    Fault {
        name: "AnswerOfAnyKey",
        requirement: "TS-0003/8.4.2/67",
        summary: "kid of a response is not compared with that of the session",
        apply: |clauses| clauses.end_to_end.esprim.response_key = |_, _| true,
    },
    Fault {
        name: "AnswerOfAnyOriginatorObject",
        requirement: "TS-0003/8.4.2/67",
        summary: "ori of a response is not compared with that of the session",
        apply: |clauses| clauses.end_to_end.esprim.response_originator = |_, _| true,
    },
    Fault {
        name: "AnswerOfAnyReceiverObject",
        requirement: "TS-0003/8.4.2/67",
        summary: "rri of a response is not compared with that of the session",
        apply: |clauses| clauses.end_to_end.esprim.response_receiver = |_, _| true,
    },
    Fault {
        name: "AnswerAfterTheEnd",
        requirement: "TS-0003/8.4.2/68",
        summary: "a response is taken after the session has ended",
        apply: |clauses| clauses.end_to_end.esprim.response_current = |_, _| true,
    },
    Fault {
        name: "AnswerUnverified",
        requirement: "TS-0003/8.4.2/69",
        summary: "a response is decrypted and its tag not looked at",
        apply: |clauses| {
            clauses.end_to_end.esprim.decrypt =
                |_, key, form, _| gcm_crypt(key, &form.iv, &form.ciphertext).map_err(Refusal::Form);
        },
    },
    Fault {
        name: "AnswerToAnything",
        requirement: "TS-0003/8.4.2/70",
        summary: "the Request Identifier of an inner response is not compared with that of the request",
        apply: |clauses| clauses.end_to_end.originating.correlates = |_, _| true,
    },
    Fault {
        name: "OuterSuccessIsInner",
        requirement: "TS-0003/8.4.2/67",
        summary: "an outer success is that of the inner request",
        apply: |clauses| {
            clauses.end_to_end.originating.clear_result = |outer, inner| {
                let has_object = message::object(outer).is_ok();
                (outer.status.is_success() && !has_object)
                    .then(|| Response::answering(inner, ResponseStatusCode::OK))
            };
        },
    },
    Fault {
        name: "InnerAnswerInTheClear",
        requirement: "TS-0003/8.4.2/67",
        summary: "an inner response is taken from the content of the outer one",
        apply: |clauses| {
            clauses.end_to_end.originating.clear_result = |outer, _| {
                let content = outer.content.as_ref()?;
                let response = content.get("m2m:rsp").unwrap_or(content);
                let is_response = response.get("rsc").is_some_and(Value::is_u64);
                is_response.then(|| read_response(response).ok()).flatten()
            };
        },
    },
    Fault {
        name: "AnswerTeachesUnverified",
        requirement: "TS-0003/8.4.3.2/19",
        summary: "the next rand object of the receiver is kept before the tag of the response is looked at",
        apply: |clauses| {
            clauses.end_to_end.originating.learnt = |object, _| {
                let encoding = onem2m_envelope::esprim::Readings::default().value_encoding;
                let form = Form::read(&SPECIFIED, object).ok()?;
                Header::read(&SPECIFIED, &form, Direction::Response, encoding)
                    .ok()?
                    .rro
            };
        },
    },
];
