//! Sessions with a key service (TS-0003 V3.18.0, 8.8.2.2 and 8.3.5.2.2).

use super::answers::{equal, granted};
use super::clear;
use super::desk::Desk;
use crate::catalogue::behaviour::{Ends, Fixture, Party, Role};
use crate::purposes::answer::Answer;
use crate::purposes::sae::{certificate_of_function, compare, holder};
use crate::purposes::stop::Stop;
use crate::tester::handshake::conduct::IdentityChange;
use crate::tester::handshake::{Credential, Handshake};
use crate::tester::link::{Call, Received, Way};
use crate::verdict::{Cause, Judgement, Reason};
use onem2m_primitive::Request;
use serde_json::json;

/// HS/001: the client of a key is whom the service was told.
pub async fn identifies_by_key(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let handshake = desk.handshake("register", Party::Source)?;
    let client = desk.id(Party::Source);
    registers_as(desk, "register", &handshake, &client).await
}

/// Within the session of a handshake the client is registered under its identifier.
async fn registers_as(
    desk: &mut Desk<'_, '_>,
    step: &str,
    handshake: &Handshake,
    client: &str,
) -> Result<(), Stop> {
    let role = Role::Stimulus;
    let mut line = desk.line_by(step, role, Party::Source, handshake).await?;
    let admin = desk.service.stakeholder.clone();
    let parameters = desk.client_parameters(step, &admin)?;
    let (id, answer, members) = desk.enrol_within(&mut line, step, role, parameters).await?;
    let name = desk.service.names.client_id.clone();
    equal(step, role, &answer, &members, (&name, &json!(client)))?;
    let end = format!("{step}: end");
    let request = Request::delete(desk.path(&id));
    let answer = desk.ask(&mut line, &end, role, request).await?;
    granted(&end, role, &answer)?;
    desk.forget(&id);
    Ok(())
}

/// HS/005: the client of a certificate is whom the service was told, for each flavour of the profile that stands for one entity.
pub async fn identifies_by_certificate(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let mut judged = 0;
    for (name, fixture) in [
        ("ae-id", Fixture::AeCertificate),
        ("cse-id", Fixture::CseCertificate),
        ("device", Fixture::DeviceCertificate),
        ("node-id", Fixture::NodeCertificate),
        ("raw-public-key", Fixture::RawKey),
    ] {
        let Ok(holder) = holder(desk.world, fixture) else {
            continue;
        };
        let [entity] = holder.entities.as_slice() else {
            desk.world
                .note(format!("{name}: it stands for several entities"));
            continue;
        };
        let client = desk.absolute(entity);
        let mut handshake = desk.handshake(name, Party::Source)?;
        handshake.credential = holder.credential;
        names_itself(desk, name, &handshake).await?;
        registers_as(desk, name, &handshake, &client).await?;
        judged += 1;
    }
    match judged {
        0 => {
            let detail = "no certificate of the profile stands for one entity";
            Err(Stop::inconclusive("credential", Reason::TestBed, detail))
        }
        _ => Ok(()),
    }
}

/// The certificate of the service has its FQDN, and the profile of certificates (TS-0003 V3.18.0, 10.1.1.6).
pub(super) async fn names_itself(
    desk: &Desk<'_, '_>,
    name: &str,
    handshake: &Handshake,
) -> Result<(), Stop> {
    if matches!(handshake.credential, Credential::RawPublicKey { .. }) {
        return Ok(());
    }
    let step = format!("{name}: certificate");
    let attempt = desk.attempt(&step, Role::Stimulus, handshake).await?;
    let Some(own) = attempt.seen.certificates.first() else {
        compare(&step, &Ends::Established, &attempt.end)?;
        let expected = "a certificate of the service";
        let judgement = Judgement::fail(Cause::WrongDecision, expected, "none");
        return Err(Stop::Judged(judgement.at(step)));
    };
    certificate_of_function(own, &desk.service.fqdn).map_err(|finding| Stop::found(&step, finding))
}

/// HS/008: what comes in the clear has no effect.
pub async fn serves_nobody_in_the_clear(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let key = desk.key("twin", Role::Twin).await?;
    let admin = desk.service.second_stakeholder.clone();
    let client = desk.client_parameters("client", &admin)?;
    let (suid, _) = desk.usages();
    let targets = [desk.id(Party::Target)];
    let value = desk.draw("clear");
    let parameters = desk.key_parameters("key", suid, &targets, Some(&value))?;
    for (step, party, request) in [
        ("client", Party::Source, desk.register_client(client)),
        ("key", Party::Source, desk.register_key(parameters)),
        (
            "retrieval",
            Party::Target,
            Request::retrieve(desk.path(&key.id)),
        ),
    ] {
        comes_to_nothing(desk, step, party, request).await?;
    }
    let (step, role) = ("read-back", Role::ReadBack);
    let answer = desk.retrieve(Party::Target, step, role, &key.id).await?;
    let (_, retrieved) = desk.retrieved(step, role, &answer)?;
    match retrieved == key.value {
        true => Ok(()),
        false => Err(Stop::error(step, "another key")),
    }
}

/// What is asked in the clear is not granted.
pub(super) async fn comes_to_nothing(
    desk: &mut Desk<'_, '_>,
    step: &str,
    party: Party,
    request: Request,
) -> Result<(), Stop> {
    let from = desk.id(party);
    let (outgoing, identifier) = desk.world.prepare("clear", step, request, Some(&from))?;
    let call = Call {
        actor: "clear".to_owned(),
        step: step.to_owned(),
        role: Role::Stimulus,
        way: Way::default(),
        patience: None,
        request: outgoing,
    };
    let received = clear::in_the_clear(desk, &call).await?;
    let answer = Answer::read(&received, &identifier);
    desk.keep(party, &answer);
    let is_success =
        matches!(received, Received::Http { status, .. } if (200..300).contains(&status));
    match answer.succeeded() || is_success {
        true => {
            let judgement = Judgement::fail(Cause::WrongDecision, "no success", answer.to_string());
            Err(Stop::Judged(judgement.at(step)))
        }
        false => {
            desk.world.note(format!("{step}: {answer}"));
            Ok(())
        }
    }
}

/// HS/009: the letter case of the relative part of a KmID does not count (TS-0003 V3.18.0, 10.6).
pub async fn folds_the_relative_part(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let client = desk.id(Party::Source);
    for (step, change) in [
        ("capitals", IdentityChange::UpperCaseRelative),
        ("mixed", IdentityChange::MixedCase),
    ] {
        let mut handshake = desk.handshake(step, Party::Source)?;
        handshake.conduct.identity = change;
        registers_as(desk, step, &handshake, &client).await?;
    }
    let step = "capitals in the FQDN";
    let mut handshake = desk.handshake(step, Party::Source)?;
    handshake.conduct.identity = IdentityChange::UpperCase;
    let attempt = desk.attempt(step, Role::Stimulus, &handshake).await?;
    desk.world.note(format!("{step}: {}", attempt.end));
    Ok(())
}
