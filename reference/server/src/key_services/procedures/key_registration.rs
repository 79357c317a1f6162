//! Registration of keys (TS-0003 V3.18.0, 8.8.2.7, 8.8.2.9, 8.8.2.10 and 8.3.5.2.7, 8.3.5.2.9, 8.3.5.2.10).

use onem2m_identity::{AeStem, CseId, DomainName, Entity, RelativeKeyId, SpId};
use onem2m_primitive::ResponseStatusCode;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::{Changes, Outcome, Scene, absent, content, moment, unforeseen};
use crate::end_to_end::base64_octets;
use crate::key_services::records::{KeyRegistration, Records};
use crate::key_services::{ServiceRole, parameters};
use crate::refusal::Refusal;

/// The most keys that a client registers at a time, and the most targets of one.
const KEYS: usize = 1024;
const TARGETS: usize = 64;

/// The octets of a key that its source chose.
const KEY: std::ops::RangeInclusive<usize> = 16..=64;

/// A key for an MAF (TS-0004 V3.32.0, Table 6.3.4.2.39-1): its target is an FQDN.
const FOR_MAF: u8 = 21;

pub(crate) fn create(scene: &Scene<'_>, records: &mut Records, request: Option<&Value>) -> Outcome {
    let (names, clauses) = (scene.names(), scene.clauses);
    let members = parameters::members(request, &names.key_registration)?;
    let known = [
        &names.fqdn,
        &names.expiration_time,
        &names.labels,
        &names.admin_fqdn,
        &names.suid,
        &names.target_ids,
        &names.key_value,
    ];
    (clauses.known_members)(&known.map(String::as_str), members)?;
    let admin = scene.admin(members)?;
    let expires = scene.expiry(members)?;
    let labels = parameters::labels(members.get(&names.labels))?;
    let suid = members.get(&names.suid).unwrap_or(&Value::Null);
    let suid = (clauses.suid)(scene.settings.role, suid);
    let suid =
        suid.ok_or_else(|| Refusal::bad_request("SUID: expected one for keys of this function"))?;
    let targets = targets(scene, suid, members.get(&names.target_ids))?;
    let supplied = match members.get(&names.key_value) {
        None => None,
        Some(value) => Some((clauses.key_value)(value).ok_or_else(|| {
            Refusal::bad_request("Key Value: expected 16 to 64 octets in base64")
        })?),
    };
    if !(clauses.is_served)(scene, records, admin) {
        return Err(Refusal::new(
            ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE,
            "the client is not registered for this stakeholder",
        ));
    }
    let of_source = records.keys.values();
    let of_source = of_source.filter(|key| key.source == scene.requester);
    if of_source.count() >= KEYS {
        return Err(Refusal::new(
            ResponseStatusCode::CONFLICT,
            format!("the client has {KEYS} keys"),
        ));
    }
    let (relative_key_id, key) = (clauses.key)(scene, records, supplied)?;
    let registration = KeyRegistration {
        relative_key_id: (clauses.relative_key_id)(members, relative_key_id),
        source: scene.requester.clone(),
        admin_fqdn: admin.to_owned(),
        expires,
        labels,
        suid,
        targets,
        key,
    };
    let answer = (clauses.key_registration)(scene, &registration);
    (clauses.keep_key)(records, registration);
    Ok((
        ResponseStatusCode::CREATED,
        content(&names.key_registration, answer),
    ))
}

pub(crate) fn update(
    scene: &Scene<'_>,
    records: &mut Records,
    id: &str,
    request: Option<&Value>,
) -> Outcome {
    let (names, clauses) = (scene.names(), scene.clauses);
    let suid = own(scene, records, id)?.suid;
    let members = parameters::members(request, &names.key_registration)?;
    let changeable = [
        names.expiration_time.as_str(),
        names.labels.as_str(),
        names.target_ids.as_str(),
    ];
    (clauses.changes_something)(&changeable, members)?;
    let targets = match members.get(&names.target_ids) {
        None => None,
        value => Some(targets(scene, suid, value)?),
    };
    let changes = Changes {
        targets,
        ..scene.changes(members)?
    };
    let key = records.keys.get_mut(id).ok_or_else(absent)?;
    (clauses.change_key)(key, &changes, members);
    let answer = (clauses.echoed)((clauses.key_registration)(scene, key), members);
    Ok((
        ResponseStatusCode::UPDATED,
        content(&names.key_registration, answer),
    ))
}

pub(crate) fn delete(scene: &Scene<'_>, records: &mut Records, id: &str) -> Outcome {
    own(scene, records, id)?;
    (scene.clauses.end_key)(records, id);
    Ok((ResponseStatusCode::DELETED, None))
}

/// The key, if the requester is its source and it has not expired.
fn own<'r>(
    scene: &Scene<'_>,
    records: &'r Records,
    id: &str,
) -> Result<&'r KeyRegistration, Refusal> {
    let key = records.keys.get(id).ok_or_else(absent)?;
    let is_changeable = (scene.clauses.is_key_changeable)(key.expires, scene.now);
    match is_changeable && (scene.clauses.owns_key)(scene, key) {
        true => Ok(key),
        false => Err(absent()),
    }
}

/// The targets of a request. Which number a usage wants, the clause says; an absent list is one of none.
fn targets(scene: &Scene<'_>, suid: u8, value: Option<&Value>) -> Result<Vec<String>, Refusal> {
    let wrong = || {
        Refusal::bad_request(
            "targetIDs: expected one absolute CSE-ID or AE-ID, or for ESData up to 64, got others",
        )
    };
    let none = Vec::new();
    let values = match value {
        None => &none,
        Some(value) => value.as_array().ok_or_else(wrong)?,
    };
    if values.len() > TARGETS || !(scene.clauses.is_number_of_targets)(suid, values.len()) {
        return Err(wrong());
    }
    let target = |value: &Value| (scene.clauses.target)(suid, value.as_str()?);
    let targets = values.iter().map(target).collect::<Option<_>>();
    targets.ok_or_else(wrong)
}

/// A client is served for the stakeholders with whom it is registered (TS-0003 V3.18.0, 8.8.1 and 8.3.5.1).
pub(crate) fn is_served(scene: &Scene<'_>, records: &Records, admin: &str) -> bool {
    (scene.clauses.registered_already)(scene, records, admin)
}

/// m2m:suid is a number.
pub(crate) fn suid(role: ServiceRole, value: &Value) -> Option<u8> {
    let number = value.as_u64().and_then(|number| u8::try_from(number).ok());
    number.filter(|number| role.usages().contains(number))
}

/// One for an association and for ESPrim, at least one for ESData: the second digit is 4 or 5 (TS-0003 V3.18.0, 8.8.2.7 and
/// 8.3.5.2.7; TS-0004 V3.32.0, 6.3.4.2.39).
pub(crate) fn is_number_of_targets(suid: u8, number: usize) -> bool {
    match suid % 10 {
        4 | 5 => number >= 1,
        _ => number == 1,
    }
}

/// An Absolute AE-ID or Absolute CSE-ID as it is written; the FQDN of an MAF for a key that is for one.
pub(crate) fn target(suid: u8, text: &str) -> Option<String> {
    let is_target = match suid == FOR_MAF {
        true => DomainName::parse(text).is_ok(),
        false => is_absolute(text),
    };
    is_target.then(|| text.to_owned())
}

/// `//` and a service provider, and behind it a CSE-ID, an AE-ID-Stem that begins with `S`, or a CSE-ID and one that begins
/// with `C` (TS-0001 V3.36.0, 7.2).
fn is_absolute(text: &str) -> bool {
    if Entity::parse_absolute_ae(text).is_ok() {
        return true;
    }
    let parts = text
        .strip_prefix("//")
        .and_then(|rest| rest.split_once('/'));
    parts.is_some_and(|(provider, cse)| {
        SpId::parse(&format!("//{provider}")).is_ok()
            && CseId::parse(&format!("/{cse}")).is_ok()
            && AeStem::parse(cse).is_err()
    })
}

pub(crate) fn key_value(value: &Value) -> Option<Zeroizing<Vec<u8>>> {
    let octets = base64_octets(value.as_str()?).map(Zeroizing::new)?;
    KEY.contains(&octets.len()).then_some(octets)
}

/// A key of the request is kept as it is, under an identifier of its own. Otherwise both are what the session exports, once: a
/// second key would have the same octets (TS-0003 V3.18.0, 8.8.2.7, 8.3.5.2.7 and 10.3.5).
pub(crate) fn key(
    scene: &Scene<'_>,
    records: &Records,
    supplied: Option<Zeroizing<Vec<u8>>>,
) -> Result<(String, Zeroizing<Vec<u8>>), Refusal> {
    let taken = |id: String| match records.keys.contains_key(&id) {
        true => Err(Refusal::new(
            ResponseStatusCode::CONFLICT,
            "the identifier of the key is used",
        )),
        false => Ok(id),
    };
    if let Some(key) = supplied {
        return Ok((taken(unforeseen()?)?, key));
    }
    if !scene.session.spend() {
        return Err(Refusal::new(
            ResponseStatusCode::CONFLICT,
            "this session gave its key already: send a Key Value, or register within another session",
        ));
    }
    let exported = &scene.session.exported;
    let id = RelativeKeyId::of_octets(exported.identifier).to_string();
    Ok((taken(id)?, exported.key.clone()))
}

pub(crate) fn keep(records: &mut Records, registration: KeyRegistration) {
    let id = registration.relative_key_id.clone();
    records.keys.insert(id, registration);
}

/// Everything but the key (TS-0003 V3.18.0, 8.8.2.7 and 8.3.5.2.7).
pub(crate) fn representation(
    scene: &Scene<'_>,
    registration: &KeyRegistration,
) -> Map<String, Value> {
    let names = scene.names();
    let mut members = Map::from_iter([
        (
            names.relative_key_id.clone(),
            json!(registration.relative_key_id),
        ),
        (names.expiration_time.clone(), moment(registration.expires)),
        (names.source_id.clone(), json!(registration.source)),
        (names.admin_fqdn.clone(), json!(registration.admin_fqdn)),
        (names.suid.clone(), json!(registration.suid)),
        (names.target_ids.clone(), json!(registration.targets)),
    ]);
    if let Some(labels) = &registration.labels {
        members.insert(names.labels.clone(), json!(labels));
    }
    members
}

/// Only its source (TS-0003 V3.18.0, 8.8.2.9 and 8.8.2.10).
pub(crate) fn owns(scene: &Scene<'_>, registration: &KeyRegistration) -> bool {
    registration.source == scene.requester
}

pub(crate) fn change(
    registration: &mut KeyRegistration,
    changes: &Changes,
    _requested: &Map<String, Value>,
) {
    if let Some(expires) = changes.expires {
        registration.expires = expires;
    }
    if let Some(labels) = &changes.labels {
        registration.labels = Some(labels.clone());
    }
    if let Some(targets) = &changes.targets {
        registration.targets.clone_from(targets);
    }
}

pub(crate) fn end(records: &mut Records, id: &str) {
    records.keys.remove(id);
}
