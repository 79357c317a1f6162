//! Which pairwise key opens an ESPrim Object (TS-0003 V3.18.0, 8.4.2, steps A and C.6a).

use std::sync::Arc;

use onem2m_envelope::esprim::{
    Clauses as EsPrim, Direction, Form, Header, Received, Refusal, Session, Sighting,
};
use onem2m_identity::Home;
use onem2m_keys::Suid;
use onem2m_primitive::json::parse;

use super::Fault;
use crate::end_to_end::object;
use crate::end_to_end::{EndToEnd, Pairs, Vault};
use crate::receive::Desk;

const SPECIFIED: EsPrim = EsPrim::SPECIFICATION;

/// A key for ESPrim by a remote provisioning framework (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
const PROVISIONED: Suid = Suid(23);

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsPrimKeyIdCaseFolded",
        requirement: "TS-0004/7.6.2/13",
        summary: "kid is compared without regard to case",
        apply: |clauses| {
            clauses.end_to_end.esprim.key_named = |key, kid| key.id.eq_ignore_ascii_case(kid);
        },
    },
    Fault {
        name: "EsPrimUnknownKeyIsAnother",
        requirement: "TS-0004/7.6.2/13",
        summary: "an unknown kid stands for the first key that serves ESPrim",
        apply: |clauses| {
            clauses.end_to_end.esprim.key = |clauses, situation, kid| {
                (SPECIFIED.key)(clauses, situation, kid).or_else(|refusal| {
                    let first = situation.directory.key(&|key| key.for_esprim);
                    match refusal {
                        Refusal::UnknownKey { .. } => first.ok_or(refusal),
                        _ => Err(refusal),
                    }
                })
            };
        },
    },
    Fault {
        name: "EsPrimKeyOfOtherUsage",
        requirement: "TS-0004/6.3.4.2.39/1",
        summary: "a key that was established for another security feature opens an object",
        apply: |clauses| clauses.end_to_end.esprim.key_permitted = |_| true,
    },
    Fault {
        name: "EsPrimKeyOfRemoteProvisioningUnknown",
        requirement: "TS-0003/8.4.2/1",
        summary: "keys that a remote provisioning framework gave open nothing",
        apply: |clauses| {
            clauses.end_to_end.judge = |desk, vault, settings, text| {
                let pairs = Pairs::clone(&settings.pairs);
                let ids = settings.pairs.with(|rows| {
                    let of_provisioning = rows.iter().filter(|(_, usage)| *usage == PROVISIONED);
                    let ids = of_provisioning.map(|(key, _)| key.id.clone());
                    ids.collect::<Vec<_>>()
                });
                for id in &ids {
                    pairs.withdraw(id);
                }
                let settings = EndToEnd {
                    pairs: Arc::new(pairs),
                    ..settings.clone()
                };
                object::judge(desk, vault, &settings, text)
            };
        },
    },
    Fault {
        name: "EsPrimKeyNeverExpires",
        requirement: "TS-0003/8.4.2/2",
        summary: "the lifetime of a key is not looked at",
        apply: |clauses| clauses.end_to_end.esprim.key_current = |_, _| true,
    },
    Fault {
        name: "EsPrimKeyWithoutLifetimeExpired",
        requirement: "TS-0003/8.4.2/2",
        summary: "a key without a lifetime is expired",
        apply: |clauses| {
            clauses.end_to_end.esprim.key_current =
                |key, now| key.expires.is_some_and(|expires| now < expires);
        },
    },
    Fault {
        name: "EsPrimSessionOutlivesKey",
        requirement: "TS-0003/8.4.2/2",
        summary: "the lifetime of a key is looked at only when a session begins",
        apply: |clauses| {
            clauses.end_to_end.judge =
                |desk, vault, settings, text| match object::judge(desk, vault, settings, text) {
                    Err(Refusal::KeyExpired { kid }) => by_sessions(
                        desk,
                        vault.sessions().filter(|session| session.key_id == kid),
                        settings,
                        text,
                        Refusal::KeyExpired { kid: kid.clone() },
                    ),
                    judged => judged,
                };
            // A session ends with its key where that is looked at.
            clauses.end_to_end.keep = with_sessions_for_ever;
        },
    },
    Fault {
        name: "EsPrimSessionOutlivesPair",
        requirement: "TS-0004/7.6.2/13",
        summary: "a key that was withdrawn opens objects of the session that runs",
        apply: |clauses| {
            clauses.end_to_end.judge =
                |desk, vault, settings, text| match object::judge(desk, vault, settings, text) {
                    Err(Refusal::UnknownKey { kid }) => by_sessions(
                        desk,
                        vault.sessions().filter(|session| session.key_id == kid),
                        settings,
                        text,
                        Refusal::UnknownKey { kid: kid.clone() },
                    ),
                    judged => judged,
                };
        },
    },
    Fault {
        name: "EsPrimSessionOfAnyKey",
        requirement: "TS-0003/8.4.2/45",
        summary: "an object is opened by any session whose key fits, whatever kid says",
        apply: |clauses| {
            clauses.end_to_end.judge =
                |desk, vault, settings, text| match object::judge(desk, vault, settings, text) {
                    Err(Refusal::Tag) => {
                        by_sessions(desk, vault.sessions(), settings, text, Refusal::Tag)
                    }
                    judged => judged,
                };
        },
    },
];

/// What the first session opens whose key fits, for whoever the inner From says.
fn by_sessions<'v>(
    desk: &Desk<'_>,
    sessions: impl Iterator<Item = &'v Session>,
    settings: &EndToEnd,
    text: &str,
    refusal: Refusal,
) -> Result<Received, Refusal> {
    let clauses = &desk.clauses.end_to_end.esprim;
    let encoding = settings.readings.value_encoding;
    let form = Form::read(clauses, text)?;
    let header = Header::read(clauses, &form, Direction::Request, encoding)?;
    let aad = (clauses.additional_data)(&form);
    for session in sessions {
        let octets = settings.readings.content_key;
        let key = (clauses.content_key)(&session.key, header.enc, octets);
        let Ok(plaintext) = (clauses.decrypt)(header.enc, &key, &form, &aad) else {
            continue;
        };
        let serialization = (clauses.serialization)(header.cty, &plaintext)?;
        return Ok(Received {
            entity: from(desk.home, &plaintext).unwrap_or_default(),
            session: session.clone(),
            sighting: Sighting {
                key_id: header.kid.clone(),
                originator_id: header.ori.clone(),
                receiver_id: header.rri.clone(),
                iv: form.iv.clone(),
            },
            header,
            plaintext,
            serialization,
            record: None,
        });
    }
    Err(refusal)
}

fn from(home: &Home, plaintext: &[u8]) -> Option<String> {
    let value = parse(plaintext).ok()?;
    Some(object::identity(home, value.get("fr")?.as_str()?))
}

fn with_sessions_for_ever(
    desk: &Desk<'_>,
    vault: &mut Vault,
    settings: &EndToEnd,
    text: &str,
    received: &Received,
) {
    let mut received = received.clone();
    let expiry = received.session.receiver.expiry();
    received.session.expires = expiry.moment(desk.arrival.at);
    object::keep(desk, vault, settings, text, &received);
}
