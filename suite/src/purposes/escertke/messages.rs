//! The four messages.

use super::attempt::{Attempt, completes, is_told};
use super::parties::{INITIATOR, ready};
use super::proof;
use crate::catalogue::behaviour::Role;
use crate::purposes::answer::Answer;
use crate::purposes::stop::Stop;
use crate::purposes::world::{World, message_in};
use crate::tester::handshake::{Credential, first_flight};
use crate::verdict::{Cause, Judgement};
use onem2m_association::messages::{ContentType, HandshakeType};
use serde_json::json;

const ROLE: Role = Role::Stimulus;
/// The octets before the content of a record (RFC 5246, 6.2.1).
const RECORD_HEADER: usize = 5;
/// ecdsa_sign (RFC 8422, 5.5).
const ECDSA_SIGN: u8 = 64;
/// Octets that are no record.
const ZEROS: usize = 10_000;

/// CSE/ESCERTKE/MSG/001: each message holds what the table says, and the key protects a primitive.
pub async fn are_those_of_the_table(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let came = completes(world, &parties, "exchange", ROLE).await?;
    let expected = [
        HandshakeType::SERVER_HELLO,
        HandshakeType::CERTIFICATE,
        HandshakeType::SERVER_KEY_EXCHANGE,
        HandshakeType::CERTIFICATE_REQUEST,
        HandshakeType::SERVER_HELLO_DONE,
        HandshakeType::FINISHED,
    ];
    if came.seen.messages != expected || came.carried.answers.len() != 2 {
        return Err(came.wrong("two answers with the messages of Table 8.7.2.2-1"));
    }
    Ok(())
}

/// CSE/ESCERTKE/MSG/002: a CertificateRequest asks for a certificate that signs.
pub async fn ask_for_a_certificate(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let came = Attempt::new("exchange", ROLE, &parties.initiator)
        .made(world)
        .await?;
    let request = came.seen.certificate_request.as_ref();
    let asks = request.is_some_and(|request| {
        let mut kinds = request.certificate_types.iter();
        kinds.any(|kind| kind.0 == ECDSA_SIGN)
    });
    match asks {
        true => came.is_complete().map(|_| ()),
        false => Err(came.wrong("a CertificateRequest with ecdsa_sign")),
    }
}

/// CSE/ESCERTKE/MSG/003: no ticket in the last message, or one that does no harm.
pub async fn bring_no_ticket(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let came = Attempt::new("exchange", ROLE, &parties.initiator)
        .with(json!({"hello": {"session-ticket": "empty"}}))
        .made(world)
        .await?;
    let exporter = came.is_complete()?.clone();
    if came.seen.ticket.is_some() {
        world.note("message 4 brings a NewSessionTicket, which Table 8.7.2.2-1 has not".into());
    }
    proof::is_served(world, "exchange", ROLE, &exporter, &parties.entity).await
}

/// CSE/ESCERTKE/MSG/004: handshake messages without records.
pub async fn without_records(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let step = "bare";
    let hello = hello(world, step, &parties.initiator)?;
    let bare: Vec<u8> = hello.iter().skip(RECORD_HEADER).copied().collect();
    let answer = world.send_message(INITIATOR, step, ROLE, &bare).await?;
    is_told(step, ROLE, &answer)?;
    if answer.succeeded() && !is_alert(&answer) {
        let framing = world.facts().pixit.get("PIXIT_ESCERTKE_FRAMING");
        let stated = framing.is_some_and(|framing| framing == "handshake");
        let also = if stated { "" } else { ", beside records" };
        world.note(format!(
            "handshake messages without records are served{also}"
        ));
    }
    completes(world, &parties, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// CSE/ESCERTKE/MSG/005: where records end means nothing.
pub async fn in_any_records(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    for (step, records) in [
        ("split", json!({"octets": 1})),
        ("joined", json!({"coalesced": true})),
        ("each-alone", json!({})),
    ] {
        let came = Attempt::new(step, ROLE, &parties.initiator)
            .with(json!({"records": records}))
            .made(world)
            .await?;
        let exporter = came.is_complete()?.clone();
        proof::is_served(world, step, ROLE, &exporter, &parties.entity).await?;
    }
    Ok(())
}

/// CSE/ESCERTKE/MSG/006: what is no message is refused, and leaves nothing behind.
pub async fn that_are_none(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    completes(world, &parties, "twin", Role::Twin).await?;
    let hello = hello(world, "hello", &parties.initiator)?;
    for (step, information) in [
        ("empty", json!({"sit": 6, "eckm": ""})),
        ("no-base64", json!({"sit": 6, "eckm": "***"})),
        ("no-record", json!({"sit": 6, "eckm": "AAAA"})),
        ("no-message", json!({"sit": 6})),
        ("another-member", json!({"sit": 6, "epo": "a..b.c.d"})),
        ("another-type", json!({"sit": 6, "eckm": 7})),
    ] {
        let answer = world
            .send_information(INITIATOR, step, ROLE, information)
            .await?;
        is_refused(step, &answer)?;
    }
    let zeros = vec![0; ZEROS];
    let answer = world.send_message(INITIATOR, "zeros", ROLE, &zeros).await?;
    is_refused("zeros", &answer)?;
    // The table binds who sends, and TLS reads a stream: what comes of these is recorded.
    for (step, octets) in [
        ("one-octet-more", [&hello[..], &[0]].concat()),
        ("twice", [&hello[..], &hello].concat()),
    ] {
        let answer = world.send_message(INITIATOR, step, ROLE, &octets).await?;
        is_told(step, ROLE, &answer)?;
        world.note(format!("{step}: {answer}"));
    }
    completes(world, &parties, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// An error, or an alert.
fn is_refused(step: &str, answer: &Answer) -> Result<(), Stop> {
    if answer.is_turned_away() {
        return Ok(());
    }
    is_told(step, ROLE, answer)?;
    if !answer.succeeded() || is_alert(answer) {
        return Ok(());
    }
    let judgement = Judgement::fail(
        Cause::WrongDecision,
        "an error or an alert",
        format!("{answer} with a message"),
    );
    Err(Stop::Judged(judgement.at(step)))
}

/// Whether an answer brings an alert in the place of a message.
pub fn is_alert(answer: &Answer) -> bool {
    message_in(answer).is_ok_and(|octets| octets.first() == Some(&ContentType::ALERT.0))
}

/// A right message 1.
pub fn hello(world: &World<'_>, step: &str, credential: &Credential) -> Result<Vec<u8>, Stop> {
    let handshake = Attempt::new(step, ROLE, credential).handshake(world)?;
    let flight = first_flight(&handshake, false).map_err(|error| Stop::link(step, &error))?;
    Ok(flight.concat())
}
