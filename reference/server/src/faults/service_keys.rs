//! Key registrations at MAF and MEF (TS-0003 V3.18.0, 8.8.2.7, 8.8.2.9, 8.8.2.10, 8.3.5.2.7, 8.3.5.2.9, 8.3.5.2.10 and 10.3).

use onem2m_association::Session as Association;
use onem2m_identity::RelativeKeyId;
use onem2m_keys::{EXPORTED_LENGTH, ExporterLabel};
use serde_json::json;
use zeroize::Zeroizing;

use super::Fault;
use super::of_both::of_both;
use crate::end_to_end::{base64_octets, base64_text};
use crate::key_services::{Clauses, Exported, ServiceRole, exported_with, known_members};

const SPECIFIED: Clauses = Clauses::MEF;

pub(super) const FAULTS: &[Fault] = of_both![
    {
        "MafOtherExporterLabel": "TS-0003/8.8.2.7/7",
        "MefOtherExporterLabel": "TS-0003/8.3.5.2.7/6",
        "keys are exported with the label of the other service",
        |service| service.exported = |role, association| {
            let label = match role {
                ServiceRole::Maf => ExporterLabel::Bootstrap,
                ServiceRole::Mef => ExporterLabel::Connection,
            };
            exported_with(association, label.as_str())
        }
    },
    {
        "MafHalvesSwapped": "TS-0003/8.8.2.7/7",
        "MefHalvesSwapped": "TS-0003/8.3.5.2.7/6",
        "the key is the first 32 octets of what is exported, and its identifier the last 16",
        |service| service.exported = swapped
    },
    {
        "MafEmptyExporterContext": "RFC5705/4/1",
        "MefEmptyExporterContext": "RFC5705/4/1",
        "keys are exported with an empty context",
        |service| service.association.exporter_context = || Some(&[])
    },
    {
        "MafHalfOfKey": "TS-0003/8.8.2.7/7",
        "MefHalfOfKey": "TS-0003/8.3.5.2.7/6",
        "of what is exported the first half of the key is kept",
        |service| service.exported = |role, association| {
            let mut exported = own_exported(role, association)?;
            exported.key.truncate(16);
            Some(exported)
        }
    },
    {
        "MafExportedTwice": "TS-0003/8.8.2.7/9",
        "MefExportedTwice": "TS-0003/8.3.5.2.7/8",
        "a second key of a session has the identifier and the octets of the first",
        |service| service.key = |scene, records, supplied| match supplied {
            Some(_) => (SPECIFIED.key)(scene, records, supplied),
            None => {
                let exported = &scene.session.exported;
                let id = RelativeKeyId::of_octets(exported.identifier).to_string();
                Ok((id, exported.key.clone()))
            }
        }
    },
    {
        "MafKeyValueIgnored": "TS-0003/8.8.2.7/7",
        "MefKeyValueIgnored": "TS-0003/8.3.5.2.7/6",
        "a key is exported although the request has one",
        |service| service.key = |scene, records, supplied| {
            let (id, key) = (SPECIFIED.key)(scene, records, supplied.clone())?;
            let key = match supplied {
                Some(_) => scene.session.exported.key.clone(),
                None => key,
            };
            Ok((id, key))
        }
    },
    {
        "MafKeyValueCut": "TS-0003/8.8.2.7/7",
        "MefKeyValueCut": "TS-0003/8.3.5.2.7/6",
        "of a Key Value 32 octets are kept",
        |service| service.key_value = |value| {
            let mut octets = (SPECIFIED.key_value)(value)?;
            octets.truncate(32);
            Some(octets)
        }
    },
    {
        "MafEmptyKeyValueTaken": "TS-0003/8.8.2.7/7",
        "MefEmptyKeyValueTaken": "TS-0003/8.3.5.2.7/6",
        "a Key Value without octets is a key",
        |service| service.key_value = |value| match value.as_str() {
            Some("") => Some(Zeroizing::new(Vec::new())),
            _ => (SPECIFIED.key_value)(value),
        }
    },
    {
        "MafBadEncodingTaken": "TS-0003/8.8.2.7/6",
        "MefBadEncodingTaken": "TS-0003/8.3.5.2.7/6",
        "characters that are none of base64 are left out of a Key Value",
        |service| service.key_value = |value| {
            let right = (SPECIFIED.key_value)(value);
            right.or_else(|| {
                let is_digit = |it: &char| it.is_ascii_alphanumeric() || matches!(it, '+' | '/');
                let mut text: String = value.as_str()?.chars().filter(is_digit).collect();
                text.truncate(text.len() / 4 * 4);
                let octets = base64_octets(&text).map(Zeroizing::new);
                octets.filter(|octets| !octets.is_empty())
            })
        }
    },
    {
        "MafIdsCounted": "TS-0003/8.8.2.7/9",
        "MefIdsCounted": "TS-0003/8.3.5.2.7/8",
        "a RelativeKeyID is the number of keys that are registered, also of those before that were ended",
        |service| service.key = |scene, records, supplied| {
            let (id, key) = (SPECIFIED.key)(scene, records, supplied.clone())?;
            match supplied {
                Some(_) => Ok((format!("key-{}", records.keys.len()), key)),
                None => Ok((id, key)),
            }
        }
    },
    {
        "MafIdsOfOtherCharacters": "TS-0003/12.2/S1",
        "MefIdsOfOtherCharacters": "TS-0003/12.2/S1",
        "a RelativeKeyID is in base64",
        |service| service.key = |scene, records, supplied| {
            let (id, key) = (SPECIFIED.key)(scene, records, supplied.clone())?;
            match supplied {
                Some(_) => Ok((format!("{}=", &id), key)),
                None => Ok((id, key)),
            }
        }
    },
    {
        "MafRegistrationShowsKey": "TS-0003/8.8.2.7/11",
        "MefRegistrationShowsKey": "TS-0003/8.3.5.2.7/9",
        "the response to a key registration holds the key",
        |service| service.key_registration = |scene, registration| {
            let mut members = (SPECIFIED.key_registration)(scene, registration);
            let key = json!(base64_text(&registration.key));
            members.insert(scene.settings.names.key_value.clone(), key);
            members
        }
    },
    {
        "MafAnySuid": "TS-0003/8.8.2.7/6",
        "MefAnySuid": "TS-0003/8.3.5.2.7/5",
        "a SUID is any number",
        |service| service.suid = |_, value| {
            let number = value.as_i64()?;
            Some(u8::try_from(number).unwrap_or(2))
        }
    },
    {
        "MafSuidLeftOut": "TS-0003/8.8.2.7/6",
        "MefSuidLeftOut": "TS-0003/8.3.5.2.7/5",
        "a key without a SUID is for associations",
        |service| service.suid = |role, value| match value.is_null() {
            true => Some(role.usages().start() + 1),
            false => (SPECIFIED.suid)(role, value),
        }
    },
    {
        "MafTargetsUncounted": "TS-0003/8.8.2.7/4",
        "MefTargetsUncounted": "TS-0003/8.3.5.2.7/4",
        "a key of any usage has any number of targets",
        |service| service.is_number_of_targets = |_, _| true
    },
    {
        "MafOneTargetAlways": "TS-0003/8.8.2.7/8",
        "MefOneTargetAlways": "TS-0003/8.3.5.2.7/7",
        "of the targets of a key for ESData the first is kept",
        |service| service.keep_key = |records, mut registration| {
            registration.targets.truncate(1);
            (SPECIFIED.keep_key)(records, registration);
        }
    },
    {
        "MafTargetsArePatterns": "TS-0003/8.8.2.7/8",
        "MefTargetsArePatterns": "TS-0003/8.3.5.2.7/7",
        "an asterisk in a target stands for whatever there is",
        |service| {
            service.target = |_, text| Some(text.to_owned());
            service.is_target = |key, requester| {
                key.targets.iter().any(|target| match target.split_once('*') {
                    Some((begin, end)) => requester.starts_with(begin) && requester.ends_with(end),
                    None => target == requester,
                })
            };
        }
    },
    {
        "MafTargetsByLastPart": "TS-0003/8.8.2.7/8",
        "MefTargetsByLastPart": "TS-0003/8.3.5.2.7/7",
        "targets are compared by what stands behind their last slash",
        |service| {
            service.target = |_, text| Some(text.to_owned());
            service.is_target = |key, requester| {
                let last = |id: &str| id.rsplit('/').next().map(str::to_owned);
                key.targets.iter().any(|target| last(target) == last(requester))
            };
        }
    },
    {
        "MafKeyUpdateTellsAll": "TS-0003/8.8.2.9/2",
        "MefKeyUpdateTellsAll": "TS-0003/8.3.5.2.9/2",
        "the response to an update of a key registration is the whole record",
        |service| service.echoed = |full, requested| match full.contains_key("relativeKeyID") {
            true => full,
            false => (SPECIFIED.echoed)(full, requested),
        }
    },
    {
        "MafEmptyKeyUpdateTaken": "TS-0003/8.8.2.9/1",
        "MefEmptyKeyUpdateTaken": "TS-0003/8.3.5.2.9/1",
        "an update of nothing of a key succeeds",
        |service| service.changes_something = |changeable, members| match changeable.len() {
            3 => known_members(changeable, members),
            _ => (SPECIFIED.changes_something)(changeable, members),
        }
    },
    {
        "MafUpdateWritesAnything": "TS-0003/8.8.2.9/1",
        "MefUpdateWritesAnything": "TS-0003/8.3.5.2.9/1",
        "an update changes SUID and Key Value of a key too",
        |service| {
            service.changes_something = |_, _| Ok(());
            service.change_key = |key, changes, requested| {
                (SPECIFIED.change_key)(key, changes, requested);
                let suid = requested.get("SUID").and_then(|value| value.as_u64());
                if let Some(suid) = suid.and_then(|suid| u8::try_from(suid).ok()) {
                    key.suid = suid;
                }
                if let Some(octets) = requested.get("keyValue").and_then(SPECIFIED.key_value) {
                    key.key = octets;
                }
            };
        }
    },
    {
        "MafNewTargetsIgnored": "TS-0003/8.8.2.9/3",
        "MefNewTargetsIgnored": "TS-0003/8.3.5.2.9/3",
        "a new list of targets is acknowledged, and the old one goes on to decide",
        |service| {
            service.change_key = |key, changes, requested| {
                let targets = key.targets.clone();
                (SPECIFIED.change_key)(key, changes, requested);
                key.targets = targets;
            };
            service.echoed = |mut full, requested| {
                full.extend(requested.clone());
                (SPECIFIED.echoed)(full, requested)
            };
        }
    },
    {
        "MafNewTargetsAdded": "TS-0003/8.8.2.9/3",
        "MefNewTargetsAdded": "TS-0003/8.3.5.2.9/3",
        "a new list of targets is added to the old one",
        |service| service.change_key = |key, changes, requested| {
            let before = key.targets.clone();
            (SPECIFIED.change_key)(key, changes, requested);
            key.targets.extend(before);
        }
    },
    {
        "MafTargetManagesKey": "TS-0003/8.8.2.10/2",
        "MefTargetManagesKey": "TS-0003/8.3.5.2.10/2",
        "a target of a key may update and end its registration",
        |service| service.owns_key = |scene, key| {
            key.source == scene.requester || key.targets.contains(&scene.requester)
        }
    },
    {
        "MafAnybodyManagesKeys": "TS-0003/8.8.2.10/2",
        "MefAnybodyManagesKeys": "TS-0003/8.3.5.2.10/2",
        "whoever knows the identifier of a key may update and end its registration",
        |service| service.owns_key = |_, _| true
    },
    {
        "MafExpiredKeyRevived": "TS-0003/8.8.2.9/1",
        "MefExpiredKeyRevived": "TS-0003/8.3.5.2.9/1",
        "an expired key comes back by an update of its expirationTime",
        |service| service.is_key_changeable = |_, _| true
    },
    {
        "MafEndedKeyServed": "TS-0003/8.8.2.10/1",
        "MefEndedKeyServed": "TS-0003/8.3.5.2.10/1",
        "the end of a key registration is acknowledged, and the key served all the same",
        |service| service.end_key = |_, _| {}
    },
];

fn own_exported(role: ServiceRole, association: &dyn Association) -> Option<Exported> {
    (SPECIFIED.exported)(role, association)
}

fn swapped(role: ServiceRole, association: &dyn Association) -> Option<Exported> {
    let octets = association
        .export(role.label().as_str(), EXPORTED_LENGTH)
        .ok()?;
    let (key, identifier) = octets.split_at_checked(32)?;
    Some(Exported {
        identifier: identifier.try_into().ok()?,
        key: Zeroizing::new(key.to_vec()),
    })
}
