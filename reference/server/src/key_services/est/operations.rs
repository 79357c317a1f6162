use ::http::header::{ALLOW, CONTENT_TYPE};
use ::http::{HeaderValue, Method, Response, StatusCode};
use base64ct::{Base64, Encoding};
use bytes::Bytes;
use onem2m_association::PeerCredential;
use onem2m_identity::Entity;
use time::OffsetDateTime;

use super::certs_only::certs_only;
use super::request::SigningRequest;
use super::{Authority, Clauses, attributes};
use crate::end_to_end::base64_octets;

/// Where the operations are (RFC 7030, 3.2.2).
const BASE: &str = "/.well-known/est/";
/// RFC 7030, 3.2.4.
const PKCS10: &str = "application/pkcs10";
const CERTS_ONLY: &str = "application/pkcs7-mime; smime-type=certs-only";
const ATTRIBUTES: &str = "application/csrattrs";
const TEXT: &str = "text/plain; charset=utf-8";

pub(crate) type Answer = Response<Bytes>;

/// An HTTP request within the association of a client.
pub(crate) struct Asked<'a> {
    pub(crate) client: &'a Entity,
    pub(crate) credential: &'a PeerCredential,
    pub(crate) method: &'a Method,
    pub(crate) path: &'a str,
    pub(crate) content_type: Option<&'a HeaderValue>,
    /// The body, if all of it came and was not too long.
    pub(crate) body: Option<&'a [u8]>,
    pub(crate) now: OffsetDateTime,
}

/// Answers a request for an operation of EST; none if it is for something else.
pub(crate) fn answer(
    authority: &Authority,
    clauses: &Clauses,
    asked: &Asked<'_>,
) -> Option<Answer> {
    let operation = asked.path.strip_prefix(BASE)?;
    let (expected, carry_out): (_, Operation) = match operation {
        "cacerts" => (Method::GET, cacerts),
        "csrattrs" => (Method::GET, csrattrs),
        "simpleenroll" => (Method::POST, simpleenroll),
        "simplereenroll" => (Method::POST, simplereenroll),
        _ => {
            return Some((clauses.refused)(refusal(
                StatusCode::NOT_FOUND,
                "no such operation",
            )));
        }
    };
    if *asked.method != expected {
        let mut answer = refusal(StatusCode::METHOD_NOT_ALLOWED, "another method is for this");
        if let Ok(expected) = HeaderValue::from_str(expected.as_str()) {
            answer.headers_mut().insert(ALLOW, expected);
        }
        return Some(answer);
    }
    Some(
        carry_out(authority, clauses, asked)
            .unwrap_or_else(|(status, why)| (clauses.refused)(refusal(status, why))),
    )
}

type Outcome = Result<Answer, (StatusCode, &'static str)>;
type Operation = fn(&Authority, &Clauses, &Asked<'_>) -> Outcome;

/// The certificates of the CA (RFC 7030, 4.1).
fn cacerts(authority: &Authority, clauses: &Clauses, _: &Asked<'_>) -> Outcome {
    let octets = certs_only(&(clauses.authorities)(authority)).map_err(|_| UNFORESEEN)?;
    Ok(encoded(CERTS_ONLY, &octets))
}

/// What a request has to have (RFC 7030, 4.5).
fn csrattrs(authority: &Authority, clauses: &Clauses, asked: &Asked<'_>) -> Outcome {
    let challenge = (clauses.challenge)(authority, asked.client);
    let octets = attributes::required(challenge.as_deref()).map_err(|_| UNFORESEEN)?;
    Ok(encoded(ATTRIBUTES, &octets))
}

/// A first certificate (RFC 7030, 4.2.1; TS-0003 V3.18.0, 8.3.6.2.2).
fn simpleenroll(authority: &Authority, clauses: &Clauses, asked: &Asked<'_>) -> Outcome {
    let is_pkcs10 = asked
        .content_type
        .and_then(|it| it.to_str().ok())
        .is_some_and(|it| {
            let (kind, _) = it.split_once(';').unwrap_or((it, ""));
            kind.trim().eq_ignore_ascii_case(PKCS10)
        });
    if !is_pkcs10 {
        return Err((
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "expected application/pkcs10",
        ));
    }
    let body = asked.body;
    let body = body.ok_or((
        StatusCode::PAYLOAD_TOO_LARGE,
        "expected a whole request, and a shorter one",
    ))?;
    let request = decoded(body).and_then(|octets| SigningRequest::read(&octets));
    let request = request.ok_or((
        StatusCode::BAD_REQUEST,
        "expected a PKCS #10 request in base64",
    ))?;
    judge(authority, clauses, asked.client, &request)?;
    let names = (clauses.names)(authority, asked.client, &request);
    let more = (clauses.taken_over)(&request);
    let issued = authority
        .issue(request.key(), names, more, asked.now)
        .map_err(|_| UNFORESEEN)?;
    let octets = certs_only([&issued]).map_err(|_| UNFORESEEN)?;
    Ok(encoded(CERTS_ONLY, &octets))
}

/// A certificate in the place of one that it issued (RFC 7030, 4.2.2; TS-0003 V3.18.0, 8.3.6.2.3).
fn simplereenroll(authority: &Authority, clauses: &Clauses, asked: &Asked<'_>) -> Outcome {
    if !(clauses.may_renew)(authority, asked.credential) {
        return Err((
            StatusCode::FORBIDDEN,
            "expected a client with a certificate of this CA",
        ));
    }
    simpleenroll(authority, clauses, asked)
}

fn judge(
    authority: &Authority,
    clauses: &Clauses,
    client: &Entity,
    request: &SigningRequest,
) -> Result<(), (StatusCode, &'static str)> {
    let told = (clauses.challenge)(authority, client);
    let checks = [
        (
            (clauses.has_key)(request),
            "the request is not signed with the key in it",
        ),
        (
            (clauses.is_key)(authority, request.profiled_key()),
            "expected a key on P-256, uncompressed, of the client",
        ),
        (
            (clauses.is_challenge)(told.as_deref(), request.challenge()),
            "challengePassword is not the one in csrattrs",
        ),
        (
            (clauses.is_identity)(authority, client, request),
            "subjectAltName is not the authenticated identity",
        ),
        (
            (clauses.is_modest)(request),
            "an extension is none of those in csrattrs",
        ),
    ];
    match checks.into_iter().find(|(holds, _)| !holds) {
        None => Ok(()),
        Some((_, why)) => Err((StatusCode::BAD_REQUEST, why)),
    }
}

/// Base64 in lines or not (RFC 8951, 3.1).
fn decoded(body: &[u8]) -> Option<Vec<u8>> {
    base64_octets(str::from_utf8(body).ok()?)
}

fn encoded(kind: &'static str, octets: &[u8]) -> Answer {
    let mut answer = Response::new(Bytes::from(Base64::encode_string(octets)));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(
        "Content-Transfer-Encoding",
        HeaderValue::from_static("base64"),
    );
    answer
}

fn refusal(status: StatusCode, why: &'static str) -> Answer {
    let mut answer = Response::new(Bytes::from_static(why.as_bytes()));
    *answer.status_mut() = status;
    answer
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(TEXT));
    answer
}

const UNFORESEEN: (StatusCode, &str) = (
    StatusCode::INTERNAL_SERVER_ERROR,
    "no certificate can be made of this",
);
