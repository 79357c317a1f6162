//! An ESPrim Object that comes to the CSE as Receiver (TS-0003 V3.18.0, 8.4.2, step C.6; TS-0004 V3.32.0, 7.6.2).

use onem2m_envelope::esprim::{
    self, Direction, Form, Header, Received, Refusal as Reason, Serialization, Session, check_from,
};
use onem2m_identity::{Entity, Home};
use onem2m_primitive::json::parse;
use onem2m_primitive::serialization::read_request;
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use serde_json::Value;

use super::inner::Inner;
use super::protection;
use super::settings::{EndToEnd, ErrorStyle};
use super::vault::{Ledger, Vault};
use crate::receive::{Carried, Desk, Outcome};
use crate::refusal::Refusal;
use crate::tree::Tree;

/// Opens an object and gives the inner request to carry out, or refuses it.
///
/// The rand object of the Originator is kept once the tag shows that the Originator sent it, whatever the inner request is.
pub(crate) fn open(
    desk: &Desk<'_>,
    tree: &mut Tree,
    settings: &EndToEnd,
    originator: &Entity,
    outer: &Request,
    object: &str,
) -> Outcome {
    let table = &desk.clauses.end_to_end;
    let depth = desk
        .arrival
        .protected
        .as_ref()
        .map_or(0, |protected| protected.depth);
    (table.may_nest)(depth)?;
    let received = match (table.judge)(desk, &tree.end_to_end, settings, object) {
        Ok(received) => received,
        Err(reason) => {
            (table.keep_refused)(desk, tree, settings, object);
            let session = (table.error_session)(desk, &tree.end_to_end, settings, object);
            let identifier = outer.request_identifier.clone();
            return refuse(desk, settings, session, identifier, &reason);
        }
    };
    (table.keep)(desk, &mut tree.end_to_end, settings, object, &received);
    match (table.inner)(desk, originator, outer, &received) {
        Ok(inner) => Ok(Carried::Protected(Box::new(Inner {
            request: inner.request,
            acting: inner.acting,
            received,
        }))),
        Err(unopened) => {
            let session = (settings.errors == ErrorStyle::Secured).then_some(received.session);
            let identifier = unopened.request_identifier;
            refuse(desk, settings, session, identifier, &unopened.reason)
        }
    }
}

/// The decision about an object, by the keys and rand objects of this moment.
pub(crate) fn judge(
    desk: &Desk<'_>,
    vault: &Vault,
    settings: &EndToEnd,
    object: &str,
) -> Result<Received, Reason> {
    let clauses = &desk.clauses.end_to_end.esprim;
    settings.pairs.with(|keys| {
        let ledger = Ledger {
            keys,
            vault,
            detects_replays: settings.detects_replays,
        };
        esprim::receive(
            clauses,
            object,
            &settings.readings,
            &ledger,
            desk.arrival.at,
        )
    })
}

/// What is kept of an object that was opened.
pub(crate) fn keep(
    desk: &Desk<'_>,
    vault: &mut Vault,
    settings: &EndToEnd,
    _object: &str,
    received: &Received,
) {
    if let Some(recorded) = &received.record {
        vault.record(recorded.clone());
    }
    if settings.detects_replays {
        vault.see(received.sighting.clone());
    }
    vault.remember(received.session.clone(), desk.arrival.at);
}

/// Of an object that was refused nothing is kept, nor is anything carried out.
pub(crate) fn keep_refused(_: &Desk<'_>, _: &mut Tree, _: &EndToEnd, _: &str) {}

/// The inner request with whom it is carried out for.
pub(crate) struct Opened {
    /// What is to be carried out, or the response to what is no request primitive.
    pub(crate) request: Result<Request, Response>,
    /// The originator.
    pub(crate) acting: Entity,
}

/// Reads the inner request of an object, beside the outer originator and the outer request.
pub(crate) type ReadInner = fn(&Desk<'_>, &Entity, &Request, &Received) -> Result<Opened, Unopened>;

/// Why there is no inner request to carry out.
pub(crate) struct Unopened {
    pub(crate) reason: Reason,
    /// Its Request Identifier, as far as that can be read.
    pub(crate) request_identifier: Option<String>,
}

/// Reads the inner request: its From first, then the rest.
///
/// What is no JSON object cannot be obtained as a request; an object with the right From is answered under ESPrim, whatever
/// is wrong with it (TS-0004 V3.32.0, 7.6.2, step K).
pub(crate) fn inner(
    desk: &Desk<'_>,
    originator: &Entity,
    outer: &Request,
    received: &Received,
) -> Result<Opened, Unopened> {
    let table = &desk.clauses.end_to_end;
    let unread = || {
        let expected = received.serialization;
        Unopened {
            reason: Reason::Serialization { expected },
            request_identifier: None,
        }
    };
    if received.serialization != Serialization::Json {
        return Err(unread());
    }
    let value = (table.plaintext)(&received.plaintext)
        .filter(Value::is_object)
        .ok_or_else(unread)?;
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let from = text("fr").map(|from| (table.identity)(desk.home, from));
    let request_identifier = text("rqi").map(str::to_owned);
    check_from(&table.esprim, &received.entity, from.as_deref()).map_err(|reason| Unopened {
        reason,
        request_identifier: request_identifier.clone(),
    })?;
    let request = read_request(&value).map_err(|error| {
        let refusal = Refusal::bad_request(error.to_string());
        Response {
            release_version: text("rvi").map(str::to_owned),
            ..refusal.unread(request_identifier)
        }
    });
    let acting = (table.acting)(desk.home, received, text("fr"), originator).ok_or_else(unread)?;
    Ok(Opened {
        request: request.map(|request| (table.carried_out)(request, outer)),
        acting,
    })
}

/// The plaintext as JSON in which no member stands twice.
pub(crate) fn plaintext(octets: &[u8]) -> Option<Value> {
    parse(octets).ok()
}

/// One text for all forms of an identifier: the absolute one. What is no identifier stays as it is and is nobody's.
pub(crate) fn identity(home: &Home, from: &str) -> String {
    Entity::parse(from, home).map_or_else(|_| from.to_owned(), |entity| entity.absolute())
}

/// The originator of the inner request is the entity of the key, whoever sent the outer one (TS-0003 V3.18.0, 7.2.2).
pub(crate) fn acting(
    home: &Home,
    received: &Received,
    _from: Option<&str>,
    _outer: &Entity,
) -> Option<Entity> {
    Entity::parse(&received.entity, home).ok()
}

/// The inner request as it is, without the parameters of delivery, and without anything of the outer one
/// (TS-0004 V3.32.0, 7.6.2, step K).
pub(crate) fn carried_out(inner: Request, _outer: &Request) -> Request {
    Request {
        response_type: None,
        event_category: None,
        delivery_aggregation: None,
        ..inner
    }
}

/// The session in which an error goes back, if errors are secured: the last of the pair that the object names, unless the
/// key or the session is over (TS-0001 V3.36.0, 11.4.2, step C.6a.1).
pub(crate) fn error_session(
    desk: &Desk<'_>,
    vault: &Vault,
    settings: &EndToEnd,
    object: &str,
) -> Option<Session> {
    if settings.errors == ErrorStyle::Clear {
        return None;
    }
    let clauses = &desk.clauses.end_to_end.esprim;
    let form = Form::read(clauses, object).ok()?;
    let encoding = settings.readings.value_encoding;
    let header = Header::read(clauses, &form, Direction::Request, encoding).ok()?;
    let now = desk.arrival.at;
    let is_known = settings.pairs.with(|rows| {
        let named = rows.iter().find(|(key, _)| key.id == header.kid);
        named.is_some_and(|(key, _)| key.expires.is_none_or(|expires| now < expires))
    });
    vault
        .session(&header.kid)
        .filter(|session| is_known && now < session.expires)
        .cloned()
}

/// The error of an object: in the session, or in the clear.
fn refuse(
    desk: &Desk<'_>,
    settings: &EndToEnd,
    session: Option<Session>,
    request_identifier: Option<String>,
    reason: &Reason,
) -> Outcome {
    let table = &desk.clauses.end_to_end;
    let refusal = Refusal::new((table.status)(reason), told(reason));
    match session {
        None => Err(refusal),
        Some(session) => {
            let response = refusal.unread(request_identifier);
            protection::error(desk, settings, &session, &response)
        }
    }
}

/// The code of a refusal (TS-0004 V3.32.0, Table 7.6.2-1).
pub(crate) fn status(reason: &Reason) -> ResponseStatusCode {
    ResponseStatusCode::from(reason.status())
}

/// What is told of a refusal: nothing that only the owner of the key may know.
fn told(reason: &Reason) -> String {
    match reason {
        Reason::Impersonation { .. } => "the inner From is not that of the key".to_owned(),
        other => other.to_string(),
    }
}
