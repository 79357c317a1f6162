//! What the originator is told, and whether that is what happened (TS-0003 V3.18.0, 6.2.2; TS-0009 V3.9.1, 6.3).

use ::http::StatusCode;
use onem2m_access::Decision;
use onem2m_primitive::coap::Code;
use onem2m_primitive::{Response, ResponseStatusCode};
use serde_json::json;

use super::Fault;
use crate::authorize::Attempt;
use crate::coap;
use crate::http::{self, Encoded};
use crate::receive::{self, Carried};
use crate::refusal::Refusal;
use crate::representation::Shown;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "DenialTakesEffect",
        requirement: "TS-0003/6.2.2/1",
        summary: "a denied request is carried out before it is answered with the denial",
        apply: |clauses| {
            clauses.enforce = |decision, operation| {
                let carried = operation();
                (decision == Decision::Permit).then_some(carried)
            };
        },
    },
    Fault {
        name: "DenialReportedAsSuccess",
        requirement: "TS-0003/6.2.2/1",
        summary: "a denied request is not carried out and answered with OK",
        apply: |clauses| {
            clauses.enforce = |decision, operation| match decision {
                Decision::Permit => Some(operation()),
                Decision::Deny => Some(Ok(Carried::done(ResponseStatusCode::OK, Shown::nothing()))),
            };
        },
    },
    Fault {
        name: "DenialShowsTarget",
        requirement: "TS-0004/7.3.3.15/2",
        summary: "the answer to a denied request holds the representation of the target",
        apply: |clauses| clauses.denial = with_target,
    },
    Fault {
        name: "DenialIsOperationNotAllowed",
        requirement: "TS-0004/7.3.3.15/2",
        summary: "a denial is answered with OPERATION_NOT_ALLOWED",
        apply: |clauses| {
            clauses.denial = |scene, attempt| Refusal {
                status: ResponseStatusCode::OPERATION_NOT_ALLOWED,
                ..receive::denial(scene, attempt)
            };
        },
    },
    Fault {
        name: "DenialIsServerError",
        requirement: "TS-0004/7.3.3.15/2",
        summary: "a denial ends in an HTTP 500 without a primitive",
        apply: |clauses| clauses.encode = server_error,
    },
    Fault {
        name: "DenialIsServerErrorOverCoap",
        requirement: "TS-0008/6.2.4/1",
        summary: "a denial has the code 5.00 over CoAP",
        apply: |clauses| {
            clauses.encode_coap = |response, asked| {
                let mut encoded = coap::encode(response, asked);
                if is_denial(response) {
                    encoded.code = Code::INTERNAL_SERVER_ERROR;
                }
                encoded
            };
        },
    },
    Fault {
        name: "DenialInHttpOk",
        requirement: "TS-0004/7.3.3.15/2",
        summary: "a denial has the HTTP status 200",
        apply: |clauses| clauses.encode = http_ok,
    },
    Fault {
        name: "StatusCodeMissing",
        requirement: "TS-0004/7.3.3.15/2",
        summary: "a denial has no X-M2M-RSC, only its HTTP status",
        apply: |clauses| clauses.encode = without_code,
    },
    Fault {
        name: "RequestIdentifierNotEchoed",
        requirement: "TS-0003/6.2.2/1",
        summary: "a refusal carries another request identifier than its request",
        apply: |clauses| {
            clauses.answer = |request, response| {
                let mut answer = receive::answer(request, response);
                if !answer.status.is_success() {
                    answer.request_identifier = Some("0".to_owned());
                }
                answer
            };
        },
    },
];

fn is_denial(response: &Response) -> bool {
    response.status == ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE
}

fn with_target(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Refusal {
    let attributes = attempt.target.attributes.clone();
    Refusal {
        content: Some(json!({ attempt.target.kind.root(): attributes })),
        ..receive::denial(scene, attempt)
    }
}

fn server_error(response: &Response) -> Encoded {
    if !is_denial(response) {
        return http::encode(response);
    }
    let mut failed = Encoded::default();
    *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    failed
}

fn http_ok(response: &Response) -> Encoded {
    let mut encoded = http::encode(response);
    if is_denial(response) {
        *encoded.status_mut() = StatusCode::OK;
    }
    encoded
}

fn without_code(response: &Response) -> Encoded {
    let mut encoded = http::encode(response);
    if is_denial(response) {
        encoded.headers_mut().remove("X-M2M-RSC");
    }
    encoded
}
