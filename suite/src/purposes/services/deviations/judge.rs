use super::subject::{Subject, changed, command_id};
use crate::catalogue::behaviour::{Deviation, DeviationEnds, Party, Procedure, Role};
use crate::purposes::answer::Answer;
use crate::purposes::services::answers::{self, granted, is_refused, members, refused};
use crate::purposes::services::desk::Desk;
use crate::purposes::services::requests::octets;
use crate::purposes::stop::Stop;
use crate::tester::template::read_basic;
use crate::verdict::{Cause, Reason};
use serde_json::Value;

/// Whether an attempt came to what it has to come to.
pub(super) async fn judge(
    desk: &mut Desk<'_, '_>,
    procedure: Procedure,
    subject: &Subject,
    run: &Deviation,
    answer: &Answer,
) -> Result<(), Stop> {
    let (step, role) = (run.name.as_str(), Role::Stimulus);
    if run.ends == DeviationEnds::Granted {
        return granted(step, role, answer);
    }
    if run.ends == DeviationEnds::Served {
        granted(step, role, answer)?;
        return both_get(desk, step, answer).await;
    }
    if is_refused(answer) || !answer.succeeded() {
        return refused(step, role, answer);
    }
    match run.ends {
        DeviationEnds::Open => {
            let detail = format!("{answer}, and no clause names the check");
            let open = Stop::inconclusive(step, Reason::Precondition, detail);
            desk.open.get_or_insert(open);
        }
        DeviationEnds::Harmless => nobody_gets(desk, run, answer).await?,
        DeviationEnds::Kept => is_kept(desk, run, answer).await?,
        DeviationEnds::OneTarget => one_target(desk, step, answer)?,
        DeviationEnds::ToCome => to_come(desk, procedure, step, answer)?,
        // A report on another command is discarded, and the latest is issued again (TS-0003 V3.18.0, 8.3.9.3).
        DeviationEnds::Ineffective if procedure == Procedure::ReportCommand => {
            let latest = command_id(desk, step, role, answer)?;
            if latest != subject.command {
                return Err(changed(step, "the command that was issued", "another one"));
            }
        }
        DeviationEnds::Ineffective | DeviationEnds::Noted => {
            desk.world.note(format!("{step}: {answer}"));
        }
        _ => return refused(step, role, answer),
    }
    Ok(())
}

/// A key that was registered for somebody strange is nobody's.
async fn nobody_gets(
    desk: &mut Desk<'_, '_>,
    run: &Deviation,
    answer: &Answer,
) -> Result<(), Stop> {
    let step = run.name.as_str();
    let id = registered_id(desk, step, answer)?;
    for party in [Party::Target, Party::Other] {
        let step = format!("{step}: retrieve");
        let answer = desk.retrieve(party, &step, Role::Stimulus, &id).await?;
        refused(&step, Role::Stimulus, &answer)?;
    }
    Ok(())
}

/// The RelativeKeyID in a response.
fn registered_id(desk: &Desk<'_, '_>, step: &str, answer: &Answer) -> Result<String, Stop> {
    let names = &desk.service.names;
    let members = members(step, Role::Stimulus, answer, &names.key_registration)?;
    answers::text(
        step,
        Role::Stimulus,
        answer,
        &members,
        &names.relative_key_id,
    )
}

/// Both whom the list names get the key.
async fn both_get(desk: &Desk<'_, '_>, step: &str, answer: &Answer) -> Result<(), Stop> {
    let id = registered_id(desk, step, answer)?;
    for party in [Party::Target, Party::Other] {
        let step = format!("{step}: retrieve");
        let answer = desk.retrieve(party, &step, Role::Stimulus, &id).await?;
        desk.retrieved(&step, Role::Stimulus, &answer)?;
    }
    Ok(())
}

/// What the target gets is what was sent; an empty Key Value may stand for none.
async fn is_kept(desk: &mut Desk<'_, '_>, run: &Deviation, answer: &Answer) -> Result<(), Stop> {
    let id = registered_id(desk, &run.name, answer)?;
    let sent = run.with.get("key_value").and_then(Value::as_str);
    let sent = desk.filled_text(&run.name, sent.unwrap_or_default())?;
    let sent = octets(&sent).unwrap_or_default();
    let step = format!("{}: retrieve", run.name);
    let answer = desk
        .retrieve(Party::Target, &step, Role::Stimulus, &id)
        .await?;
    granted(&step, Role::Stimulus, &answer)?;
    let names = &desk.service.names;
    let members = members(&step, Role::Stimulus, &answer, &names.key_registration)?;
    let value = members.get(&names.key_value).and_then(Value::as_str);
    let value = value.and_then(octets).unwrap_or_default();
    let is_kept = match sent.is_empty() {
        true => !value.is_empty(),
        false => value == sent,
    };
    match is_kept {
        true => Ok(()),
        false => {
            let observed = format!("{} octets", value.len());
            let expected = "the Key Value that was sent, or an exported one for none";
            let cause = Cause::WrongDecision;
            Err(answers::wrong(
                &step,
                Role::Stimulus,
                cause,
                expected,
                &observed,
                &answer,
            ))
        }
    }
}

fn one_target(desk: &mut Desk<'_, '_>, step: &str, answer: &Answer) -> Result<(), Stop> {
    let names = &desk.service.names;
    let members = members(step, Role::Stimulus, answer, &names.key_registration)?;
    let targets = members.get(&names.target_ids).and_then(Value::as_array);
    match targets.map(Vec::len) {
        Some(1) => Ok(()),
        other => Err(answers::wrong(
            step,
            Role::Stimulus,
            Cause::WrongDecision,
            "an error response, or one target",
            &format!("{} targets", other.unwrap_or_default()),
            answer,
        )),
    }
}

fn to_come(
    desk: &mut Desk<'_, '_>,
    procedure: Procedure,
    step: &str,
    answer: &Answer,
) -> Result<(), Stop> {
    let names = &desk.service.names;
    let content = match procedure {
        Procedure::RegisterKey | Procedure::UpdateKey => &names.key_registration,
        _ => &names.client_registration,
    };
    let members = members(step, Role::Stimulus, answer, content)?;
    let name = names.expiration_time.clone();
    let expires = answers::text(step, Role::Stimulus, answer, &members, &name)?;
    let now = desk.world.now(step)?;
    match read_basic(&expires).is_some_and(|expires| expires > now) {
        true => Ok(()),
        false => Err(answers::wrong(
            step,
            Role::Stimulus,
            Cause::WrongDecision,
            "an error response, or a time to come",
            &expires,
            answer,
        )),
    }
}
