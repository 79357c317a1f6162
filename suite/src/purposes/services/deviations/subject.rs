use crate::catalogue::behaviour::{Party, Procedure, Role};
use crate::purposes::answer::Answer;
use crate::purposes::services::answers::{self, granted, members, refused};
use crate::purposes::services::desk::{Desk, Registered};
use crate::purposes::stop::Stop;
use crate::verdict::{Cause, Judgement};
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};

/// What the attempts are about.
pub(super) struct Subject {
    /// The identifier of the client registration of the source.
    pub(super) registration: String,
    /// A key of the source for the target.
    pub(super) key: Option<Registered>,
    /// How the registration looked, or what the target retrieved.
    pub(super) before: Map<String, Value>,
    /// The latest command.
    pub(super) command: String,
}

/// Makes what has to be there, and the twin.
pub(super) async fn prepared(
    desk: &mut Desk<'_, '_>,
    procedure: Procedure,
) -> Result<Subject, Stop> {
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

pub(super) fn command_id(
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
pub(super) async fn read_back(
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

pub(super) fn changed(step: &str, expected: &str, observed: &str) -> Stop {
    Stop::Judged(Judgement::fail(Cause::SideEffect, expected, observed).at(step))
}
