//! Client registrations (TS-0003 V3.18.0, 8.8.2.3 to 8.8.2.6 and 8.3.5.2.3 to 8.3.5.2.6).

use super::answers::{equal, granted, is_refused, members, refused, text, wrong};
use super::desk::Desk;
use crate::catalogue::behaviour::{Party, Role};
use crate::purposes::answer::Answer;
use crate::purposes::stop::Stop;
use crate::tester::template::read_basic;
use crate::verdict::Cause;
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};

const SENT: Role = Role::Stimulus;

/// CLR/001: the response holds what it must, and the record is there.
pub async fn is_recorded(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let step = "register";
    let admin = desk.service.stakeholder.clone();
    let mut parameters = desk.client_parameters(step, &admin)?;
    let names = desk.service.names.clone();
    parameters.insert(names.labels.clone(), json!(["a"]));
    let mut line = desk.line(step, SENT, Party::Source).await?;
    let (id, answer, members) = desk.enrol_within(&mut line, step, SENT, parameters).await?;
    let expires = text(step, SENT, &answer, &members, &names.expiration_time)?;
    let now = desk.world.now(step)?;
    if read_basic(&expires).is_none_or(|expires| expires <= now) {
        let cause = Cause::WrongDecision;
        return Err(wrong(
            step,
            SENT,
            cause,
            "a time to come",
            &expires,
            &answer,
        ));
    }
    let client = json!(desk.id(Party::Source));
    equal(step, SENT, &answer, &members, (&names.client_id, &client))?;
    equal(
        step,
        SENT,
        &answer,
        &members,
        (&names.admin_fqdn, &json!(admin)),
    )?;
    if members.get(&names.labels) != Some(&json!(["a"])) {
        desk.world
            .note("the labels are others than those asked for".to_owned());
    }
    let step = "retrieve";
    let (answer, record) = record(desk, Party::Source, step, &id).await?;
    for name in [&names.expiration_time, &names.client_id, &names.admin_fqdn] {
        let value = members.get(name).unwrap_or(&Value::Null);
        equal(step, SENT, &answer, &record, (name, value))?;
    }
    Ok(())
}

async fn record(
    desk: &Desk<'_, '_>,
    party: Party,
    step: &str,
    id: &str,
) -> Result<(Answer, Map<String, Value>), Stop> {
    let request = Request::retrieve(desk.path(id));
    let answer = desk.ask_anew(party, step, SENT, request).await?;
    granted(step, SENT, &answer)?;
    let name = &desk.service.names.client_registration;
    let members = members(step, SENT, &answer, name)?;
    Ok((answer, members))
}

/// CLR/002: From says nothing of who the client is.
pub async fn comes_from_the_session(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let twin = desk.enrol("twin", Role::Twin, Party::Source).await?;
    leave(desk, Party::Source, "twin: end", Role::SetUp, &twin).await?;
    let names = desk.service.names.clone();
    let admin = desk.service.stakeholder.clone();
    let target = desk.id(Party::Target);
    for (step, named) in [("from", false), ("client-id", true)] {
        let mut parameters = desk.client_parameters(step, &admin)?;
        if named {
            parameters.insert(names.client_id.clone(), json!(target));
        }
        let request = desk.register_client(parameters);
        let mut line = desk.line(step, SENT, Party::Source).await?;
        let answer = desk
            .ask_as(&mut line, step, SENT, request, &target, |_| {})
            .await?;
        desk.keep(Party::Source, &answer);
        if is_refused(&answer) {
            desk.world.note(format!("{step}: {answer}"));
            continue;
        }
        granted(step, SENT, &answer)?;
        let members = members(step, SENT, &answer, &names.client_registration)?;
        let client = json!(desk.id(Party::Source));
        equal(step, SENT, &answer, &members, (&names.client_id, &client))?;
        let id = text(step, SENT, &answer, &members, &names.registration_id)?;
        leave(desk, Party::Source, &format!("{step}: end"), SENT, &id).await?;
    }
    // Nobody is registered in the place of the target.
    desk.enrol("read-back", Role::ReadBack, Party::Target)
        .await?;
    Ok(())
}

async fn leave(
    desk: &mut Desk<'_, '_>,
    party: Party,
    step: &str,
    role: Role,
    id: &str,
) -> Result<(), Stop> {
    let request = Request::delete(desk.path(id));
    let answer = desk.ask_anew(party, step, role, request).await?;
    granted(step, role, &answer)?;
    desk.forget(id);
    Ok(())
}

/// CLR/007: each stakeholder has a record of its own.
pub async fn are_kept_apart(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let first = desk.enrol("first", SENT, Party::Source).await?;
    let step = "second";
    let admin = desk.service.second_stakeholder.clone();
    let parameters = desk.client_parameters(step, &admin)?;
    let mut line = desk.line(step, SENT, Party::Source).await?;
    let (second, answer, _) = desk.enrol_within(&mut line, step, SENT, parameters).await?;
    if first == second {
        let cause = Cause::WrongDecision;
        return Err(wrong(
            step,
            SENT,
            cause,
            "another identifier",
            &second,
            &answer,
        ));
    }
    let (answer, members) = record(desk, Party::Source, "first: retrieve", &first).await?;
    let names = desk.service.names.clone();
    let admin = json!(desk.service.stakeholder);
    equal(
        "first: retrieve",
        SENT,
        &answer,
        &members,
        (&names.admin_fqdn, &admin),
    )?;
    leave(desk, Party::Source, "second: end", SENT, &second).await?;
    record(desk, Party::Source, "first: still there", &first).await?;
    Ok(())
}

/// CLR/008: a second registration for the same stakeholder makes no second record of one identifier.
pub async fn is_not_doubled(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let first = desk.enrol("first", Role::SetUp, Party::Source).await?;
    let step = "again";
    let admin = desk.service.stakeholder.clone();
    let parameters = desk.client_parameters(step, &admin)?;
    let request = desk.register_client(parameters);
    let answer = desk.ask_anew(Party::Source, step, SENT, request).await?;
    desk.keep(Party::Source, &answer);
    desk.world.note(format!("{step}: {answer}"));
    if is_refused(&answer) {
        record(desk, Party::Source, "first: still there", &first).await?;
        return Ok(());
    }
    granted(step, SENT, &answer)?;
    let names = desk.service.names.clone();
    let members = members(step, SENT, &answer, &names.client_registration)?;
    let second = text(step, SENT, &answer, &members, &names.registration_id)?;
    let step = "end";
    leave(desk, Party::Source, step, SENT, &second).await?;
    let gone = desk
        .ask_anew(
            Party::Source,
            "retrieve",
            SENT,
            Request::retrieve(desk.path(&second)),
        )
        .await?;
    refused("retrieve", SENT, &gone)
}

/// CLR/009: an update changes what it holds, and its response holds no more.
pub async fn is_updated(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let id = desk.enrol("register", Role::SetUp, Party::Source).await?;
    let names = desk.service.names.clone();
    let later = desk.moment("later", time::Duration::minutes(20))?;
    let latest = desk.moment("latest", time::Duration::minutes(30))?;
    let (labels, expires) = (names.labels.clone(), names.expiration_time.clone());
    for (step, parameters) in [
        ("labels", Map::from_iter([(labels.clone(), json!(["b"]))])),
        ("time", Map::from_iter([(expires.clone(), json!(later))])),
        (
            "both",
            Map::from_iter([
                (labels.clone(), json!(["c"])),
                (expires.clone(), json!(latest)),
            ]),
        ),
    ] {
        let request = desk.update_client(&id, parameters.clone());
        let answer = desk.ask_anew(Party::Source, step, SENT, request).await?;
        granted(step, SENT, &answer)?;
        let echoed = members(step, SENT, &answer, &names.client_registration)?;
        for name in [&labels, &expires] {
            if echoed.contains_key(name) && !parameters.contains_key(name) {
                let cause = Cause::WrongDecision;
                return Err(wrong(
                    step,
                    SENT,
                    cause,
                    "what the request held",
                    name,
                    &answer,
                ));
            }
        }
        let looked = format!("{step}: retrieve");
        let (answer, record) = record(desk, Party::Source, &looked, &id).await?;
        for name in parameters.keys() {
            let value = echoed.get(name).or_else(|| parameters.get(name));
            equal(
                &looked,
                SENT,
                &answer,
                &record,
                (name, value.unwrap_or(&Value::Null)),
            )?;
        }
    }
    Ok(())
}

/// CLR/013: a configuration is for the client of its registration, and there is none where none was told.
pub async fn configuration_is_its_own(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let source = desk
        .enrol("register-source", Role::SetUp, Party::Source)
        .await?;
    let other = desk
        .enrol("register-other", Role::SetUp, Party::Other)
        .await?;
    let own = |desk: &Desk<'_, '_>| Request::retrieve(desk.configuration_path(&source));
    let request = own(desk);
    let answer = desk
        .ask_anew(Party::Source, "twin", Role::Twin, request)
        .await?;
    granted("twin", Role::Twin, &answer)?;
    for (step, party, id) in [
        ("none", Party::Other, other.as_str()),
        ("of-the-source", Party::Other, source.as_str()),
        ("unknown", Party::Source, "unknown-registration"),
    ] {
        let request = Request::retrieve(desk.configuration_path(id));
        let answer = desk.ask_anew(party, step, SENT, request).await?;
        refused(step, SENT, &answer)?;
    }
    let request = own(desk);
    let answer = desk
        .ask_anew(Party::Source, "read-back", Role::ReadBack, request)
        .await?;
    granted("read-back", Role::ReadBack, &answer)
}

/// CLR/014: an ended registration is gone, and the services with it.
pub async fn is_ended(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let id = desk.enrol_all().await?;
    leave(desk, Party::Source, "end", SENT, &id).await?;
    let request = Request::retrieve(desk.path(&id));
    let answer = desk
        .ask_anew(Party::Source, "retrieve", SENT, request)
        .await?;
    refused("retrieve", SENT, &answer)?;
    let step = "register-key";
    let (suid, _) = desk.usages();
    let targets = [desk.id(Party::Target)];
    let value = desk.draw(step);
    let parameters = desk.key_parameters(step, suid, &targets, Some(&value))?;
    let request = desk.register_key(parameters);
    let answer = desk.ask_anew(Party::Source, step, SENT, request).await?;
    desk.keep(Party::Source, &answer);
    refused(step, SENT, &answer)?;
    let request = Request::delete(desk.path(&id));
    let answer = desk
        .ask_anew(Party::Source, "end-again", SENT, request)
        .await?;
    refused("end-again", SENT, &answer)
}
