use onem2m_envelope::IV_LENGTH;
use onem2m_envelope::esprim::{Accepted, Header, ReceiverRand, Serialization, Session};
use onem2m_primitive::serialization::write_request;
use onem2m_primitive::{Request, Response};
use serde_json::{Value, json};

use super::outcome::Unprotected;
use crate::end_to_end::randomness::{NoRandomness, Randomness};

/// The inner request without the parameters of delivery, which the outer one has (TS-0004 V3.32.0, 7.6.2, step A).
pub(crate) fn inner(request: Request) -> Request {
    Request {
        response_type: None,
        event_category: None,
        delivery_aggregation: None,
        ..request
    }
}

/// The request primitive as JSON (TS-0003 V3.18.0, 8.4.2, step C.3).
pub(crate) fn plaintext(inner: &Request) -> Vec<u8> {
    write_request(inner).to_string().into_bytes()
}

/// The header, with the whole object of the Originator where the Receiver may not have it yet (TS-0003 V3.18.0, 8.4.3.2).
pub(crate) fn header(
    session: &Session,
    is_first: bool,
    _learnt: Option<&ReceiverRand>,
) -> Option<Header> {
    let protocols = session.originator.protocols();
    let enc = protocols.iter().find_map(|id| id.content_encryption())?;
    let oro = is_first.then(|| session.originator.clone());
    Some(session.request_header(enc, Serialization::Json, oro))
}

/// An initialization vector at random (RFC 7518, 5.3).
pub(crate) fn vector(
    randomness: &Randomness,
    _: &Session,
) -> Result<[u8; IV_LENGTH], NoRandomness> {
    randomness.octets()
}

/// The outer request, which says nothing of the inner one but when it expires (TS-0001 V3.36.0, Table 11.4.2-1).
pub(crate) fn outer(inner: &Request, target: &str, object: &str) -> Request {
    let content = json!({ "m2m:seci": { "sit": 5, "epo": object } });
    Request {
        request_expiration: inner.request_expiration.clone(),
        ..Request::notify(target, content)
    }
}

/// The object of an outer response (TS-0004 V3.32.0, 7.6.2, step O).
pub(crate) fn object(outer: &Response) -> Result<&str, Unprotected> {
    if !outer.status.is_success() {
        return Err(Unprotected::Refused(outer.status));
    }
    let information = outer
        .content
        .as_ref()
        .and_then(|content| content.get("m2m:seci"));
    let object = information
        .filter(|information| information.get("sit").and_then(Value::as_u64) == Some(5))
        .and_then(|information| information.get("epo")?.as_str());
    object.ok_or_else(|| Unprotected::Discarded("no object".to_owned()))
}

/// The next rand object of the Receiver, of a response that was verified (TS-0003 V3.18.0, 8.4.3.2, step 1.1).
pub(crate) fn learnt(_object: &str, accepted: Option<&Accepted>) -> Option<ReceiverRand> {
    accepted.and_then(|accepted| accepted.record.clone())
}
