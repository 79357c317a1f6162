//! Runs procedures that are otherwise: what is there before, the twin, each attempt, and the read-back.

mod handshake;
mod judge;
mod request;
mod subject;

use super::answers::{granted, is_refused};
use super::desk::Desk;
use super::line::Line;
use super::shown_key::shows;
use crate::catalogue::behaviour::{Deviation, Party, Procedure, Procedures, Role};
use crate::purposes::answer::Answer;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::link::OutgoingRequest;
use crate::verdict::{Cause, Judgement};
pub(super) use handshake::ALERTS;
use handshake::{conduct, conducts, handshake};
use judge::judge;
use onem2m_primitive::Request;
use onem2m_server::ServiceRole;
use request::{doubled, request};
use subject::{Subject, prepared, read_back};

/// Whether the data can be run.
pub fn check(procedures: &Procedures) -> Result<(), String> {
    for run in &procedures.runs {
        for conduct in conducts(run) {
            self::conduct(&conduct).map_err(|error| format!("{}: {error}", run.name))?;
        }
    }
    Ok(())
}

/// Runs them against the service with this role.
pub async fn run(
    world: &mut World<'_>,
    role: ServiceRole,
    procedures: &Procedures,
) -> Result<(), Stop> {
    let mut desk = Desk::new(world, role)?;
    desk.suid = procedures.suid.unwrap_or(desk.suid);
    let result = attempts(&mut desk, procedures).await;
    desk.clean_up().await;
    result.and_then(|()| desk.open.map_or(Ok(()), Err))
}

async fn attempts(desk: &mut Desk<'_, '_>, procedures: &Procedures) -> Result<(), Stop> {
    let procedure = procedures.procedure;
    let subject = prepared(desk, procedure).await?;
    for run in &procedures.runs {
        match procedure {
            Procedure::Handshake => handshake(desk, run).await?,
            _ => attempt(desk, run.procedure.unwrap_or(procedure), &subject, run).await?,
        }
    }
    read_back(desk, procedure, &subject).await
}

/// Attempts a procedure that is otherwise.
async fn attempt(
    desk: &mut Desk<'_, '_>,
    procedure: Procedure,
    subject: &Subject,
    run: &Deviation,
) -> Result<(), Stop> {
    let step = run.name.as_str();
    let usual = match procedure {
        Procedure::RetrieveKey => Party::Target,
        _ => Party::Source,
    };
    let party = run.party.unwrap_or(usual);
    if run.unregistered {
        unregister(desk, party).await?;
    }
    let request = request(desk, procedure, subject, run)?;
    let from = match &run.from {
        Some(from) => desk.filled_text(step, from)?,
        None => desk.id(party),
    };
    let twice = match &run.twice {
        None => None,
        Some(name) => Some(desk.wire_name(step, name)?),
    };
    let double = |request: &mut OutgoingRequest| {
        if let Some(name) = twice {
            *request = doubled(request, &name);
        }
    };
    let mut line = desk.line(step, Role::Stimulus, party).await?;
    let answer = desk
        .ask_as(&mut line, step, Role::Stimulus, request, &from, double)
        .await?;
    desk.keep(party, &answer);
    if let Some(key) = &subject.key
        && is_refused(&answer)
        && let Some(content) = answer.content()
        && shows(&content.to_string(), &key.value)
    {
        let judgement = Judgement::fail(Cause::Leak, "no octets of the key", "some");
        return Err(Stop::Judged(judgement.at(step)));
    }
    judge(desk, procedure, subject, run, &answer).await?;
    if matches!(procedure, Procedure::RegisterClient) {
        remove(desk, &mut line, step, &answer).await?;
    }
    if run.unregistered {
        desk.enrol(&format!("{step}: register again"), Role::SetUp, party)
            .await?;
    }
    Ok(())
}

/// The party ends its registration for the stakeholder that authorized all.
async fn unregister(desk: &mut Desk<'_, '_>, party: Party) -> Result<(), Stop> {
    let step = "unregister";
    let Some(path) = desk.registration_of(party) else {
        return Err(Stop::error(step, "there is no registration"));
    };
    let answer = desk
        .ask_anew(party, step, Role::SetUp, Request::delete(path))
        .await?;
    granted(step, Role::SetUp, &answer)
}

/// Ends what a response registered.
async fn remove<'a>(
    desk: &mut Desk<'_, 'a>,
    line: &mut Line<'a>,
    step: &str,
    answer: &Answer,
) -> Result<(), Stop> {
    let names = &desk.service.names;
    let content = answer.content().filter(|_| answer.succeeded());
    let object = content.and_then(|content| content.get(&names.client_registration));
    let id = object.and_then(|object| object.get(&names.registration_id)?.as_str());
    let Some(id) = id.map(str::to_owned) else {
        return Ok(());
    };
    let step = format!("{step}: end");
    let request = Request::delete(desk.path(&id));
    let answer = desk.ask(line, &step, Role::SetUp, request).await?;
    granted(&step, Role::SetUp, &answer)?;
    desk.forget(&id);
    Ok(())
}
