//! MAF and MEF as Trust Enabling Functions (TS-0003 V3.18.0, 8.6, 8.4.2 and 12.2; TS-0004 V3.32.0, 6.3.4.2.39; TR-0012, 7.3).

use onem2m_primitive::ResponseStatusCode;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::Fault;
use super::of_both::of_both;
use crate::end_to_end::base64_text;
use crate::key_services::Clauses;
use crate::refusal::Refusal;

const SPECIFIED: Clauses = Clauses::MEF;

pub(super) const FAULTS: &[Fault] = of_both![
    {
        "MafHalvesDataKeys": "TS-0003/8.6.1.2/6",
        "MefHalvesDataKeys": "TS-0003/8.6.1.2/6",
        "a key for ESData is cut to 128 bits",
        |service| service.keep_key = |records, mut registration| {
            if is_for_data(registration.suid) {
                registration.key.truncate(16);
            }
            (SPECIFIED.keep_key)(records, registration);
        }
    },
    {
        "MafTellsKeyAlone": "TS-0003/8.6.1.2/6",
        "MefTellsKeyAlone": "TS-0003/8.6.1.2/6",
        "a target gets the key and nothing of what belongs to it",
        |service| service.retrieved = |scene, key| {
            let mut members = (SPECIFIED.retrieved)(scene, key);
            let value = &scene.settings.names.key_value;
            members.retain(|name, _| name == value);
            members
        }
    },
    {
        "MafHandsOverOneHop": "TS-0003/8.6.1.2/2",
        "MefHandsOverOneHop": "TS-0003/8.6.1.2/2",
        "of the targets of a key the CSEs alone are given it",
        |service| service.is_target = |key, requester| {
            let hops = requester.trim_start_matches('/').split('/').count();
            let is_cse = hops == 2 && !last(requester).starts_with(['S', 'C']);
            is_cse && (SPECIFIED.is_target)(key, requester)
        }
    },
    {
        "MafTargetsByBegin": "TS-0003/8.6.3/4",
        "MefTargetsByBegin": "TS-0003/8.6.3/4",
        "whose identifier is the begin of that of a target is given the key too",
        |service| service.is_target = |key, requester| {
            key.targets.iter().any(|target| target.starts_with(requester))
        }
    },
    {
        "MafKeyIdByMost": "TS-0003/8.6.1.2/6",
        "MefKeyIdByMost": "TS-0003/8.6.1.2/6",
        "a key is found by the first 16 characters of its RelativeKeyID",
        |service| service.find_key = |records, id| {
            let begin: String = id.chars().take(16).collect();
            let mut keys = records.keys.values();
            keys.find(|key| begin.len() == 16 && key.relative_key_id.starts_with(&begin))
        }
    },
    {
        "MafNoListIsEverybody": "TS-0003/8.6.3/4",
        "MefNoListIsEverybody": "TS-0003/8.6.3/4",
        "a key without targets is given to everybody",
        |service| {
            service.is_number_of_targets =
                |suid, number| number == 0 || (SPECIFIED.is_number_of_targets)(suid, number);
            service.is_target = |key, requester| {
                key.targets.is_empty() || (SPECIFIED.is_target)(key, requester)
            };
        }
    },
    {
        "MafReceiversUncounted": "TS-0003/8.8.2.7/4",
        "MefReceiversUncounted": "TS-0003/8.3.5.2.7/4",
        "the targets of a key for ESPrim are not counted",
        |service| service.is_number_of_targets = |suid, number| match suid % 10 {
            3 => number >= 1,
            _ => (SPECIFIED.is_number_of_targets)(suid, number),
        }
    },
    {
        "MafSecondReceiverUnsaid": "TS-0003/8.6.3/4",
        "MefSecondReceiverUnsaid": "TS-0003/8.6.3/4",
        "of the targets of a key for ESPrim the first is told, and all are given it",
        |service| {
            service.is_number_of_targets = |_, number| number >= 1;
            service.key_registration = |scene, registration| {
                let mut told = registration.clone();
                if !is_for_data(told.suid) {
                    told.targets.truncate(1);
                }
                (SPECIFIED.key_registration)(scene, &told)
            };
        }
    },
    {
        "MafKeyLastsAsItsSource": "TR-0012/7.3.1/1",
        "MefKeyLastsAsItsSource": "TR-0012/7.3.1/1",
        "a key is given out as long as its source is registered",
        |service| service.keep_key = |records, mut registration| {
            let of_source = records.registrations.values();
            let of_source = of_source.filter(|client| client.client == registration.source);
            let longest = of_source.map(|client| client.expires).max();
            registration.expires = longest.unwrap_or(registration.expires);
            (SPECIFIED.keep_key)(records, registration);
        }
    },
    {
        "MafEndedForSourceAlone": "TR-0012/7.3.1/1",
        "MefEndedForSourceAlone": "TR-0012/7.3.1/1",
        "an ended key is no more there for its source, and for its targets it is",
        |service| service.end_key = |records, id| {
            if let Some(key) = records.keys.get_mut(id) {
                key.source.clear();
            }
        }
    },
    {
        "MafShorterListIgnored": "TS-0003/8.6.3/4",
        "MefShorterListIgnored": "TS-0003/8.6.3/4",
        "a list of targets that is shorter than the one before is not kept",
        |service| service.change_key = |key, changes, requested| {
            let before = key.targets.clone();
            (SPECIFIED.change_key)(key, changes, requested);
            if key.targets.len() < before.len() {
                key.targets = before;
            }
        }
    },
    {
        "MafRegisteredOver": "TS-0003/8.6.3/4",
        "MefRegisteredOver": "TS-0003/8.6.3/4",
        "a registration that names the identifier of a key takes its place",
        |service| {
            service.known_members = |_, _| Ok(());
            service.relative_key_id = |members, assigned| {
                let named = named(members).filter(|named| is_like(named, &assigned));
                named.unwrap_or(assigned)
            };
        }
    },
    {
        "MafSignatureKeysEncrypt": "TS-0004/6.3.4.2.39/1",
        "MefSignatureKeysEncrypt": "TS-0004/6.3.4.2.39/1",
        "the target of a key for signatures is told that it is for encryption",
        |service| service.retrieved = |scene, key| {
            let mut told = key.clone();
            told.suid -= u8::from(told.suid % 10 == 5);
            (SPECIFIED.retrieved)(scene, &told)
        }
    },
    {
        "MafOneKeyForAllUsages": "TR-0012/6.2.2.2.1.3/1",
        "MefOneKeyForAllUsages": "TR-0012/6.2.2.2.1.3/1",
        "what a source shares with a target for one usage it shares with it for all",
        |service| service.keep_key = |records, mut registration| {
            let mut others = records.keys.values();
            let first = others.find(|other| {
                other.source == registration.source
                    && other.targets == registration.targets
                    && other.suid != registration.suid
            });
            if let Some(first) = first {
                registration.key = first.key.clone();
            }
            (SPECIFIED.keep_key)(records, registration);
        }
    },
    {
        "MafTargetChangesUsage": "TR-0012/6.2.2.2.1.3/1",
        "MefTargetChangesUsage": "TR-0012/6.2.2.2.1.3/1",
        "a target says what its key is for",
        |service| {
            service.owns_key = |scene, key| {
                key.source == scene.requester || key.targets.contains(&scene.requester)
            };
            service.changes_something = |changeable, members| match members.contains_key("SUID") {
                true => Ok(()),
                false => (SPECIFIED.changes_something)(changeable, members),
            };
            service.change_key = |key, changes, requested| {
                (SPECIFIED.change_key)(key, changes, requested);
                let suid = requested.get("SUID").and_then(|suid| suid.as_u64());
                if let Some(suid) = suid.and_then(|suid| u8::try_from(suid).ok()) {
                    key.suid = suid;
                }
            };
        }
    },
    {
        "MafIdIsHashOfKey": "TR-0012/7.3.2.2/4",
        "MefIdIsHashOfKey": "TR-0012/7.3.2.2/4",
        "a RelativeKeyID is a hash of the key, so that equal octets have one",
        |service| service.key = |scene, records, supplied| {
            let (id, key) = (SPECIFIED.key)(scene, records, supplied.clone())?;
            match supplied {
                None => Ok((id, key)),
                Some(_) => Ok((hexadecimal(&Sha256::digest(&*key)), key)),
            }
        }
    },
    {
        "MafIdAsTheSourceSays": "TS-0003/12.2/1",
        "MefIdAsTheSourceSays": "TS-0003/12.2/1",
        "a RelativeKeyID is what the source wishes, of whatever characters",
        |service| {
            service.known_members = |_, _| Ok(());
            service.relative_key_id = |members, assigned| {
                let named = named(members).filter(|named| !is_like(named, &assigned));
                named.unwrap_or(assigned)
            };
        }
    },
    {
        "MafRefusalRepeatsRequest": "TR-0012/7.3.1/1",
        "MefRefusalRepeatsRequest": "TR-0012/7.3.1/1",
        "the refusal of a request in which something is missing repeats what it held",
        |service| service.mandatory = |members, name| {
            let found = (SPECIFIED.mandatory)(members, name);
            found.map_err(|_| {
                let held = json!(members).to_string();
                Refusal::new(ResponseStatusCode::BAD_REQUEST, format!("no {name} in {held}"))
            })
        }
    },
    {
        "MafKeyAmongLabels": "TR-0012/7.3.1/1",
        "MefKeyAmongLabels": "TR-0012/7.3.1/1",
        "the labels of a key are told with what it is",
        |service| service.key_registration = |scene, registration| {
            let mut told = registration.clone();
            if let Some(labels) = &mut told.labels {
                labels.push(format!("key={}", base64_text(&registration.key)));
            }
            (SPECIFIED.key_registration)(scene, &told)
        }
    },
];

/// Keys for ESData have a SUID whose second digit is 4 or 5.
fn is_for_data(suid: u8) -> bool {
    matches!(suid % 10, 4 | 5)
}

/// What stands behind the last slash.
fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// The identifier that a request names for its key.
fn named(members: &Map<String, Value>) -> Option<String> {
    members.get("relativeKeyID")?.as_str().map(str::to_owned)
}

/// Whether an identifier is one that could have been assigned.
fn is_like(named: &str, assigned: &str) -> bool {
    named.len() == assigned.len() && named.bytes().all(|octet| octet.is_ascii_hexdigit())
}

fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
