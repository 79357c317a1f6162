//! Requests of whom no handshake has authenticated.

use super::super::clear;
use super::super::desk::Desk;
use super::exchange::{Asked, Told, differs, otherwise, signed, told};
use super::refusals::enrolled;
use crate::catalogue::behaviour::{Party, Role};
use crate::purposes::stop::Stop;
use crate::tester::certificate::KeyAlgorithm;
use crate::tester::handshake::Credential;
use crate::tester::link::{Call, Way};
use crate::verdict::Cause;

const SENT: Role = Role::Stimulus;

/// What somebody without a client's session tries. Passwords are those that RFC 7617 and RFC 7616 show.
const BASIC: &str = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
const DIGEST: &str = "Digest username=\"Mufasa\", realm=\"est\", nonce=\"n\", uri=\"/.well-known/est/simpleenroll\", response=\"00000000000000000000000000000000\"";

/// EST/010: no certificate without the handshake of a client, or outside of TLS.
pub async fn serves_clients_alone(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    enrolled(desk, "twin", Role::Twin).await?;
    let request = request(desk).await?;
    for operation in ["simpleenroll", "cacerts"] {
        let asked = || match operation {
            "simpleenroll" => Asked::post(operation, &request),
            _ => Asked::get(operation),
        };
        for step in ["anonymous", "clear"] {
            let step = format!("{step}: {operation}");
            let came = match step.starts_with("anonymous") {
                true => anonymously(desk, &step, asked()).await?,
                false => in_the_clear(desk, &step, asked()).await?,
            };
            match came {
                Some(told) if told.succeeded() && operation == "simpleenroll" => {
                    return Err(otherwise(
                        &step,
                        SENT,
                        Cause::WrongDecision,
                        "no success",
                        &told,
                    ));
                }
                Some(told) => desk.world.note(format!("{step}: HTTP {}", told.status)),
                None => desk.world.note(format!("{step}: no answer of HTTP")),
            }
        }
    }
    enrolled(desk, "read-back", Role::ReadBack).await
}

/// EST/011: a password of HTTP helps nobody, and nobody is asked for one.
pub async fn asks_for_no_password(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    enrolled(desk, "twin", Role::Twin).await?;
    let request = request(desk).await?;
    for (scheme, value) in [("basic", BASIC), ("digest", DIGEST)] {
        let with_password = || {
            let mut asked = Asked::post("simpleenroll", &request);
            asked.headers.push(("authorization", value.to_owned()));
            asked
        };
        let step = format!("anonymous: {scheme}");
        if let Some(told) = anonymously(desk, &step, with_password()).await? {
            asked_for_none(&step, &told)?;
            if told.succeeded() {
                return Err(otherwise(
                    &step,
                    SENT,
                    Cause::WrongDecision,
                    "no success",
                    &told,
                ));
            }
        }
        // Another client's request, within a session.
        let step = format!("other-client: {scheme}");
        let before = format!("{step}: session");
        let mut line = desk.line(&before, Role::SetUp, Party::Other).await?;
        let told = desk.est(&mut line, &step, SENT, with_password()).await?;
        asked_for_none(&step, &told)?;
        if !told.is_refused() {
            return Err(otherwise(
                &step,
                SENT,
                Cause::WrongDecision,
                "HTTP 4xx",
                &told,
            ));
        }
    }
    enrolled(desk, "read-back", Role::ReadBack).await
}

fn asked_for_none(step: &str, told: &Told) -> Result<(), Stop> {
    match told.asks_for_password {
        false => Ok(()),
        true => {
            let observed = format!("HTTP {} with WWW-Authenticate", told.status);
            Err(differs(
                step,
                SENT,
                Cause::WrongDecision,
                "no WWW-Authenticate",
                &observed,
            ))
        }
    }
}

/// A request of the source that would be certified within its session.
async fn request(desk: &Desk<'_, '_>) -> Result<Vec<u8>, Stop> {
    let (step, role) = ("csrattrs", Role::SetUp);
    let mut line = desk.line(step, role, Party::Source).await?;
    let attributes = desk.attributes(&mut line, step, role).await?;
    let request = desk.signing_request(vec![desk.name(Party::Source)], &attributes);
    let key = desk.fresh(KeyAlgorithm::P256, "outside")?;
    signed(step, &request, &key)
}

/// Over TLS without a credential of the client; nothing if the service wants one.
async fn anonymously(desk: &Desk<'_, '_>, step: &str, asked: Asked) -> Result<Option<Told>, Stop> {
    let mut handshake = desk.handshake(step, Party::Source)?;
    handshake.credential = Credential::None;
    let attempt = desk.attempt(step, SENT, &handshake).await?;
    let Some(mut association) = attempt.association else {
        return Ok(None);
    };
    let call = call(desk, step, asked);
    let received = desk.world.call_over(&mut association, &call).await;
    let received = received.map_err(|error| Stop::link(step, &error))?;
    Ok(told(&received))
}

/// Without TLS, on the port of the service.
async fn in_the_clear(desk: &Desk<'_, '_>, step: &str, asked: Asked) -> Result<Option<Told>, Stop> {
    let call = call(desk, step, asked);
    let received = clear::in_the_clear(desk, &call).await?;
    Ok(told(&received))
}

fn call(desk: &Desk<'_, '_>, step: &str, asked: Asked) -> Call {
    Call {
        actor: "nobody".into(),
        step: step.into(),
        role: SENT,
        way: Way::default(),
        patience: None,
        request: desk.outgoing(asked),
    }
}
