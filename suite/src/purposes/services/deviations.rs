//! Runs procedures that are otherwise: what is there before, the twin, each attempt, and the read-back.

use super::answers::{self, granted, is_refused, members, refused};
use super::desk::{Desk, Registered};
use super::line::Line;
use super::requests::{Parameters, base64, octets};
use crate::catalogue::behaviour::{
    Deviation, DeviationEnds, Ends, Party, Procedure, Procedures, Role,
};
use crate::purposes::answer::Answer;
use crate::purposes::sae::{compare, spoilt};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::Conduct;
use crate::tester::link::OutgoingRequest;
use crate::tester::template::read_basic;
use crate::verdict::{Cause, Judgement, Reason};
use onem2m_primitive::Request;
use onem2m_server::ServiceRole;
use serde_json::{Map, Value, json};

/// Alerts that a client with a wrong credential or offer may expect; another one is noted (RFC 4279, 2; RFC 5246, 7.2.2).
const ALERTS: [u8; 10] = [10, 20, 40, 42, 45, 47, 48, 51, 70, 115];

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
    let result = attempts(&mut desk, procedures).await;
    desk.clean_up().await;
    result.and_then(|()| desk.open.map_or(Ok(()), Err))
}

fn conducts(run: &Deviation) -> Vec<Map<String, Value>> {
    let on_top = |variant: &Map<String, Value>| {
        let mut conduct = run.conduct.clone();
        conduct.extend(variant.clone());
        conduct
    };
    match run.variants.is_empty() {
        true => vec![run.conduct.clone()],
        false => run.variants.iter().map(on_top).collect(),
    }
}

fn conduct(value: &Map<String, Value>) -> Result<Conduct, String> {
    serde_json::from_value(Value::Object(value.clone())).map_err(|error| error.to_string())
}

/// What the attempts are about.
struct Subject {
    /// The identifier of the client registration of the source.
    registration: String,
    /// A key of the source for the target.
    key: Option<Registered>,
    /// How the registration looked, or what the target retrieved.
    before: Map<String, Value>,
    /// The latest command.
    command: String,
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

/// Makes what has to be there, and the twin.
async fn prepared(desk: &mut Desk<'_, '_>, procedure: Procedure) -> Result<Subject, Stop> {
    let mut subject = Subject {
        registration: String::new(),
        key: None,
        before: Map::new(),
        command: String::new(),
    };
    match procedure {
        Procedure::Handshake | Procedure::RegisterClient => {
            let id = desk.enrol("twin", Role::Twin, Party::Source).await?;
            end(desk, "twin: end", &id).await?;
            return Ok(subject);
        }
        _ => subject.registration = desk.enrol_all().await?,
    }
    let id = subject.registration.clone();
    match procedure {
        Procedure::Handshake | Procedure::RegisterClient => {}
        Procedure::UpdateClient => {
            let labels = Map::from_iter([(desk.service.names.labels.clone(), json!(["twin"]))]);
            let request = desk.update_client(&id, labels);
            twin(desk, Party::Source, request).await?;
            subject.before = registration(desk, "before", Role::SetUp, &id).await?;
        }
        Procedure::EndClient => {
            let admin = desk.service.second_stakeholder.clone();
            let parameters = desk.client_parameters("twin: register", &admin)?;
            let mut line = desk
                .line("twin: register", Role::SetUp, Party::Source)
                .await?;
            let (second, _, _) = desk
                .enrol_within(&mut line, "twin: register", Role::SetUp, parameters)
                .await?;
            let request = Request::delete(desk.path(&second));
            twin(desk, Party::Source, request).await?;
            desk.forget(&second);
            subject.before = registration(desk, "before", Role::SetUp, &id).await?;
        }
        Procedure::Configuration => {
            let request = Request::retrieve(desk.configuration_path(&id));
            twin(desk, Party::Source, request).await?;
        }
        Procedure::RegisterKey => {
            let key = desk.key("twin", Role::Twin).await?;
            subject.before = seen(desk, "before", Role::SetUp, &key).await?;
            subject.key = Some(key);
        }
        Procedure::RetrieveKey => {
            let key = desk.key("register-key", Role::SetUp).await?;
            subject.before = seen(desk, "twin", Role::Twin, &key).await?;
            subject.key = Some(key);
        }
        Procedure::UpdateKey | Procedure::EndKey => {
            let key = desk.key("register-key", Role::SetUp).await?;
            let request = match procedure {
                Procedure::UpdateKey => {
                    let labels =
                        Map::from_iter([(desk.service.names.labels.clone(), json!(["twin"]))]);
                    desk.update_key(&key.id, labels)
                }
                _ => {
                    let second = desk.key("register-second-key", Role::SetUp).await?;
                    desk.forget(&second.id);
                    Request::delete(desk.path(&second.id))
                }
            };
            twin(desk, Party::Source, request).await?;
            subject.before = seen(desk, "before", Role::SetUp, &key).await?;
            subject.key = Some(key);
        }
        Procedure::RetrieveCommand | Procedure::ReportCommand => {
            let request = Request::retrieve(desk.command_path(&id));
            let answer = twin(desk, Party::Source, request).await?;
            subject.command = command_id(desk, "twin", Role::Twin, &answer)?;
        }
    }
    Ok(subject)
}

async fn twin(desk: &Desk<'_, '_>, party: Party, request: Request) -> Result<Answer, Stop> {
    let answer = desk.ask_anew(party, "twin", Role::Twin, request).await?;
    granted("twin", Role::Twin, &answer)?;
    Ok(answer)
}

/// A registration that is not needed any more.
async fn end(desk: &mut Desk<'_, '_>, step: &str, id: &str) -> Result<(), Stop> {
    let request = Request::delete(desk.path(id));
    let answer = desk
        .ask_anew(Party::Source, step, Role::SetUp, request)
        .await?;
    granted(step, Role::SetUp, &answer)?;
    desk.forget(id);
    Ok(())
}

/// The members of a client registration.
async fn registration(
    desk: &Desk<'_, '_>,
    step: &str,
    role: Role,
    id: &str,
) -> Result<Map<String, Value>, Stop> {
    let request = Request::retrieve(desk.path(id));
    let answer = desk.ask_anew(Party::Source, step, role, request).await?;
    granted(step, role, &answer)?;
    let name = &desk.service.names.client_registration;
    members(step, role, &answer, name)
}

/// What the target retrieves, which has to be the key.
async fn seen(
    desk: &Desk<'_, '_>,
    step: &str,
    role: Role,
    key: &Registered,
) -> Result<Map<String, Value>, Stop> {
    let answer = desk.retrieve(Party::Target, step, role, &key.id).await?;
    let (members, value) = desk.retrieved(step, role, &answer)?;
    match value == key.value {
        true => Ok(members),
        false => Err(answers::wrong(
            step,
            role,
            Cause::WrongDecision,
            "the Key Value that was registered",
            "another one",
            &answer,
        )),
    }
}

fn command_id(
    desk: &Desk<'_, '_>,
    step: &str,
    role: Role,
    answer: &Answer,
) -> Result<String, Stop> {
    let names = &desk.service.names;
    let members = members(step, role, answer, &names.command_content)?;
    answers::text(step, role, answer, &members, &names.command_id)
}

/// What the twin made is as it was, and the service goes on.
async fn read_back(
    desk: &mut Desk<'_, '_>,
    procedure: Procedure,
    subject: &Subject,
) -> Result<(), Stop> {
    let (step, role) = ("read-back", Role::ReadBack);
    let id = &subject.registration;
    match procedure {
        Procedure::Handshake | Procedure::RegisterClient => {
            let id = desk.enrol(step, role, Party::Source).await?;
            registration(desk, "read-back: retrieve", role, &id).await?;
            Ok(())
        }
        Procedure::UpdateClient | Procedure::EndClient => {
            let after = registration(desk, step, role, id).await?;
            unchanged(step, &subject.before, &after)
        }
        Procedure::Configuration => {
            let request = Request::retrieve(desk.configuration_path(id));
            let answer = desk.ask_anew(Party::Source, step, role, request).await?;
            granted(step, role, &answer)
        }
        Procedure::RegisterKey
        | Procedure::RetrieveKey
        | Procedure::UpdateKey
        | Procedure::EndKey => {
            let Some(key) = &subject.key else {
                return Err(Stop::error(step, "no key"));
            };
            let after = seen(desk, step, role, key).await?;
            unchanged(step, &subject.before, &after)?;
            let answer = desk.retrieve(Party::Other, step, role, &key.id).await?;
            refused(step, role, &answer)
        }
        Procedure::RetrieveCommand | Procedure::ReportCommand => {
            let request = Request::retrieve(desk.command_path(id));
            let answer = desk.ask_anew(Party::Source, step, role, request).await?;
            granted(step, role, &answer)?;
            let latest = command_id(desk, step, role, &answer)?;
            match latest == subject.command {
                true => Ok(()),
                false => Err(changed(step, "the command that was issued", "another one")),
            }
        }
    }
}

fn unchanged(
    step: &str,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Result<(), Stop> {
    let names = before.keys().chain(after.keys());
    let differs = |name: &&String| before.get(*name) != after.get(*name);
    match names.into_iter().find(differs) {
        None => Ok(()),
        Some(name) => Err(changed(
            step,
            &format!("{name} as before"),
            &after.get(name).unwrap_or(&Value::Null).to_string(),
        )),
    }
}

fn changed(step: &str, expected: &str, observed: &str) -> Stop {
    Stop::Judged(Judgement::fail(Cause::SideEffect, expected, observed).at(step))
}

/// Attempts a handshake with each conduct of a run.
async fn handshake(desk: &mut Desk<'_, '_>, run: &Deviation) -> Result<(), Stop> {
    for (number, value) in conducts(run).iter().enumerate() {
        let step = match run.variants.is_empty() {
            true => run.name.clone(),
            false => format!("{} {}", run.name, number + 1),
        };
        let party = run.party.unwrap_or(Party::Source);
        let mut handshake = desk.handshake(&step, party)?;
        let another = match party {
            Party::Source => Party::Target,
            Party::Target | Party::Other => Party::Source,
        };
        handshake.another = Some(desk.credential(another)?);
        handshake.conduct = conduct(value).map_err(|error| Stop::error(&step, error))?;
        if let Some(fixture) = run.credential {
            handshake.credential = match &run.defect {
                Some(defect) => spoilt(desk.world, &step, fixture, defect, None)?,
                None => crate::purposes::sae::holder(desk.world, fixture)?.credential,
            };
        }
        let attempt = desk.attempt(&step, Role::Stimulus, &handshake).await?;
        if run.ends == DeviationEnds::Refused {
            compare(&step, &Ends::Refused(ALERTS.to_vec()), &attempt.end)?;
            continue;
        }
        if !attempt.end.is_established() && run.ends != DeviationEnds::Granted {
            compare(&step, &Ends::Refused(ALERTS.to_vec()), &attempt.end)?;
            desk.world.note(format!("{step}: {}", attempt.end));
            continue;
        }
        let mut line = Desk::over(&step, Role::Stimulus, party, attempt)?;
        let admin = desk.service.stakeholder.clone();
        let parameters = desk.client_parameters(&step, &admin)?;
        let request = desk.register_client(parameters);
        let answer = desk.ask(&mut line, &step, Role::Stimulus, request).await?;
        desk.keep(party, &answer);
        match run.ends {
            DeviationEnds::Unbound => refused(&step, Role::Stimulus, &answer)?,
            DeviationEnds::Granted => granted(&step, Role::Stimulus, &answer)?,
            _ => desk.world.note(format!("{step}: {answer}")),
        }
        remove(desk, &mut line, &step, &answer).await?;
    }
    Ok(())
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

fn request(
    desk: &mut Desk<'_, '_>,
    procedure: Procedure,
    subject: &Subject,
    run: &Deviation,
) -> Result<Request, Stop> {
    let step = run.name.as_str();
    let right = match (procedure, &subject.key) {
        (Procedure::RetrieveKey | Procedure::UpdateKey | Procedure::EndKey, Some(key)) => &key.id,
        _ => &subject.registration,
    };
    let id = match &run.id {
        None => right.clone(),
        Some(other) => {
            let cut = right
                .get(..right.len().saturating_sub(1))
                .unwrap_or_default();
            let other = other.replace("{ID}", &right.to_uppercase());
            let other = other.replace("{id}", right).replace("{cut}", cut);
            desk.filled_text(step, &other)?
        }
    };
    let none = Parameters::new;
    Ok(match procedure {
        Procedure::Handshake | Procedure::RegisterClient => {
            let admin = desk.service.stakeholder.clone();
            let parameters = desk.client_parameters(step, &admin)?;
            let parameters = desk.otherwise(run, parameters)?;
            let request = desk.register_client(parameters);
            match run.empty {
                true => Request {
                    content: None,
                    ..request
                },
                false => request,
            }
        }
        Procedure::UpdateClient => {
            let parameters = desk.otherwise(run, none())?;
            desk.update_client(&id, parameters)
        }
        Procedure::EndClient | Procedure::EndKey => Request::delete(desk.path(&id)),
        Procedure::Configuration => Request::retrieve(desk.configuration_path(&id)),
        Procedure::RegisterKey => {
            let (suid, _) = desk.usages();
            let targets = [desk.id(Party::Target)];
            let value = desk.draw(step);
            let parameters = desk.key_parameters(step, suid, &targets, Some(&value))?;
            let parameters = desk.otherwise(run, parameters)?;
            desk.register_key(parameters)
        }
        Procedure::RetrieveKey => Request::retrieve(desk.path(&id)),
        Procedure::UpdateKey => {
            let parameters = desk.otherwise(run, none())?;
            desk.update_key(&id, parameters)
        }
        Procedure::RetrieveCommand => Request::retrieve(desk.command_path(&id)),
        Procedure::ReportCommand => {
            let names = &desk.service.names;
            let parameters = Map::from_iter([
                (names.command_id.clone(), json!(subject.command)),
                (names.command_status.clone(), json!(20)),
            ]);
            let parameters = desk.otherwise(run, parameters)?;
            desk.report(&id, parameters)
        }
    })
}

async fn judge(
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

/// Whether a text holds eight octets of a key, in base64 or in hexadecimal digits.
pub fn shows(text: &str, key: &[u8]) -> bool {
    let small = text.to_ascii_lowercase();
    // Nine octets are twelve whole characters of base64, wherever the text begins.
    let encoded = |offset: usize| {
        let part = key.get(offset..).unwrap_or_default();
        let whole = part.len() - part.len() % 3;
        base64(part.get(..whole).unwrap_or_default())
    };
    let in_base64 = (0..3).map(encoded).any(|encoded| {
        let windows = encoded.as_bytes().windows(12);
        windows
            .filter_map(|window| std::str::from_utf8(window).ok())
            .any(|window| text.contains(window))
    });
    let in_digits = key.windows(8).any(|window| {
        let digits: String = window.iter().map(|octet| format!("{octet:02x}")).collect();
        small.contains(&digits)
    });
    in_base64 || in_digits
}

/// A request whose content has a member twice, the second time with the same value.
fn doubled(request: &OutgoingRequest, name: &str) -> OutgoingRequest {
    let body = String::from_utf8_lossy(&request.body.0).into_owned();
    let twice = || {
        let content: Value = serde_json::from_str(&body).ok()?;
        let object = content.as_object()?.values().next()?;
        let value = object.get(name)?;
        let (head, rest) = body.split_once(":{")?;
        Some(format!("{head}:{{{}:{value},{rest}", json!(name)))
    };
    let mut changed = request.clone();
    if let Some(body) = twice() {
        changed.body.0 = body.into_bytes().into();
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::shows;
    use crate::purposes::services::requests::base64;

    #[test]
    fn part_of_a_key_is_seen_in_either_encoding() {
        let key: Vec<u8> = (100..132).collect();
        for shown in [
            base64(&key),
            base64(&key[1..]),
            base64(&key[5..20]),
            "..6C6d6e6f70717273..".to_owned(),
        ] {
            assert!(shows(&shown, &key), "{shown}");
        }
        assert!(!shows("nothing of this client is there", &key));
        assert!(!shows("6c6d6e6f707172", &key));
    }
}
