//! Commands of an MEF (TS-0003 V3.18.0, 8.3.9, 12.3.2.3, 12.3.2.4 and 12.4.4 to 12.4.9).

use super::answers::{equal, granted, members, text, wrong};
use super::desk::Desk;
use crate::catalogue::behaviour::{Party, Role};
use crate::purposes::answer::Answer;
use crate::purposes::stop::Stop;
use crate::verdict::{Cause, Reason};
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};

const SENT: Role = Role::Stimulus;

/// The most commands that are reported on until there are no more.
const MOST: usize = 16;

/// A command that was issued.
struct Command {
    id: String,
    class: u64,
    args: Map<String, Value>,
    answer: Answer,
}

impl Desk<'_, '_> {
    /// The command in an answer, which has to have this status.
    fn command(&self, step: &str, answer: Answer, status: u32) -> Result<Command, Stop> {
        granted(step, SENT, &answer)?;
        let names = &self.service.names;
        let members = members(step, SENT, &answer, &names.command_content)?;
        let id = text(step, SENT, &answer, &members, &names.command_id)?;
        let expected = (names.command_status.as_str(), &json!(status));
        equal(step, SENT, &answer, &members, expected)?;
        let description = members.get(&names.command_description);
        let class = description.and_then(|it| it.get("cmdClassID")?.as_u64());
        let args = description.and_then(|it| it.get("cmdArgs")?.as_object());
        let (Some(class), Some(args)) = (class, args) else {
            let expected = "cmdDescription with cmdClassID and cmdArgs";
            let cause = Cause::MalformedAnswer;
            return Err(wrong(step, SENT, cause, expected, "none", &answer));
        };
        if args.len() != 1 {
            let cause = Cause::WrongDecision;
            let observed = format!("{} rows", args.len());
            return Err(wrong(
                step,
                SENT,
                cause,
                "one row of cmdArgs",
                &observed,
                &answer,
            ));
        }
        Ok(Command {
            id,
            class,
            args: args.clone(),
            answer,
        })
    }

    /// Retrieves the command of a registration.
    async fn commanded(&self, step: &str, id: &str, status: u32) -> Result<Command, Stop> {
        let request = Request::retrieve(self.command_path(id));
        let answer = self.ask_anew(Party::Source, step, SENT, request).await?;
        self.command(step, answer, status)
    }

    /// Reports success of a command; the next one.
    async fn reported(&self, step: &str, id: &str, command: &Command) -> Result<Command, Stop> {
        let names = &self.service.names;
        let parameters = Map::from_iter([
            (names.command_id.clone(), json!(command.id)),
            (names.command_status.clone(), json!(20)),
        ]);
        let request = self.report(id, parameters);
        let answer = self.ask_anew(Party::Source, step, SENT, request).await?;
        let next = self.command(step, answer, 10)?;
        match next.id == command.id {
            false => Ok(next),
            true => {
                let cause = Cause::WrongDecision;
                Err(wrong(
                    step,
                    SENT,
                    cause,
                    "another cmdID",
                    &next.id,
                    &next.answer,
                ))
            }
        }
    }

    /// The arguments of a command, under the name of their row (TS-0003 V3.18.0, 12.4.5).
    fn arguments<'c>(
        step: &str,
        command: &'c Command,
        row: &str,
    ) -> Result<&'c Map<String, Value>, Stop> {
        let args = command.args.get(row).and_then(Value::as_object);
        args.ok_or_else(|| {
            let observed = json!(command.args).to_string();
            let cause = Cause::WrongDecision;
            wrong(step, SENT, cause, row, &observed, &command.answer)
        })
    }
}

/// CMD/001: commands come one after the other until there are no more.
pub async fn are_issued(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let step = "register";
    let names = desk.service.names.clone();
    let admin = desk.service.stakeholder.clone();
    let parameters = desk.client_parameters(step, &admin)?;
    let mut line = desk.line(step, SENT, Party::Source).await?;
    let (id, answer, members) = desk.enrol_within(&mut line, step, SENT, parameters).await?;
    text(step, SENT, &answer, &members, &names.child_resource)?;
    let mut command = desk.commanded("retrieve", &id, 10).await?;
    let mut has_certificate = false;
    for number in 0..MOST {
        let step = format!("report {number}");
        match command.class {
            0 => {
                let args = Desk::arguments(&step, &command, "noMoreCmdArgs")?;
                text(&step, SENT, &command.answer, args, "retryDuration")?;
                return match has_certificate {
                    true => Ok(()),
                    false => Err(Stop::inconclusive(
                        &step,
                        Reason::Precondition,
                        "the MEF had no CERT_PROV command for the source",
                    )),
                };
            }
            1 => {
                certificate(desk, &step, &command)?;
                has_certificate = true;
            }
            _ => {}
        }
        command = desk.reported(&step, &id, &command).await?;
    }
    let detail = format!("the MEF has more than {MOST} commands");
    Err(Stop::inconclusive("report", Reason::Precondition, detail))
}

/// CERT_PROV (TS-0003 V3.18.0, 8.3.9.7 and 12.4.7).
fn certificate(desk: &Desk<'_, '_>, step: &str, command: &Command) -> Result<(), Stop> {
    let args = Desk::arguments(step, command, "certProvCmdArgs")?;
    let answer = &command.answer;
    for (name, most) in [("certProvProtocolID", 2), ("certSubjectType", 3)] {
        let number = args.get(name).and_then(Value::as_u64);
        if !number.is_some_and(|number| (1..=most).contains(&number)) {
            let expected = format!("{name} from 1 to {most}");
            let observed = json!(number).to_string();
            return Err(wrong(
                step,
                SENT,
                Cause::WrongDecision,
                &expected,
                &observed,
                answer,
            ));
        }
    }
    text(step, SENT, answer, args, "certSubjectID")?;
    let uri = text(step, SENT, answer, args, "URI")?;
    own(desk, step, &uri, answer)
}

/// A URI of this MEF.
fn own(desk: &Desk<'_, '_>, step: &str, uri: &str, answer: &Answer) -> Result<(), Stop> {
    let fqdn = &desk.service.fqdn;
    let host = uri.parse::<http::Uri>().ok();
    let host = host.and_then(|uri| uri.host().map(str::to_owned));
    match host.is_some_and(|host| host.eq_ignore_ascii_case(fqdn)) {
        true => Ok(()),
        false => {
            let expected = format!("a URI of {fqdn}");
            Err(wrong(
                step,
                SENT,
                Cause::WrongDecision,
                &expected,
                uri,
                answer,
            ))
        }
    }
}

/// CMD/002: a command that nobody reported on is issued again.
pub async fn are_reissued(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let id = desk.enrol("register", Role::SetUp, Party::Source).await?;
    let first = desk.commanded("first", &id, 10).await?;
    let step = "again";
    let again = desk.commanded(step, &id, 11).await?;
    match first.id == again.id {
        true => Ok(()),
        false => {
            let cause = Cause::WrongDecision;
            Err(wrong(
                step,
                SENT,
                cause,
                &first.id,
                &again.id,
                &again.answer,
            ))
        }
    }
}

/// CMD/003: DEV_CFG and MO_NODE have the arguments of their classes (TS-0003 V3.18.0, 8.3.9.8 and 8.3.9.9).
pub async fn have_their_arguments(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let id = desk.enrol("register", Role::SetUp, Party::Source).await?;
    let mut command = desk.commanded("retrieve", &id, 10).await?;
    let mut seen = [false; 2];
    for number in 0..MOST {
        let step = format!("report {number}");
        match command.class {
            0 => {
                return match seen {
                    [true, true] => Ok(()),
                    _ => Err(Stop::inconclusive(
                        &step,
                        Reason::Precondition,
                        "the MEF had not both DEV_CFG and MO_NODE for the source",
                    )),
                };
            }
            2 => {
                device(desk, &step, &command)?;
                seen[0] = true;
            }
            3 => {
                node(&step, &command)?;
                seen[1] = true;
            }
            _ => {}
        }
        let shown = command.answer.content().map(ToString::to_string);
        if shown.is_some_and(|shown| shown.contains("symmKeyValue")) {
            let cause = Cause::Leak;
            let answer = &command.answer;
            return Err(wrong(&step, SENT, cause, "no symmKeyValue", "one", answer));
        }
        command = desk.reported(&step, &id, &command).await?;
    }
    let detail = format!("the MEF has more than {MOST} commands");
    Err(Stop::inconclusive("report", Reason::Precondition, detail))
}

/// `<devMgmtID>:<URI>` (TS-0003 V3.18.0, Table 12.2-1).
fn device(desk: &Desk<'_, '_>, step: &str, command: &Command) -> Result<(), Stop> {
    let args = Desk::arguments(step, command, "devCfgCmdArgs")?;
    let answer = &command.answer;
    let text = text(step, SENT, answer, args, "deviceConfigURI")?;
    match text.split_once(':') {
        Some(("1" | "2" | "3" | "4", uri)) => own(desk, step, uri, answer),
        _ => {
            let expected = "a devMgmtID from 1 to 4 and a URI";
            Err(wrong(
                step,
                SENT,
                Cause::WrongDecision,
                expected,
                &text,
                answer,
            ))
        }
    }
}

/// An object of type 1 to 3, with a SUID for type 1 alone (TS-0003 V3.18.0, 12.4.9 and 12.4.10).
fn node(step: &str, command: &Command) -> Result<(), Stop> {
    let args = Desk::arguments(step, command, "MONodeCmdArgs")?;
    let answer = &command.answer;
    text(step, SENT, answer, args, "objectPath")?;
    let kind = args.get("objectTypeID").and_then(Value::as_u64);
    let special = args.get("objectTypeSpecifcArgs");
    let suid = special.and_then(|special| special.get("SUID"));
    match (kind, suid.is_some()) {
        (Some(1), true) | (Some(2 | 3), false) => Ok(()),
        _ => {
            let expected = "objectTypeID 1 with a SUID, or 2 or 3 without";
            let observed = json!(args).to_string();
            Err(wrong(
                step,
                SENT,
                Cause::WrongDecision,
                expected,
                &observed,
                answer,
            ))
        }
    }
}
