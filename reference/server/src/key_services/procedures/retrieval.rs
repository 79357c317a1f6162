//! Retrieval of keys (TS-0003 V3.18.0, 8.8.2.8 and 8.3.5.2.8).

use onem2m_primitive::ResponseStatusCode;
use serde_json::{Map, Value, json};

use super::{Outcome, Scene, content, moment};
use crate::end_to_end::base64_text;
use crate::key_services::records::{KeyRegistration, Records};

pub(crate) fn retrieve(scene: &Scene<'_>, records: &Records, id: &str) -> Outcome {
    let clauses = scene.clauses;
    let found = (clauses.find_key)(records, id);
    let key = found.filter(|key| {
        (clauses.is_key_in_force)(key.expires, scene.now)
            && (clauses.is_target)(key, &scene.requester)
            && (clauses.is_served)(scene, records, &key.admin_fqdn)
    });
    let key = key.ok_or_else(|| (clauses.no_key)(found))?;
    let answer = (clauses.retrieved)(scene, key);
    Ok((
        ResponseStatusCode::OK,
        content(&scene.names().key_registration, answer),
    ))
}

/// A RelativeKeyID is compared as it is written.
pub(crate) fn find<'r>(records: &'r Records, id: &str) -> Option<&'r KeyRegistration> {
    records.keys.get(id)
}

/// The authenticated identity has to be in the list (TS-0003 V3.18.0, 8.8.2.8 and 8.3.5.2.8).
pub(crate) fn is_target(key: &KeyRegistration, requester: &str) -> bool {
    key.targets.iter().any(|target| target == requester)
}

pub(crate) fn representation(scene: &Scene<'_>, key: &KeyRegistration) -> Map<String, Value> {
    let names = scene.names();
    let mut members = Map::from_iter([
        (names.expiration_time.clone(), moment(key.expires)),
        (names.source_id.clone(), json!(key.source)),
        (names.admin_fqdn.clone(), json!(key.admin_fqdn)),
        (names.suid.clone(), json!(key.suid)),
        (names.key_value.clone(), json!(base64_text(&key.key))),
    ]);
    if let Some(labels) = &key.labels {
        members.insert(names.labels.clone(), json!(labels));
    }
    members
}
