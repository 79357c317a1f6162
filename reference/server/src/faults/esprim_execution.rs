//! What is carried out of an inner request, and where securityInfo is looked at at all (TS-0004 V3.32.0, 7.3.3.9 and 7.6.2).

use onem2m_access::Decision;
use onem2m_envelope::bare::gcm_crypt;
use onem2m_envelope::esprim::Refusal as Reason;
use onem2m_identity::Entity;
use onem2m_primitive::http::decode_request;
use onem2m_primitive::json::parse;
use onem2m_primitive::serialization::read_request;
use onem2m_primitive::{Operation, Request, Response, ResponseStatusCode};
use serde_json::{Value, json};

use super::{Fault, rewrite};
use crate::authorize;
use crate::end_to_end::EndToEnd;
use crate::end_to_end::{inner, object};
use crate::receive::{self, Desk, Pass, Target, Way};
use crate::refusal::Refusal;
use crate::resource::Kind;
use crate::scene::Scene;
use crate::tree::Tree;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "InnerDeliveryObeyed",
        requirement: "TS-0004/7.6.2/2",
        summary: "the parameters of delivery in an inner request are obeyed",
        apply: |clauses| clauses.end_to_end.carried_out = |inner, _| inner,
    },
    Fault {
        name: "InnerOperationOfOuter",
        requirement: "TS-0004/7.6.2/6",
        summary: "the operation of an inner request is that of the outer one",
        apply: |clauses| {
            clauses.end_to_end.carried_out = |inner, outer| Request {
                operation: outer.operation,
                ..object::carried_out(inner, outer)
            };
        },
    },
    Fault {
        name: "InnerIdentifierOfOuter",
        requirement: "TS-0001/11.4.2/7",
        summary: "an inner request has the Request Identifier of the outer one",
        apply: |clauses| {
            clauses.end_to_end.carried_out = |inner, outer| Request {
                request_identifier: outer.request_identifier.clone(),
                ..object::carried_out(inner, outer)
            };
        },
    },
    Fault {
        name: "InnerRequestUnwrapped",
        requirement: "TS-0004/7.6.2/17",
        summary: "an inner request may have an element around it",
        apply: |clauses| {
            clauses.end_to_end.plaintext = |octets| {
                let value = object::plaintext(octets)?;
                Some(value.get("m2m:rqp").cloned().unwrap_or(value))
            };
        },
    },
    Fault {
        name: "InnerOperationAsText",
        requirement: "TS-0004/7.6.2/6",
        summary: "the operation of an inner request may be a text",
        apply: |clauses| {
            clauses.end_to_end.plaintext = |octets| {
                let mut value = object::plaintext(octets)?;
                let text = value.get("op").and_then(Value::as_str);
                if let Some(number) = text.and_then(|text| text.parse::<u64>().ok()) {
                    rewrite::member(&mut value, "op", json!(number));
                }
                Some(value)
            };
        },
    },
    Fault {
        name: "InnerRequestTakesEffectFirst",
        requirement: "TS-0003/8.4.2/61",
        summary: "an object is refused for its tag after its inner request was carried out",
        apply: |clauses| clauses.end_to_end.keep_refused = carry_out_all_the_same,
    },
    Fault {
        name: "InnerRequestAnsweredUndone",
        requirement: "TS-0003/8.4.2/62",
        summary: "an inner request is answered with success and not carried out",
        apply: |clauses| {
            clauses.end_to_end.inner = |desk, originator, outer, received| {
                let mut opened = object::inner(desk, originator, outer, received)?;
                if let Ok(request) = &opened.request {
                    opened.request = Err(Response::answering(request, ResponseStatusCode::OK));
                }
                Ok(opened)
            };
        },
    },
    Fault {
        name: "HostOpensObjectOfAe",
        requirement: "TS-0004/7.6.2/5",
        summary: "an object to an AE is opened by the CSE that hosts the AE resource",
        apply: |clauses| {
            clauses.target = |scene, request| for_itself(scene, request, Kind::ApplicationEntity);
        },
    },
    Fault {
        name: "ObjectToContainerOpened",
        requirement: "TS-0004/7.6.2/5",
        summary: "an object to a container is opened by the CSE that hosts it",
        apply: |clauses| {
            clauses.target = |scene, request| for_itself(scene, request, Kind::Container);
        },
    },
    Fault {
        name: "TransitOpensObject",
        requirement: "TS-0004/7.6.2/4",
        summary: "an object to another CSE is opened on the way",
        apply: |clauses| {
            clauses.decode = |parts, body| {
                let request = decode_request(parts, body)?;
                let is_far = request.operation == Operation::Notify && request.to.starts_with('/');
                Ok(match is_far && carries_object(&request) {
                    true => Request {
                        to: "-".to_owned(),
                        ..request
                    },
                    false => request,
                })
            };
        },
    },
    Fault {
        name: "ObjectOfAnyOperationOpened",
        requirement: "TS-0004/7.6.2/3",
        summary: "an object in the content of any request is opened",
        apply: |clauses| {
            clauses.decode = |parts, body| {
                let request = decode_request(parts, body)?;
                let is_notify = request.operation == Operation::Notify;
                Ok(match !is_notify && carries_object(&request) {
                    true => Request {
                        operation: Operation::Notify,
                        to: "-".to_owned(),
                        resource_type: None,
                        ..request
                    },
                    false => request,
                })
            };
        },
    },
    Fault {
        name: "SecurityInfoToAeUndecided",
        requirement: "TS-0001/10.2.5.23/e1",
        summary: "a securityInfo to an AE goes on without a decision",
        apply: |clauses| {
            clauses.decide = |scene, attempt| {
                let is_for_ae = attempt.target.kind == Kind::ApplicationEntity;
                match is_for_ae && has_security_info(attempt.request) {
                    true => Decision::Permit,
                    false => authorize::decide(scene, attempt),
                }
            };
        },
    },
    Fault {
        name: "UnreachableAeIsUnknownKey",
        requirement: "TS-0004/7.6.2/5",
        summary: "an object to an AE that cannot be reached is refused for its key",
        apply: |clauses| {
            clauses.answer = |request, response| {
                let answer = receive::answer(request, response);
                let is_unreachable = answer.status == ResponseStatusCode::TARGET_NOT_REACHABLE;
                match has_security_info(request) && is_unreachable {
                    true => Response {
                        status: ResponseStatusCode::ESPRIM_UNKNOWN_KEY_ID,
                        ..answer
                    },
                    false => answer,
                }
            };
        },
    },
];

fn has_security_info(request: &Request) -> bool {
    let content = request.content.as_ref();
    request.operation == Operation::Notify
        && content.is_some_and(|content| content.get("m2m:seci").is_some())
}

fn carries_object(request: &Request) -> bool {
    let content = request.content.as_ref();
    let object = content.and_then(|content| content.pointer("/m2m:seci/epo"));
    object.is_some_and(Value::is_string)
}

fn for_itself(scene: &Scene<'_>, request: &Request, kind: Kind) -> Result<Target, Refusal> {
    let target = receive::target(scene, request)?;
    let found = scene.tree.get(&target.id).map(|resource| resource.kind);
    Ok(match has_security_info(request) && found == Some(kind) {
        true => Target {
            id: scene.tree.root().to_owned(),
            way: Way::Itself,
        },
        false => target,
    })
}

fn carry_out_all_the_same(desk: &Desk<'_>, tree: &mut Tree, settings: &EndToEnd, text: &str) {
    let judged = object::judge(desk, &tree.end_to_end, settings, text);
    if !matches!(judged, Err(Reason::Tag)) {
        return;
    }
    let mut clauses = *desk.clauses;
    clauses.end_to_end.esprim.decrypt =
        |_, key, form, _| gcm_crypt(key, &form.iv, &form.ciphertext).map_err(Reason::Form);
    let unchecked = Desk {
        clauses: &clauses,
        ..*desk
    };
    let Ok(received) = object::judge(&unchecked, &tree.end_to_end, settings, text) else {
        return;
    };
    let request = parse(&received.plaintext)
        .ok()
        .and_then(|value| read_request(&value).ok());
    let acting = Entity::parse(&received.entity, desk.home);
    if let (Some(request), Ok(acting)) = (request, acting) {
        let within = inner::within(desk.arrival, &acting);
        let desk = Desk {
            arrival: &within,
            ..*desk
        };
        // Whatever it comes to is not told.
        drop(receive::receive(&desk, tree, &request, Pass::First));
    }
}
