//! An AE under test as Initiating End-Point. The tester is the registrar that the AE was told of, and has the certificate that
//! the profile names.

use super::terminating::{Came, Telling, exchange, further};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::sae::client::certificates::{right, spoilt};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::conduct::Suite;
use crate::tester::handshake::{Credential, ServerConduct};
use crate::tester::link::Inbound;
use crate::verdict::{Cause, Judgement, Reason};
use onem2m_association::messages::{CipherSuite, HandshakeType};
use serde_json::json;

const FIXTURE: Fixture = Fixture::CseCertificate;
const ROLE: Role = Role::Stimulus;
/// TLS_ECDHE_ECDSA_WITH_NULL_SHA (RFC 8422, 6)
const WITHOUT_ENCRYPTION: CipherSuite = CipherSuite(0xC006);
/// Parts of the names of suites that TS-0003 V3.18.0, 10.2.3 has not.
const FORBIDDEN: [&str; 5] = ["_NULL_", "_anon_", "_PSK_", "_RC4_", "_RSA_"];

/// AE/ESCERTKE/ORG/001
pub async fn completes_the_exchange(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "exchange";
    let came = completes(world, step, ROLE).await?;
    if !came.seen.proved {
        return Err(wrong(
            step,
            ROLE,
            "a CertificateVerify that verifies",
            "none",
        ));
    }
    let said = |request: &Inbound| (request.target.clone(), request.from().map(str::to_owned));
    let mut both = came.requests.iter().map(said);
    let (first, second) = (both.next(), both.next());
    if first != second || both.next().is_some() {
        let observed = format!("{first:?} and {second:?}");
        return Err(wrong(
            step,
            ROLE,
            "two Notifies with the same From and To",
            &observed,
        ));
    }
    match further(world, "afterwards", Role::ReadBack).await? {
        None => Ok(()),
        Some(request) => Err(wrong(
            "afterwards",
            Role::ReadBack,
            "no further message",
            &request.target,
        )),
    }
}

/// AE/ESCERTKE/ORG/002
pub async fn checks_the_certificate(world: &mut World<'_>) -> Result<(), Stop> {
    let mut wrong = Vec::new();
    for (step, defect) in [
        ("unknown-authority", json!("untrusted_anchor")),
        ("other-name", json!({"names": [{"same": "other-{name}"}]})),
        ("expired", json!({"ended_seconds_ago": 86400})),
        ("wildcard", json!({"names": [{"same": "*.{parent}"}]})),
    ] {
        let credential = spoilt(world, FIXTURE, &defect)?;
        wrong.push((step, credential, ServerConduct::default(), Telling::Right));
    }
    each_ends(world, wrong).await
}

/// AE/ESCERTKE/ORG/003
pub async fn checks_the_answer(world: &mut World<'_>) -> Result<(), Stop> {
    let credential = right(world, FIXTURE)?;
    let wrong = [
        ("other-type", Telling::OtherType),
        ("without-message", Telling::WithoutMessage),
        ("nothing", Telling::Nothing),
        ("error", Telling::Refusal),
    ];
    let wrong =
        wrong.map(|(step, telling)| (step, credential.clone(), ServerConduct::default(), telling));
    each_ends(world, wrong.to_vec()).await
}

/// AE/ESCERTKE/ORG/005
pub async fn refuses_other_choices(world: &mut World<'_>) -> Result<(), Stop> {
    offers_what_it_has_to(world).await?;
    let credential = right(world, FIXTURE)?;
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
    let wrong = choices.map(|(step, conduct)| (step, credential.clone(), conduct, Telling::Right));
    each_ends(world, wrong.to_vec()).await
}

/// Message 1 offers the mandatory suite, and none of another kind.
async fn offers_what_it_has_to(world: &World<'_>) -> Result<(), Stop> {
    let step = "offer";
    let came = completes(world, step, ROLE).await?;
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

/// What is wrong with the tester, by the name of a step.
type Wrong<'w> = (&'w str, Credential, ServerConduct, Telling);

/// The AE completes an exchange, ends each of these behind message 1, and completes another one.
async fn each_ends(world: &mut World<'_>, all: Vec<Wrong<'_>>) -> Result<(), Stop> {
    completes(world, "twin", Role::Twin).await?;
    for (step, credential, conduct, telling) in all {
        let came = exchange(world, step, ROLE, credential, conduct, telling).await?;
        if came.seen.client_hellos.is_empty() {
            let detail = format!("expected message 1, got {}", came.end);
            return Err(Stop::inconclusive(step, Reason::Precondition, detail));
        }
        let types = &came.seen.messages;
        if came.end.is_established() || types.contains(&HandshakeType::CLIENT_KEY_EXCHANGE) {
            return Err(wrong(step, ROLE, "no message 3", &came.end.to_string()));
        }
        world.note(format!("{step}: {}", came.end));
    }
    completes(world, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// The AE completes an exchange in which nothing is wrong.
async fn completes(world: &World<'_>, step: &str, role: Role) -> Result<Came, Stop> {
    let credential = right(world, FIXTURE)?;
    let conduct = ServerConduct::default();
    let came = exchange(world, step, role, credential, conduct, Telling::Right).await?;
    match came.end.is_established() {
        true => Ok(came),
        false => Err(wrong(
            step,
            role,
            "a complete exchange of four messages",
            &came.end.to_string(),
        )),
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
