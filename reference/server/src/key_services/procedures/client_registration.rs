//! Registration of clients (TS-0003 V3.18.0, 8.8.2.3 to 8.8.2.6 and 8.3.5.2.3 to 8.3.5.2.6).

use onem2m_primitive::ResponseStatusCode;
use serde_json::{Map, Value, json};

use super::{Changes, Outcome, Scene, absent, content, moment, unforeseen};
use crate::key_services::records::{ClientRegistration, Records};
use crate::key_services::{ServiceRole, parameters};
use crate::refusal::Refusal;

pub(crate) fn create(scene: &Scene<'_>, records: &mut Records, request: Option<&Value>) -> Outcome {
    let (names, clauses) = (scene.names(), scene.clauses);
    let members = parameters::members(request, &names.client_registration)?;
    let known = [
        &names.fqdn,
        &names.expiration_time,
        &names.labels,
        &names.admin_fqdn,
    ];
    (clauses.known_members)(&known.map(String::as_str), members)?;
    let admin = scene.admin(members)?;
    let expires = scene.expiry(members)?;
    let labels = parameters::labels(members.get(&names.labels))?;
    if !(clauses.is_authorized)(scene.settings, &scene.requester, admin) {
        return Err(Refusal::new(
            ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE,
            "the stakeholder did not authorize this client",
        ));
    }
    if (clauses.registered_already)(scene, records, admin) {
        return Err(Refusal::new(
            ResponseStatusCode::CONFLICT,
            "the client is registered for this stakeholder",
        ));
    }
    let registration = ClientRegistration {
        id: (clauses.registration_id)(records)?,
        client: scene.requester.clone(),
        admin_fqdn: admin.to_owned(),
        expires,
        labels,
        commands_done: 0,
        issued: None,
    };
    let answer = (clauses.registration)(scene, &registration);
    (clauses.keep_registration)(records, registration);
    Ok((
        ResponseStatusCode::CREATED,
        content(&names.client_registration, answer),
    ))
}

pub(crate) fn retrieve(scene: &Scene<'_>, records: &Records, id: &str) -> Outcome {
    let registration = own(scene, records, id)?;
    let answer = (scene.clauses.registration)(scene, registration);
    Ok((
        ResponseStatusCode::OK,
        content(&scene.names().client_registration, answer),
    ))
}

pub(crate) fn retrieve_configuration(scene: &Scene<'_>, records: &Records, id: &str) -> Outcome {
    let registration = own(scene, records, id)?;
    let configuration = (scene.clauses.configuration)(scene, registration);
    let configuration = configuration.ok_or_else(absent)?;
    let name = scene.names().configuration.as_str();
    Ok((ResponseStatusCode::OK, Some(json!({ name: configuration }))))
}

pub(crate) fn update(
    scene: &Scene<'_>,
    records: &mut Records,
    id: &str,
    request: Option<&Value>,
) -> Outcome {
    let (names, clauses) = (scene.names(), scene.clauses);
    own(scene, records, id)?;
    let members = parameters::members(request, &names.client_registration)?;
    let changeable = [names.expiration_time.as_str(), names.labels.as_str()];
    (clauses.changes_something)(&changeable, members)?;
    let changes = scene.changes(members)?;
    let registration = records.registrations.get_mut(id).ok_or_else(absent)?;
    (clauses.change_registration)(registration, &changes);
    let answer = (clauses.echoed)((clauses.registration)(scene, registration), members);
    Ok((
        ResponseStatusCode::UPDATED,
        content(&names.client_registration, answer),
    ))
}

pub(crate) fn delete(scene: &Scene<'_>, records: &mut Records, id: &str) -> Outcome {
    own(scene, records, id)?;
    (scene.clauses.end_registration)(records, id);
    Ok((ResponseStatusCode::DELETED, None))
}

/// The registration, if it is the requester's and has not expired.
fn own<'r>(
    scene: &Scene<'_>,
    records: &'r Records,
    id: &str,
) -> Result<&'r ClientRegistration, Refusal> {
    let registration = records.registrations.get(id).ok_or_else(absent)?;
    let is_in_force = (scene.clauses.is_in_force)(registration.expires, scene.now);
    match is_in_force && (scene.clauses.owns_registration)(scene, registration) {
        true => Ok(registration),
        false => Err(absent()),
    }
}

pub(crate) fn registered_already(scene: &Scene<'_>, records: &Records, admin: &str) -> bool {
    records.registrations.values().any(|registration| {
        registration.client == scene.requester
            && registration.admin_fqdn == admin
            && (scene.clauses.is_in_force)(registration.expires, scene.now)
    })
}

pub(crate) fn registration_id(_: &Records) -> Result<String, Refusal> {
    Ok(format!("reg-{}", unforeseen()?))
}

pub(crate) fn keep(records: &mut Records, registration: ClientRegistration) {
    records
        .registrations
        .insert(registration.id.clone(), registration);
}

pub(crate) fn representation(
    scene: &Scene<'_>,
    registration: &ClientRegistration,
) -> Map<String, Value> {
    let names = scene.names();
    let mut members = Map::from_iter([
        (names.registration_id.clone(), json!(registration.id)),
        (names.expiration_time.clone(), moment(registration.expires)),
        (names.client_id.clone(), json!(registration.client)),
        (names.admin_fqdn.clone(), json!(registration.admin_fqdn)),
    ]);
    if let Some(labels) = &registration.labels {
        members.insert(names.labels.clone(), json!(labels));
    }
    if scene.settings.role == ServiceRole::Mef {
        let command = format!("{}/{}/{}", names.base, registration.id, names.command);
        members.insert(names.child_resource.clone(), json!(command));
    }
    members
}

/// Only whom it is of (TS-0003 V3.18.0, 8.8.2.5 and 8.8.2.6).
pub(crate) fn owns(scene: &Scene<'_>, registration: &ClientRegistration) -> bool {
    registration.client == scene.requester
}

pub(crate) fn change(registration: &mut ClientRegistration, changes: &Changes) {
    if let Some(expires) = changes.expires {
        registration.expires = expires;
    }
    if let Some(labels) = &changes.labels {
        registration.labels = Some(labels.clone());
    }
}

pub(crate) fn configuration(scene: &Scene<'_>, registration: &ClientRegistration) -> Option<Value> {
    let told = scene
        .settings
        .client(&registration.client, &registration.admin_fqdn)?;
    told.configuration.clone()
}

pub(crate) fn end(records: &mut Records, id: &str) {
    records.registrations.remove(id);
}
