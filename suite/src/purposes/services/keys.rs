//! Key registrations (TS-0003 V3.18.0, 8.8.2.7, 8.8.2.9, 8.8.2.10 and 8.3.5.2.7, 8.3.5.2.9, 8.3.5.2.10).

use super::answers::{equal, granted, is_refused, members, refused, text, wrong};
use super::desk::Desk;
use super::line::{Line, label};
use super::shown_key::shows;
use crate::catalogue::behaviour::{Party, Role};
use crate::purposes::sae::By;
use crate::purposes::stop::Stop;
use crate::tester::handshake::conduct::TicketConduct;
use crate::verdict::{Cause, Judgement, Reason};
use onem2m_identity::RelativeKeyId;
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const SENT: Role = Role::Stimulus;

/// How many keys KEY/011 registers, and of which of them it ends every tenth.
const MANY: usize = 300;

/// KEY/001: a key without Key Value is what the session exports.
pub async fn is_exported(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let mut line = desk.line("register-key", SENT, Party::Source).await?;
    exports(desk, "register-key", &mut line).await
}

/// Registers a key without Key Value within a session; the target gets what the session exports.
async fn exports<'a>(desk: &mut Desk<'_, 'a>, step: &str, line: &mut Line<'a>) -> Result<(), Stop> {
    let names = desk.service.names.clone();
    let (suid, _) = desk.usages();
    let targets = [desk.id(Party::Target)];
    let parameters = desk.key_parameters(step, suid, &targets, None)?;
    let exported = line.exported(label(desk.service.role));
    let missing = || Stop::error(step, "nothing was exported");
    let (identifier, value) = exported.ok_or_else(missing)?;
    let (id, answer, members) = desk.key_within(line, step, SENT, parameters).await?;
    let source = json!(desk.id(Party::Source));
    equal(step, SENT, &answer, &members, (&names.source_id, &source))?;
    equal(step, SENT, &answer, &members, (&names.suid, &json!(suid)))?;
    equal(
        step,
        SENT,
        &answer,
        &members,
        (&names.target_ids, &json!(targets)),
    )?;
    let admin = json!(desk.service.stakeholder);
    equal(step, SENT, &answer, &members, (&names.admin_fqdn, &admin))?;
    text(step, SENT, &answer, &members, &names.expiration_time)?;
    tells_no_key(step, &members, &value)?;
    let looked = format!("{step}: retrieve");
    let answer = desk.retrieve(Party::Target, &looked, SENT, &id).await?;
    let (_, retrieved) = desk.retrieved(&looked, SENT, &answer)?;
    if retrieved != value {
        let expected = "octets 17 to 48 of what the session exports";
        let cause = Cause::WrongDecision;
        return Err(wrong(
            &looked,
            SENT,
            cause,
            expected,
            "another Key Value",
            &answer,
        ));
    }
    if !id.eq_ignore_ascii_case(&identifier) {
        let detail = "RelativeKeyID is not what the session exports (10.3.5), as 8.8.2.7 allows";
        let open = Stop::inconclusive(step, Reason::Precondition, detail);
        desk.open.get_or_insert(open);
    }
    Ok(())
}

fn tells_no_key(step: &str, members: &Map<String, Value>, key: &[u8]) -> Result<(), Stop> {
    match shows(&json!(members).to_string(), key) {
        false => Ok(()),
        true => {
            let judgement = Judgement::fail(Cause::Leak, "no octets of the key", "some");
            Err(Stop::Judged(judgement.at(step)))
        }
    }
}

/// KEY/002: what is exported follows from the master secret, whichever it is.
pub async fn is_exported_from_either_master(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let mut completed = 0;
    for (step, extended) in [("extended", true), ("without", false)] {
        let mut handshake = desk.handshake(step, Party::Source)?;
        handshake.conduct.hello.extended_master_secret = extended;
        let attempt = desk.attempt(step, SENT, &handshake).await?;
        if !attempt.end.is_established() && !extended {
            // A server may insist on the extension (RFC 7627, 5.2).
            desk.world.note(format!("{step}: {}", attempt.end));
            continue;
        }
        let mut line = Desk::over(step, SENT, Party::Source, attempt)?;
        exports(desk, step, &mut line).await?;
        completed += 1;
    }
    match completed {
        0 => Err(Stop::error("register-key", "no handshake was completed")),
        _ => Ok(()),
    }
}

/// KEY/003: a resumed session exports by its own randoms.
pub async fn is_exported_of_a_resumed_session(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    for by in [By::Ticket, By::SessionId] {
        let step = format!("first by {}", by.name());
        let mut handshake = desk.handshake(&step, Party::Source)?;
        if by == By::Ticket {
            handshake.conduct.hello.session_ticket = TicketConduct::Empty;
        }
        let mut first = desk
            .line_by(&step, Role::SetUp, Party::Source, &handshake)
            .await?;
        exports(desk, &step, &mut first).await?;
        let step = format!("resumed by {}", by.name());
        let mut handshake = desk.handshake(&step, Party::Source)?;
        handshake.earlier = Some(first.earlier.clone());
        handshake.conduct.resume = Some(by.resume());
        let mut line = desk.line_by(&step, SENT, Party::Source, &handshake).await?;
        if !line.association.is_resumed() {
            continue;
        }
        return exports(desk, &step, &mut line).await;
    }
    let detail = "the service resumed no session";
    Err(Stop::inconclusive("resumed", Reason::Precondition, detail))
}

/// KEY/004: two keys of one session have not the same identifier.
pub async fn is_exported_once(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let (suid, _) = desk.usages();
    let mut line = desk.line("first", SENT, Party::Source).await?;
    let targets = [desk.id(Party::Target)];
    let parameters = desk.key_parameters("first", suid, &targets, None)?;
    let (first, _, _) = desk
        .key_within(&mut line, "first", SENT, parameters)
        .await?;
    let step = "second";
    let targets = [desk.id(Party::Other)];
    let parameters = desk.key_parameters(step, suid, &targets, None)?;
    let request = desk.register_key(parameters);
    let answer = desk.ask(&mut line, step, SENT, request).await?;
    desk.keep(Party::Source, &answer);
    desk.world.note(format!("{step}: {answer}"));
    if !is_refused(&answer) {
        granted(step, SENT, &answer)?;
        let names = desk.service.names.clone();
        let members = members(step, SENT, &answer, &names.key_registration)?;
        let second = text(step, SENT, &answer, &members, &names.relative_key_id)?;
        if second == first {
            let cause = Cause::WrongDecision;
            return Err(wrong(
                step,
                SENT,
                cause,
                "an error, or another RelativeKeyID",
                &second,
                &answer,
            ));
        }
    }
    let step = "first: retrieve";
    let answer = desk.retrieve(Party::Target, step, SENT, &first).await?;
    granted(step, SENT, &answer)
}

/// KEY/005: a Key Value is kept octet for octet.
pub async fn is_kept(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let (suid, _) = desk.usages();
    for length in [32, 16, 64] {
        let step = format!("{length} octets");
        let mut value = desk.draw(&step);
        let more = desk.draw(&format!("{step}, more"));
        value.extend_from_slice(&more);
        value.truncate(length);
        let targets = [desk.id(Party::Target)];
        let parameters = desk.key_parameters(&step, suid, &targets, Some(&value))?;
        let request = desk.register_key(parameters);
        let answer = desk.ask_anew(Party::Source, &step, SENT, request).await?;
        desk.keep(Party::Source, &answer);
        if is_refused(&answer) && length != 32 {
            desk.world.note(format!("{step}: {answer}"));
            continue;
        }
        granted(&step, SENT, &answer)?;
        let names = desk.service.names.clone();
        let members = members(&step, SENT, &answer, &names.key_registration)?;
        let id = text(&step, SENT, &answer, &members, &names.relative_key_id)?;
        let looked = format!("{step}: retrieve");
        let answer = desk.retrieve(Party::Target, &looked, SENT, &id).await?;
        let (_, retrieved) = desk.retrieved(&looked, SENT, &answer)?;
        if retrieved != value {
            let cause = Cause::WrongDecision;
            let expected = "the Key Value that was sent";
            return Err(wrong(
                &looked,
                SENT,
                cause,
                expected,
                "another one",
                &answer,
            ));
        }
    }
    Ok(())
}

/// KEY/011: no RelativeKeyID comes twice, and each is one.
pub async fn has_an_identifier_of_its_own(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let (suid, _) = desk.usages();
    let targets = [desk.id(Party::Target)];
    let mut seen = BTreeSet::new();
    let mut line = desk.line("register", SENT, Party::Source).await?;
    for number in 0..MANY {
        let step = format!("register {number}");
        let value = desk.draw(&step);
        let parameters = desk.key_parameters(&step, suid, &targets, Some(&value))?;
        let (id, answer, _) = desk.key_within(&mut line, &step, SENT, parameters).await?;
        let expected = "a RelativeKeyID that was not used before";
        if RelativeKeyId::parse(&id).is_err() || !seen.insert(id.clone()) {
            return Err(wrong(
                &step,
                SENT,
                Cause::WrongDecision,
                expected,
                &id,
                &answer,
            ));
        }
        if number % 10 == 0 {
            let step = format!("end {number}");
            let request = Request::delete(desk.path(&id));
            let answer = desk.ask(&mut line, &step, SENT, request).await?;
            granted(&step, SENT, &answer)?;
            desk.forget(&id);
        }
    }
    Ok(())
}

/// KEY/012: the response names the authenticated source, and holds no key.
pub async fn tells_the_source(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let names = desk.service.names.clone();
    let (suid, _) = desk.usages();
    let targets = [desk.id(Party::Target)];
    let source = json!(desk.id(Party::Source));
    for (step, supplied) in [("with Key Value", true), ("without", false)] {
        let mut line = desk.line(step, SENT, Party::Source).await?;
        let value = match (supplied, line.exported(label(desk.service.role))) {
            (false, Some((_, value))) => value,
            _ => desk.draw(step),
        };
        let sent = supplied.then_some(value.as_slice());
        let parameters = desk.key_parameters(step, suid, &targets, sent)?;
        let request = desk.register_key(parameters);
        // From says nothing of who the source is.
        let from = desk.id(Party::Other);
        let answer = desk
            .ask_as(&mut line, step, SENT, request, &from, |_| {})
            .await?;
        desk.keep(Party::Source, &answer);
        if is_refused(&answer) {
            desk.world
                .note(format!("{step}: {answer} to a From of somebody else"));
            continue;
        }
        granted(step, SENT, &answer)?;
        let members = members(step, SENT, &answer, &names.key_registration)?;
        equal(step, SENT, &answer, &members, (&names.source_id, &source))?;
        tells_no_key(step, &members, &value)?;
        let id = text(step, SENT, &answer, &members, &names.relative_key_id)?;
        let looked = format!("{step}: retrieve by the source");
        let answer = desk.retrieve(Party::Source, &looked, SENT, &id).await?;
        desk.world.note(format!("{looked}: {answer}"));
    }
    Ok(())
}

/// KEY/013: an update changes what it holds, and its response holds no more.
pub async fn is_updated(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let key = desk.key("register-key", Role::SetUp).await?;
    let names = desk.service.names.clone();
    let later = desk.moment("later", time::Duration::minutes(30))?;
    let other = desk.id(Party::Other);
    for (step, name, value) in [
        ("labels", &names.labels, json!(["b"])),
        ("targets", &names.target_ids, json!([other])),
        ("time", &names.expiration_time, json!(later)),
    ] {
        let parameters = Map::from_iter([(name.clone(), value.clone())]);
        let request = desk.update_key(&key.id, parameters);
        let answer = desk.ask_anew(Party::Source, step, SENT, request).await?;
        granted(step, SENT, &answer)?;
        let echoed = members(step, SENT, &answer, &names.key_registration)?;
        if let Some(more) = echoed.keys().find(|member| *member != name) {
            let cause = Cause::WrongDecision;
            return Err(wrong(
                step,
                SENT,
                cause,
                "what the request held",
                more,
                &answer,
            ));
        }
    }
    let step = "nothing";
    let request = desk.update_key(&key.id, Map::new());
    let answer = desk.ask_anew(Party::Source, step, SENT, request).await?;
    refused(step, SENT, &answer)?;
    let step = "retrieve";
    let answer = desk.retrieve(Party::Other, step, SENT, &key.id).await?;
    let (members, _) = desk.retrieved(step, SENT, &answer)?;
    equal(
        step,
        SENT,
        &answer,
        &members,
        (&names.expiration_time, &json!(later)),
    )
}

/// KEY/014: the new list of targets decides at once.
pub async fn has_new_targets_at_once(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let key = desk.key("register-key", Role::SetUp).await?;
    let names = desk.service.names.clone();
    let step = "before";
    let answer = desk.retrieve(Party::Target, step, SENT, &key.id).await?;
    granted(step, SENT, &answer)?;
    let step = "targets";
    let other = desk.id(Party::Other);
    let parameters = Map::from_iter([(names.target_ids.clone(), json!([other]))]);
    let request = desk.update_key(&key.id, parameters);
    let answer = desk.ask_anew(Party::Source, step, SENT, request).await?;
    granted(step, SENT, &answer)?;
    let answer = desk.retrieve(Party::Other, "other", SENT, &key.id).await?;
    desk.retrieved("other", SENT, &answer)?;
    let answer = desk
        .retrieve(Party::Target, "target", SENT, &key.id)
        .await?;
    refused("target", SENT, &answer)
}

/// KEY/018: an ended key is nobody's.
pub async fn is_ended(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let key = desk.key("register-key", Role::SetUp).await?;
    let answer = desk
        .retrieve(Party::Target, "before", SENT, &key.id)
        .await?;
    granted("before", SENT, &answer)?;
    let end = || Request::delete(desk.path(&key.id));
    let answer = desk.ask_anew(Party::Source, "end", SENT, end()).await?;
    granted("end", SENT, &answer)?;
    let answer = desk
        .retrieve(Party::Target, "retrieve", SENT, &key.id)
        .await?;
    refused("retrieve", SENT, &answer)?;
    let answer = desk
        .ask_anew(Party::Source, "end-again", SENT, end())
        .await?;
    refused("end-again", SENT, &answer)
}
