//! The handshake in the messages.

use super::attempt::{Attempt, completes};
use super::parties::{INITIATOR, Parties, ready};
use super::refusals::refused_with;
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::{Carriage, World};
use crate::tester::association_end::AssociationEnd;
use crate::tester::handshake::Delivered;
use crate::verdict::{Cause, Judgement};
use onem2m_association::messages::HandshakeType;
use serde_json::{Value, json};

const ROLE: Role = Role::Stimulus;
/// TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 (RFC 5289, 3.1)
const MANDATORY: u16 = 0xC023;
/// TLS 1.2 (RFC 5246, 6.2.1)
const TLS_1_2: u16 = 0x0303;

/// CSE/ESCERTKE/TLS/001
pub async fn of_other_versions(world: &mut World<'_>) -> Result<(), Stop> {
    // The mandatory suite, and one with its key exchange that earlier versions have.
    let earlier = |version: u16| json!({"hello": {"record-version": version, "version": version, "suites": [MANDATORY, 0xC009, 0x00FF]}});
    let later = json!({"hello": {
        "supported-versions": [0x0304], "suites": [0x1301, 0x1303], "groups": [0x0017], "signature-algorithms": [0x0403],
        "extensions": [{"type": 45, "hex": "0101"}, {"type": 51, "hex": "0045001700 41046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"}],
    }});
    refused_with(
        world,
        &[
            ("tls-1-0", earlier(0x0301)),
            ("tls-1-1", earlier(0x0302)),
            ("tls-1-3", later),
        ],
    )
    .await
}

/// CSE/ESCERTKE/TLS/002
pub async fn of_both_versions(world: &mut World<'_>) -> Result<(), Stop> {
    let hello =
        json!({"supported-versions": [0x0304, TLS_1_2], "suites": [0x1301, MANDATORY, 0x00FF]});
    agrees_on(world, hello, "TLS 1.2").await
}

/// CSE/ESCERTKE/TLS/003
pub async fn with_other_suites(world: &mut World<'_>) -> Result<(), Stop> {
    let runs = [
        ("psk", json!([0x00AE, 0x00A8, 0x008C])),
        ("ecdhe-rsa", json!([0xC027, 0xC02F, 0xC013])),
        ("ecdh-anon", json!([0xC018, 0xC019])),
        ("null", json!([0xC006, 0x003B])),
        ("rc4", json!([0xC007, 0x0005])),
        ("rsa", json!([0x002F, 0x003C, 0x009C])),
    ];
    // What suites with curves need, also where the tester does not know them.
    let runs = runs.map(|(step, suites)| {
        let hello = json!({"suites": suites, "groups": [0x0017], "point-formats": [0], "signature-algorithms": [0x0403, 0x0401]});
        (step, json!({"hello": hello}))
    });
    refused_with(world, &runs).await
}

/// CSE/ESCERTKE/TLS/004
pub async fn with_the_mandatory_suite(world: &mut World<'_>) -> Result<(), Stop> {
    let suite = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256";
    agrees_on(world, json!({"suites": [MANDATORY]}), suite).await
}

/// CSE/ESCERTKE/TLS/009
pub async fn with_a_wrong_finished(world: &mut World<'_>) -> Result<(), Stop> {
    let runs = [0, 11].map(|place| {
        let step = if place == 0 {
            "first-octet"
        } else {
            "last-octet"
        };
        (step, json!({"finished": {"inverted": place}}))
    });
    refused_with(world, &runs).await
}

/// CSE/ESCERTKE/TLS/011
pub async fn with_more_than_a_handshake(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let right = [
        "certificate",
        "client-key-exchange",
        "certificate-verify",
        "change-cipher-spec",
        "finished",
    ];
    let mut more: Vec<Value> = right.map(Value::from).to_vec();
    more.push(json!({"application-data": "GET /cse-in HTTP/1.1\r\n\r\n"}));
    for (step, conduct) in [
        ("compression", json!({"hello": {"compression": [1, 0]}})),
        (
            "heartbeat",
            json!({"hello": {"extensions": [{"type": 15, "hex": "01"}]}}),
        ),
        ("application-data", json!({"flight": more})),
    ] {
        let attempt = Attempt::new(step, ROLE, &parties.initiator).with(conduct);
        let came = attempt.made(world).await?;
        let hello = came.seen.server_hello.as_ref();
        let compresses = hello.is_some_and(|hello| hello.compression_method.0 != 0);
        if compresses || came.seen.heartbeat || came.seen.application_data > 0 {
            return Err(came.wrong("neither compression, nor a heartbeat, nor application data"));
        }
        if !came.end.is_established() {
            came.is_refused()?;
        }
        world.note(format!("{step}: {}", came.end));
    }
    is_not_negotiated_anew(world, &parties).await?;
    completes(world, &parties, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// CSE/ESCERTKE/TLS/012
pub async fn that_resume(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let first = Attempt::new("first", ROLE, &parties.initiator)
        .with(json!({"hello": {"session-ticket": "empty"}}));
    let first = first.made(world).await?;
    first.is_complete()?;
    for (step, part) in [("session-id", "session-id"), ("ticket", "ticket")] {
        if part == "ticket" && first.seen.ticket.is_none() {
            continue;
        }
        let attempt = Attempt {
            earlier: Some(first.earlier.clone()),
            ..Attempt::new(step, ROLE, &parties.initiator).with(json!({"resume": part}))
        };
        let came = attempt.made(world).await?;
        let resumed = matches!(came.end, AssociationEnd::Established { resumed: true, .. });
        let is_whole = came
            .seen
            .messages
            .contains(&HandshakeType::SERVER_HELLO_DONE);
        if resumed || came.end.is_established() && !is_whole {
            return Err(came.wrong("a whole handshake, or a refusal"));
        }
        if !came.end.is_established() {
            came.is_refused()?;
        }
        world.note(format!("{step}: {}", came.end));
    }
    completes(world, &parties, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// CSE/ESCERTKE/TLS/013
pub async fn with_bad_points(world: &mut World<'_>) -> Result<(), Stop> {
    let raw = |hex: &str| json!({"flight": ["certificate", {"handshake": {"type": 16, "hex": hex}}, "certificate-verify", "change-cipher-spec", "finished"]});
    let runs = [
        ("off-curve", json!({"point": "off-curve"})),
        ("zeros", json!({"point": "zeros"})),
        ("infinity", raw("0100")),
        ("no-octets", raw("00")),
        ("66-octets", json!({"point": "longer"})),
    ];
    refused_with(world, &runs).await
}

/// An exchange with this ClientHello is complete, in TLS 1.2 and with the mandatory suite.
async fn agrees_on(world: &mut World<'_>, hello: Value, expected: &str) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let attempt = Attempt::new("exchange", ROLE, &parties.initiator);
    let came = attempt.with(json!({"hello": hello})).made(world).await?;
    came.is_complete()?;
    match came.end {
        AssociationEnd::Established {
            version: TLS_1_2,
            suite: MANDATORY,
            ..
        } => Ok(()),
        _ => Err(came.wrong(expected)),
    }
}

/// Behind the four messages no other handshake is made within the association.
async fn is_not_negotiated_anew(world: &World<'_>, parties: &Parties) -> Result<(), Stop> {
    let step = "renegotiation";
    let attempt = Attempt::new(step, ROLE, &parties.initiator);
    let handshake = attempt.handshake(world)?;
    let carriage = Carriage::of(INITIATOR);
    let (came, _) = world.carry(step, ROLE, &carriage, &handshake).await?;
    let link = |error| Stop::link(step, &error);
    let Some(mut association) = came.association else {
        let judgement = Judgement::fail(
            Cause::WrongDecision,
            "a complete exchange",
            came.end.to_string(),
        );
        return Err(Stop::Judged(judgement.at(step)));
    };
    association.send_hello(&handshake).await.map_err(link)?;
    match association
        .receive(world.facts().patience)
        .await
        .map_err(link)?
    {
        Delivered::Handshake(message) if message.message_type == HandshakeType::SERVER_HELLO => {
            let judgement =
                Judgement::fail(Cause::WrongDecision, "no other handshake", "a ServerHello");
            Err(Stop::Judged(judgement.at(step)))
        }
        _ => Ok(()),
    }
}
