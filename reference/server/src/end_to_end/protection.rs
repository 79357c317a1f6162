//! The ESPrim Object of a response (TS-0003 V3.18.0, 8.4.2, steps C.8 and C.9).

use onem2m_envelope::esprim::{
    Header, IssuedObject, Received, ReceiverRand, Serialization, Session, respond,
    seal as seal_object,
};
use onem2m_envelope::{ContentEncryption, EnvelopeError, IV_LENGTH};
use onem2m_keys::{ContentKeyOctets, SessionEsPrimKey};
use onem2m_primitive::serialization::write_response;
use onem2m_primitive::{Response, ResponseStatusCode};
use serde_json::{Value, json};

use super::inner::Inner;
use super::rand_objects::make;
use super::randomness::{NoRandomness, Randomness};
use super::settings::EndToEnd;
use super::vault::Vault;
use crate::receive::{Carried, Desk, Outcome};
use crate::refusal::Refusal;
use crate::representation::Shown;
use crate::tree::Tree;

/// An outer response, or why there is no object for it.
pub(crate) type Answered = Result<(ResponseStatusCode, Option<Value>), Refusal>;

/// The outer response to an ESPrim Object that was opened: success, whatever the inner one says (TS-0004 V3.32.0, 7.6.2,
/// step M).
pub(crate) fn answer(
    desk: &Desk<'_>,
    tree: &mut Tree,
    inner: &Inner,
    response: &Response,
) -> Answered {
    let table = &desk.clauses.end_to_end;
    let Some(settings) = &desk.configuration.end_to_end else {
        return Err(unprotected());
    };
    let rro = (table.successor)(desk, &mut tree.end_to_end, settings, &inner.received);
    let header = respond(&table.esprim, &inner.received, Serialization::Json, rro);
    let session = &inner.received.session;
    let request_iv = &inner.received.sighting.iv;
    let object = protect(desk, settings, session, &header, request_iv, response)?;
    Ok((table.outer)(response, object))
}

/// An error under ESPrim (TS-0001 V3.36.0, 11.4.2, step C.6a.1).
pub(super) fn error(
    desk: &Desk<'_>,
    settings: &EndToEnd,
    session: &Session,
    response: &Response,
) -> Outcome {
    let protocols = session.originator.protocols();
    let enc = protocols.iter().find_map(|id| id.content_encryption());
    let header = session.response_header(
        enc.unwrap_or(ContentEncryption::A256Gcm),
        Serialization::Json,
        None,
    );
    let object = protect(desk, settings, session, &header, &[], response)?;
    let (status, content) = (desk.clauses.end_to_end.outer)(response, object);
    Ok(Carried::done(
        status,
        content.map(Shown::of).unwrap_or_default(),
    ))
}

fn protect(
    desk: &Desk<'_>,
    settings: &EndToEnd,
    session: &Session,
    header: &Header,
    request_iv: &[u8],
    response: &Response,
) -> Result<String, Refusal> {
    let table = &desk.clauses.end_to_end;
    let iv = (table.initialization_vector)(&settings.randomness, request_iv)
        .map_err(|NoRandomness| unprotected())?;
    let plaintext = (table.response_plaintext)(response);
    let octets = settings.readings.content_key;
    (table.seal)(header, &session.key, octets, &iv, &plaintext).map_err(|_| unprotected())
}

fn unprotected() -> Refusal {
    Refusal::new(
        ResponseStatusCode::ESPRIM_ENCRYPTION_ERROR,
        "the inner response cannot be encrypted",
    )
}

/// An initialization vector that neither side has used with the key: one at random (RFC 7518, 5.3).
pub(crate) fn initialization_vector(
    randomness: &Randomness,
    _request: &[u8],
) -> Result<[u8; IV_LENGTH], NoRandomness> {
    randomness.octets()
}

/// The response primitive as JSON, without an element around it.
pub(crate) fn response_plaintext(response: &Response) -> Vec<u8> {
    write_response(response).to_string().into_bytes()
}

/// Makes an object.
pub(crate) type Seal = fn(
    &Header,
    &SessionEsPrimKey,
    ContentKeyOctets,
    &[u8; IV_LENGTH],
    &[u8],
) -> Result<String, EnvelopeError>;

/// Encrypts under the session key (step C.8).
pub(crate) fn seal(
    header: &Header,
    key: &SessionEsPrimKey,
    octets: ContentKeyOctets,
    iv: &[u8; IV_LENGTH],
    plaintext: &[u8],
) -> Result<String, EnvelopeError> {
    seal_object(header, key, octets, iv, plaintext)
}

/// Success with securityInfoType 5 and the object, and nothing of the inner response outside of it.
pub(crate) fn outer(_inner: &Response, object: String) -> (ResponseStatusCode, Option<Value>) {
    let content = json!({ "m2m:seci": { "sit": 5, "epo": object } });
    (ResponseStatusCode::OK, Some(content))
}

/// The next rand object of the CSE, once for each that is in use, where it refreshes in band (8.4.3.2).
pub(crate) fn successor(
    desk: &Desk<'_>,
    vault: &mut Vault,
    settings: &EndToEnd,
    received: &Received,
) -> Option<ReceiverRand> {
    if !settings.refreshes || !vault.succeed(received.session.receiver.id()) {
        return None;
    }
    let issued: IssuedObject = make(desk, settings, Some(received.entity.clone())).ok()?;
    vault.issue(issued.clone());
    Some(issued.object)
}
