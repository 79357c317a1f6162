//! Enrolment Keys, and the keys that Enrolment Targets fetch (TS-0003 V3.18.0, 8.3.2.1, 10.3.4, 10.3.7 and 10.7).

use onem2m_identity::RelativeKeyId;
use onem2m_keys::{EnrolmentKey, Suid, UsageConstrainedKey};
use onem2m_primitive::ResponseStatusCode;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::{Outcome, Scene, content};
use crate::end_to_end::base64_text;
use crate::key_services::EnrolmentTarget;
use crate::key_services::records::{Enrolment, Records};
use crate::key_services::session::Session;
use crate::refusal::Refusal;

/// The most Enrolment Keys of one Enrolee; the one that ends first makes room.
const KEYS: usize = 8;

/// Keeps the Enrolment Key of a session.
pub(crate) fn keep(records: &mut Records, session: &Session, expires: time::OffsetDateTime) {
    let of_client = |it: &Enrolment| it.enrolee == session.client;
    while records
        .enrolments
        .values()
        .filter(|it| of_client(it))
        .count()
        >= KEYS
    {
        let own = records.enrolments.iter().filter(|(_, it)| of_client(it));
        let first = own.min_by_key(|(_, it)| it.expires);
        let Some(first) = first.map(|(id, _)| id.clone()) else {
            break;
        };
        records.enrolments.remove(&first);
    }
    let id = RelativeKeyId::of_octets(session.exported.identifier).to_string();
    let enrolment = Enrolment {
        enrolee: session.client.clone(),
        key: session.exported.key.clone(),
        expires,
    };
    records.enrolments.insert(id, enrolment);
}

/// Gives a target the key for one usage, derived for it.
pub(crate) fn fetch(scene: &Scene<'_>, records: &Records, id: &str, suid: &str) -> Outcome {
    let clauses = scene.clauses;
    let found = (clauses.enrolment)(scene, records, id);
    let enrolment = found.filter(|it| (clauses.is_enrolment_in_force)(it.expires, scene.now));
    let enrolment = enrolment.ok_or_else(|| failure(scene, "the KeID is not known"))?;
    let suid = suid.parse().map(Suid);
    let suid = suid.map_err(|_| failure(scene, "the SUID is none"))?;
    let target = (clauses.enrolment_target)(scene, enrolment, suid);
    let target = target.ok_or_else(|| failure(scene, "the target may not fetch this key"))?;
    let key = (clauses.derived)(scene, enrolment, suid, target);
    let key = key.ok_or_else(|| failure(scene, "no key can be derived"))?;
    let answer = (clauses.fetched)(scene, enrolment, &key);
    Ok((
        ResponseStatusCode::OK,
        content(&scene.names().fetched, answer),
    ))
}

/// The failure response (TS-0003 V3.18.0, Table 8.3.2.1-6).
pub(crate) fn failure(scene: &Scene<'_>, reason: &str) -> Refusal {
    let members = (scene.clauses.failed)(scene, reason);
    Refusal {
        status: ResponseStatusCode::NOT_FOUND,
        content: content(&scene.names().fetched, members),
    }
}

pub(crate) fn failed(scene: &Scene<'_>, reason: &str) -> Map<String, Value> {
    let names = scene.names();
    Map::from_iter([
        (names.status.clone(), json!(false)),
        (names.error_string.clone(), json!(reason)),
    ])
}

/// The Enrolment Key of a KeID at this MEF; the letter case of its digits does not count.
pub(crate) fn find<'r>(scene: &Scene<'_>, records: &'r Records, id: &str) -> Option<&'r Enrolment> {
    let (relative, fqdn) = id.split_once('@')?;
    let is_own = fqdn.eq_ignore_ascii_case(scene.settings.fqdn.as_str());
    let relative = relative.to_ascii_lowercase();
    records.enrolments.get(&relative).filter(|_| is_own)
}

/// The authenticated target, if it may fetch keys of the Enrolee for this usage.
pub(crate) fn target<'s>(
    scene: &Scene<'s>,
    enrolment: &Enrolment,
    suid: Suid,
) -> Option<&'s EnrolmentTarget> {
    let mut targets = scene.settings.enrolment_targets.iter();
    targets.find(|target| {
        target.entity.absolute() == scene.requester
            && target.enrolee.absolute() == enrolment.enrolee
            && target.usages.contains(&suid)
    })
}

pub(crate) fn derived(
    scene: &Scene<'_>,
    enrolment: &Enrolment,
    suid: Suid,
    target: &EnrolmentTarget,
) -> Option<Zeroizing<Vec<u8>>> {
    let key = EnrolmentKey::from_slice(&enrolment.key).ok()?;
    let encoding = scene.settings.suid_encoding;
    let derived = UsageConstrainedKey::derive(&key, suid, encoding, &target.fqdn);
    Some(Zeroizing::new(derived.octets().to_vec()))
}

/// The success response (TS-0003 V3.18.0, Table 8.3.2.1-5). A derived key ends with its Enrolment Key (10.7).
pub(crate) fn fetched(scene: &Scene<'_>, enrolment: &Enrolment, key: &[u8]) -> Map<String, Value> {
    let names = scene.names();
    let left = (enrolment.expires - scene.now).whole_seconds().max(0);
    Map::from_iter([
        (names.status.clone(), json!(true)),
        (names.credential.clone(), json!(base64_text(key))),
        (names.enrolee_id.clone(), json!(enrolment.enrolee)),
        (names.lifetime.clone(), json!(format!("PT{left}S"))),
    ])
}
