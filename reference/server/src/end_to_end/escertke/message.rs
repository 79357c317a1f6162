use onem2m_association::{ServerSession, Session, State};
use onem2m_identity::Entity;
use onem2m_primitive::ResponseStatusCode;

use super::clauses::Clauses;
use super::exchanges::{Exchange, Exchanges};
use super::settings::{FailureStyle, Terminating};
use crate::end_to_end::EndToEnd;
use crate::receive::{Carried, Desk, Outcome};
use crate::refusal::Refusal;
use crate::representation::Shown;
use crate::tree::Tree;

/// Takes ESCertKE Message 1 or 3 of an originator, and answers with the next one (TS-0004 V3.32.0, 7.5.1.2.12).
pub(crate) fn take(
    desk: &Desk<'_>,
    tree: &mut Tree,
    settings: &EndToEnd,
    originator: &Entity,
    text: &str,
) -> Outcome {
    let table = &desk.clauses.end_to_end.escertke;
    let Some(terminating) = &settings.terminating else {
        return Err(Refusal::not_implemented(
            "end-to-end key establishment by certificates is not set up",
        ));
    };
    let Some(octets) = (table.decoded)(text) else {
        return (table.unreadable)(
            "expected an escertkeMessage in base64, got another text, or too long a one",
        );
    };
    if !(table.are_records)(&octets) {
        return (table.unreadable)(
            "expected an escertkeMessage of whole records, got other octets",
        );
    }
    let exchanges = &mut tree.end_to_end.exchanges;
    (table.expire)(exchanges, desk.arrival.at);
    match (table.begins)(&octets) {
        true => begin(desk, exchanges, terminating, originator, &octets),
        false => go_on(desk, exchanges, settings, terminating, originator, &octets),
    }
}

/// ESCertKE Message 1 (TS-0003 V3.18.0, 8.7.2.2, step C.1.c).
fn begin(
    desk: &Desk<'_>,
    exchanges: &mut Exchanges,
    terminating: &Terminating,
    originator: &Entity,
    octets: &[u8],
) -> Outcome {
    let table = &desk.clauses.end_to_end.escertke;
    let now = desk.arrival.at;
    let accepted = exchanges.accept(table, terminating, now);
    let mut session = accepted.map_err(|_| {
        Refusal::new(
            ResponseStatusCode::INTERNAL_SERVER_ERROR,
            "no handshake can be made",
        )
    })?;
    let answer = (table.exchanged)(&mut session, octets);
    if session.state() != State::Handshaking || answer.is_empty() {
        return (table.failed)(table, terminating, &answer);
    }
    let lifetime = time::Duration::try_from(terminating.lifetime).unwrap_or(time::Duration::MAX);
    (table.admit)(
        exchanges,
        Exchange {
            from: originator.absolute(),
            expires: now.saturating_add(lifetime),
            session,
            answered: answer.clone(),
        },
    );
    (table.respond)(table, &answer)
}

/// ESCertKE Message 3 (TS-0003 V3.18.0, 8.7.2.2, step C.1.g), and the key behind it (step C.2).
fn go_on(
    desk: &Desk<'_>,
    exchanges: &mut Exchanges,
    settings: &EndToEnd,
    terminating: &Terminating,
    originator: &Entity,
    octets: &[u8],
) -> Outcome {
    let table = &desk.clauses.end_to_end.escertke;
    exchanges.set_clock(desk.arrival.at);
    let from = originator.absolute();
    let Some(mut exchange) = (table.correlated)(exchanges, &from, octets) else {
        return Err(Refusal::bad_request(
            "expected an ESCertKE Message 1, since there is no exchange with this originator",
        ));
    };
    let answer = (table.exchanged)(&mut exchange.session, octets);
    if !(table.is_complete)(&exchange.session) {
        return (table.failed)(table, terminating, &answer);
    }
    let Some(initiator) = (table.initiator)(originator, &exchange.session) else {
        return Err(failure());
    };
    let exported = (table.exported)(&exchange.session);
    let pair = exported.map(|exported| (table.pair)(&exported, &initiator));
    if !pair.is_some_and(|pair| (table.keep)(&settings.pairs, pair)) {
        return Err(Refusal::new(
            ResponseStatusCode::INTERNAL_SERVER_ERROR,
            "no key can be exported",
        ));
    }
    exchange.answered.clone_from(&answer);
    (table.conclude)(exchanges, exchange);
    (table.respond)(table, &answer)
}

/// Both Finished passed, the client's one being right.
pub(crate) fn is_established(session: &ServerSession) -> bool {
    session.state() == State::Established
}

/// Success with securityInfoType 6 and the message.
pub(crate) fn respond(table: &Clauses, octets: &[u8]) -> Outcome {
    let content = (table.answer)(octets);
    Ok(Carried::done(ResponseStatusCode::OK, Shown::of(content)))
}

/// What is no message is no part of an exchange.
pub(crate) fn unreadable(reason: &'static str) -> Outcome {
    Err(Refusal::bad_request(reason))
}

/// What is told of a handshake that failed: nothing of what was wrong but the alert.
pub(crate) fn failed(table: &Clauses, terminating: &Terminating, alert: &[u8]) -> Outcome {
    match terminating.failures {
        FailureStyle::Alert if !alert.is_empty() => (table.respond)(table, alert),
        FailureStyle::Alert | FailureStyle::Code => Err(failure()),
    }
}

fn failure() -> Refusal {
    Refusal::bad_request("the handshake failed")
}
