//! Requests that are not to get as far as a decision (TS-0004 V3.32.0, 7.3.2.1; TS-0009 V3.9.1, 6.3.2 and 6.4.7).

use ::http::StatusCode;
use ::http::request::Parts;
use onem2m_identity::Entity;
use onem2m_primitive::http::decode_request;
use onem2m_primitive::{Request, Response};

use super::Fault;
use super::identities::{administrator, anonymous, from, or_specified};
use crate::http::{self, Encoded};
use crate::receive::{self, Requester};
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "FromMissingIsAnonymous",
        requirement: "TS-0004/7.3.2.1/1",
        summary: "a request without From is judged as that of somebody whom only all names",
        apply: |clauses| {
            clauses.requester = |scene, request| without_from(anonymous(scene), scene, request);
        },
    },
    Fault {
        name: "FromMissingIsAdministrator",
        requirement: "TS-0004/7.3.2.1/1",
        summary: "a request without From counts as a request of the CSE's own administration",
        apply: |clauses| {
            clauses.requester =
                |scene, request| without_from(Some(administrator(scene)), scene, request);
        },
    },
    Fault {
        name: "RequestExpirationIgnored",
        requirement: "TS-0001/8.1.2/3",
        summary: "a request is carried out behind its Request Expiration Timestamp",
        apply: |clauses| clauses.validity = without_expiration,
    },
    Fault {
        name: "UnsupportedParametersDropped",
        requirement: "TS-0004/7.3.2.1/7",
        summary: "parameters that are not supported are taken as if they were not there",
        apply: |clauses| clauses.validity = supported_only,
    },
    Fault {
        name: "LastOriginatorHeaderHolds",
        requirement: "TS-0009/6.4.7/1",
        summary: "of several X-M2M-Origin header fields the last one is From",
        apply: |clauses| clauses.decode = last_origin,
    },
    Fault {
        name: "OriginatorFromHttpFrom",
        requirement: "TS-0009/6.4.7/1",
        summary: "the HTTP header field From takes the place of X-M2M-Origin",
        apply: |clauses| clauses.decode = http_from,
    },
    Fault {
        name: "HttpStatusByClass",
        requirement: "TS-0009/6.3.2/1",
        summary: "every refusal of class 4xxx has the HTTP status 400",
        apply: |clauses| clauses.encode = by_class,
    },
];

/// Lets somebody on where nobody is named.
fn without_from(
    stand_in: Option<Entity>,
    scene: &Scene<'_>,
    request: &Request,
) -> Result<Requester, Refusal> {
    let is_nobody = from(request).is_empty() && !receive::is_registration(request);
    or_specified(stand_in.filter(|_| is_nobody), scene, request)
}

fn without_expiration(scene: &Scene<'_>, request: &Request) -> Result<(), Refusal> {
    let timeless = Request {
        request_expiration: None,
        ..request.clone()
    };
    receive::validity(scene, &timeless)
}

fn supported_only(scene: &Scene<'_>, request: &Request) -> Result<(), Refusal> {
    let plain = Request {
        role_ids: Vec::new(),
        tokens: Vec::new(),
        token_ids: Vec::new(),
        local_token_ids: Vec::new(),
        token_request_indicator: None,
        authorization_signatures: Vec::new(),
        authorization_relationship_indicator: None,
        semantic_query_indicator: None,
        delivery_aggregation: None,
        group_request_identifier: None,
        result_expiration: None,
        ..request.clone()
    };
    receive::validity(scene, &plain)
}

const ORIGIN: &str = "X-M2M-Origin";

fn last_origin(parts: &Parts, body: &[u8]) -> Result<Request, onem2m_primitive::http::Refusal> {
    let mut parts = parts.clone();
    let last = parts.headers.get_all(ORIGIN).iter().next_back().cloned();
    if let Some(last) = last {
        parts.headers.insert(ORIGIN, last);
    }
    decode_request(&parts, body)
}

fn http_from(parts: &Parts, body: &[u8]) -> Result<Request, onem2m_primitive::http::Refusal> {
    let mut parts = parts.clone();
    if let Some(from) = parts.headers.get("From").cloned() {
        parts.headers.insert(ORIGIN, from);
    }
    decode_request(&parts, body)
}

fn by_class(response: &Response) -> Encoded {
    let mut encoded = http::encode(response);
    if (4000..5000).contains(&response.status.number()) {
        *encoded.status_mut() = StatusCode::BAD_REQUEST;
    }
    encoded
}
