//! Commands of an MEF to its clients (TS-0003 V3.18.0, 8.3.9).

use onem2m_primitive::ResponseStatusCode;
use serde_json::{Map, Value, json};

use super::{Outcome, Scene, absent, content, unforeseen};
use crate::key_services::parameters;
use crate::key_services::records::{ClientRegistration, Issued, Records};
use crate::refusal::Refusal;

/// sec:cmdStatusCode of an MEF (TS-0003 V3.18.0, 12.3.2.4).
const ISSUED: u32 = 10;
const REISSUED: u32 = 11;

/// The same of a client.
const OF_CLIENT: [u32; 14] = [
    20, 40, 41, 42, 43, 100, 101, 201, 202, 300, 301, 302, 303, 304,
];
const EXECUTION_ERROR: u32 = 305;

/// How long a client without commands waits before it asks again.
const RETRY: &str = "PT1H";

pub(crate) fn retrieve(scene: &Scene<'_>, records: &mut Records, id: &str) -> Outcome {
    let registration = own(scene, records, id)?;
    issue(scene, registration, ResponseStatusCode::OK)
}

/// The report on a command that is not the latest is discarded (TS-0003 V3.18.0, 8.3.9.3).
pub(crate) fn update(
    scene: &Scene<'_>,
    records: &mut Records,
    id: &str,
    request: Option<&Value>,
) -> Outcome {
    let names = scene.names();
    let registration = own(scene, records, id)?;
    let members = parameters::members(request, &names.command_content)?;
    let reported = parameters::text(members, &names.command_id)?;
    let status = members.get(&names.command_status).unwrap_or(&Value::Null);
    (scene.clauses.reported_status)(status)
        .ok_or_else(|| Refusal::bad_request("cmdStatusCode: expected one of a client"))?;
    let is_latest = |issued: &Issued| (scene.clauses.is_latest)(issued, reported);
    if registration.issued.as_ref().is_some_and(is_latest) {
        registration.issued = None;
        registration.commands_done = registration.commands_done.saturating_add(1);
    }
    issue(scene, registration, ResponseStatusCode::UPDATED)
}

/// The command that nobody reported on is issued again, else the next one.
fn issue(
    scene: &Scene<'_>,
    registration: &mut ClientRegistration,
    status: ResponseStatusCode,
) -> Outcome {
    let (names, clauses) = (scene.names(), scene.clauses);
    let (issued, is_again) = match registration.issued.take() {
        Some(issued) => (issued, true),
        None => {
            let description = (clauses.next_command)(scene, registration);
            let id = (clauses.command_id)(registration)?;
            (Issued { id, description }, false)
        }
    };
    let members = Map::from_iter([
        (names.command_id.clone(), json!(issued.id)),
        (
            names.command_description.clone(),
            issued.description.clone(),
        ),
        (
            names.command_status.clone(),
            json!((clauses.command_status)(is_again)),
        ),
    ]);
    registration.issued = Some(issued);
    Ok((status, content(&names.command_content, members)))
}

fn own<'r>(
    scene: &Scene<'_>,
    records: &'r mut Records,
    id: &str,
) -> Result<&'r mut ClientRegistration, Refusal> {
    let registration = records.registrations.get_mut(id).ok_or_else(absent)?;
    let is_in_force = (scene.clauses.is_in_force)(registration.expires, scene.now);
    match is_in_force && (scene.clauses.owns_commands)(scene, registration) {
        true => Ok(registration),
        false => Err(absent()),
    }
}

/// What waits for the client; behind that NO_MORE_COMMANDS (TS-0003 V3.18.0, 8.3.9.6 and 12.4.6).
pub(crate) fn next(scene: &Scene<'_>, registration: &ClientRegistration) -> Value {
    let told = scene
        .settings
        .client(&registration.client, &registration.admin_fqdn);
    let waiting = told.and_then(|client| client.commands.get(registration.commands_done));
    let none = || {
        json!({
            "cmdClassID": 0,
            "cmdArgs": { "noMoreCmdArgs": { "retryDuration": RETRY } },
            "targetID": registration.client,
        })
    };
    waiting.cloned().unwrap_or_else(none)
}

/// An identifier that no command of the registration had.
pub(crate) fn id(_: &ClientRegistration) -> Result<String, Refusal> {
    Ok(format!("cmd-{}", unforeseen()?))
}

pub(crate) fn status(is_again: bool) -> u32 {
    match is_again {
        true => REISSUED,
        false => ISSUED,
    }
}

pub(crate) fn reported_status(value: &Value) -> Option<u32> {
    let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
    number.filter(|number| *number == EXECUTION_ERROR || OF_CLIENT.contains(number))
}
