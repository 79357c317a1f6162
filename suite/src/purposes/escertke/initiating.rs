//! An IUT as Initiating End-Point, and the tester at the other end, with the certificate that the profile names. The IUT is made
//! to establish a key and to send a request under it, and shows what came of that.

use super::terminating::{Came, FIXTURE, Telling, Terminator, established};
use crate::catalogue::behaviour::Role;
use crate::purposes::esprim::originator::exchange::unexpected;
use crate::purposes::esprim::originator::peer::{Peer, Who};
use crate::purposes::sae::client::certificates::{right, spoilt};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::ServerConduct;
use crate::tester::handshake::conduct::{FinishedChange, Suite};
use crate::tester::link::Inbound;
use crate::verdict::{Cause, Judgement, Reason};
use onem2m_association::messages::{CipherSuite, HandshakeType};
use serde_json::json;

const ROLE: Role = Role::Stimulus;
/// TLS_ECDHE_ECDSA_WITH_NULL_SHA (RFC 8422, 6)
const WITHOUT_ENCRYPTION: CipherSuite = CipherSuite(0xC006);
/// Parts of the names of suites that TS-0003 V3.18.0, 10.2.3 has not.
const FORBIDDEN: [&str; 5] = ["_NULL_", "_anon_", "_PSK_", "_RC4_", "_RSA_"];

/// ORG/001: two Notifies to the Receiver, and a request under the key.
pub async fn completes_the_exchange(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::certified(world, who, FIXTURE).await?;
    let step = "exchange";
    let came = completes(world, &mut peer, step, ROLE).await?;
    if !came.seen.proved {
        return Err(wrong(
            step,
            ROLE,
            "a CertificateVerify that verifies",
            "none",
        ));
    }
    let from = |request: &Inbound| request.from().map(str::to_owned);
    let objects = came.exchange.objects().map(|seen| &seen.outer);
    let all: Vec<&Inbound> = came.messages.iter().chain(objects).collect();
    let is_alike = all.windows(2).all(|pair| match pair {
        [one, next] => from(one) == from(next) && one.to() == next.to(),
        _ => true,
    });
    match came.messages.len() == 2 && is_alike {
        true => Ok(()),
        false => {
            let told = |request: &&Inbound| format!("{:?} to {:?}", request.from(), request.to());
            let observed: Vec<String> = all.iter().map(told).collect();
            let expected = "two Notifies with messages, and the object, with the same From and To";
            Err(wrong(step, ROLE, expected, &observed.join(", ")))
        }
    }
}

/// ORG/002: the certificate of the other end is the one that was configured.
pub async fn checks_the_certificate(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut all = Vec::new();
    for (step, defect) in [
        ("unknown-authority", json!("untrusted_anchor")),
        ("other-name", json!({"names": [{"same": "other-{name}"}]})),
        ("expired", json!({"ended_seconds_ago": 86400})),
        ("wildcard", json!({"names": [{"same": "*.{parent}"}]})),
    ] {
        let terminator = Terminator {
            credential: spoilt(world, FIXTURE, &defect)?,
            ..of_right(world)?
        };
        all.push((step, terminator));
    }
    each_ends(world, who, Behind::Message1, all).await
}

/// ORG/003: message 1 is answered by a message, of its type, with success.
pub async fn checks_the_answer(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut all = Vec::new();
    for (step, telling) in [
        ("other-type", Telling::OtherType),
        ("without-message", Telling::WithoutMessage),
        ("nothing", Telling::Nothing),
        ("error", Telling::Refusal),
    ] {
        let terminator = Terminator {
            tellings: [telling, Telling::Right],
            ..of_right(world)?
        };
        all.push((step, terminator));
    }
    each_ends(world, who, Behind::Message1, all).await
}

/// ORG/004: there is no key before message 4 verifies.
pub async fn waits_for_message_4(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let altered = Terminator {
        conduct: ServerConduct {
            finished: FinishedChange::Inverted(3),
            ..ServerConduct::default()
        },
        ..of_right(world)?
    };
    let mut all = vec![("altered", altered)];
    for (step, telling) in [
        ("without-message", Telling::WithoutMessage),
        ("nothing", Telling::Nothing),
        ("error", Telling::Refusal),
    ] {
        let terminator = Terminator {
            tellings: [Telling::Right, telling],
            ..of_right(world)?
        };
        all.push((step, terminator));
    }
    each_ends(world, who, Behind::Message3, all).await
}

/// ORG/005: what was not offered is not taken.
pub async fn refuses_other_choices(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let choices = [
        (
            "tls-1-1",
            ServerConduct {
                version: Some(0x0302),
                ..ServerConduct::default()
            },
        ),
        (
            "no-encryption",
            ServerConduct {
                suite: Some(Suite(WITHOUT_ENCRYPTION)),
                ..ServerConduct::default()
            },
        ),
        (
            "compression",
            ServerConduct {
                compression: 1,
                ..ServerConduct::default()
            },
        ),
    ];
    let mut all = Vec::new();
    for (step, conduct) in choices {
        let terminator = Terminator {
            conduct,
            ..of_right(world)?
        };
        all.push((step, terminator));
    }
    each_ends(world, who, Behind::Message1, all).await
}

/// The last message that the IUT may send.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    Message1,
    Message3,
}

/// The IUT completes an exchange, ends each of these, and completes another one.
async fn each_ends(
    world: &mut World<'_>,
    who: Who,
    behind: Behind,
    all: Vec<(&str, Terminator)>,
) -> Result<(), Stop> {
    let mut peer = Peer::certified(world, who, FIXTURE).await?;
    let twin = completes(world, &mut peer, "twin", Role::Twin).await?;
    offers_what_it_has_to("twin", &twin)?;
    for (step, terminator) in all {
        let earlier = peer.key.id.clone();
        let came = established(world, &mut peer, step, ROLE, &terminator).await?;
        if came.seen.client_hellos.is_empty() {
            let detail = format!("expected message 1, got {}", came.end);
            return Err(Stop::inconclusive(step, Reason::Precondition, detail));
        }
        let types = &came.seen.messages;
        let has_message_3 = types.contains(&HandshakeType::CLIENT_KEY_EXCHANGE);
        match behind {
            Behind::Message1 if has_message_3 => {
                return Err(wrong(step, ROLE, "no message 3", &came.end.to_string()));
            }
            Behind::Message3 if !has_message_3 => {
                let detail = format!("expected message 3, got {}", came.end);
                return Err(Stop::inconclusive(step, Reason::Precondition, detail));
            }
            _ => {}
        }
        // An IUT may go on with the key that it had.
        let mut under_this = came
            .exchange
            .objects()
            .filter(|seen| seen.member("kid") != earlier);
        if under_this.next().is_some() {
            let expected = "no object under the key of this exchange";
            return Err(unexpected(step, ROLE, expected, &came.exchange));
        }
        world.note(format!("{step}: {}", came.end));
    }
    completes(world, &mut peer, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// Message 1 offers the mandatory suite, and none of another kind.
fn offers_what_it_has_to(step: &str, came: &Came) -> Result<(), Stop> {
    let hellos = came.seen.client_hellos.iter();
    let suites: Vec<CipherSuite> = hellos
        .flat_map(|hello| hello.cipher_suites.clone())
        .collect();
    let is_forbidden = |suite: &CipherSuite| {
        let name = suite.name().unwrap_or_default();
        *suite == WITHOUT_ENCRYPTION || FORBIDDEN.iter().any(|part| name.contains(part))
    };
    let has_mandatory = suites.contains(&CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256);
    match suites.iter().find(|suite| is_forbidden(suite)) {
        Some(suite) => Err(wrong(
            step,
            ROLE,
            "suites of TS-0003, 10.2.3",
            &suite.to_string(),
        )),
        None if has_mandatory => Ok(()),
        None => Err(wrong(step, ROLE, "the mandatory suite", "others alone")),
    }
}

fn of_right(world: &World<'_>) -> Result<Terminator, Stop> {
    Ok(Terminator {
        credential: right(world, FIXTURE)?,
        conduct: ServerConduct::default(),
        tellings: [Telling::Right; 2],
    })
}

/// The IUT completes an exchange in which nothing is wrong, and its request is served under the key.
async fn completes(
    world: &mut World<'_>,
    peer: &mut Peer,
    step: &str,
    role: Role,
) -> Result<Came, Stop> {
    let terminator = of_right(world)?;
    let came = established(world, peer, step, role, &terminator).await?;
    if !came.end.is_established() {
        let expected = "a complete exchange of four messages";
        return Err(wrong(step, role, expected, &came.end.to_string()));
    }
    let is_served = came.exchange.has_objects_that_open() && came.exchange.succeeded();
    match is_served && came.exchange.others().next().is_none() {
        true => Ok(came),
        false => {
            let expected = "a request under the key of the exchange, and its success";
            Err(unexpected(step, role, expected, &came.exchange))
        }
    }
}

fn wrong(step: &str, role: Role, expected: &str, observed: &str) -> Stop {
    match role {
        Role::Stimulus | Role::ReadBack => {
            let judgement = Judgement::fail(Cause::WrongDecision, expected, observed);
            Stop::Judged(judgement.at(step))
        }
        _ => {
            let detail = format!("expected {expected}, got {observed}");
            Stop::inconclusive(step, Reason::Precondition, detail)
        }
    }
}
