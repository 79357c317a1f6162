//! Which pairwise key opens an ESPrim Object (TS-0003 V3.18.0, 8.4.2, steps A and C.6a).

use onem2m_envelope::esprim::{
    Clauses as EsPrim, Direction, Form, Header, Received, Refusal, Session, Sighting,
};
use onem2m_identity::Home;
use onem2m_primitive::json::parse;

use super::Fault;
use crate::end_to_end::EndToEnd;
use crate::end_to_end::object;
use crate::receive::Desk;

const SPECIFIED: EsPrim = EsPrim::SPECIFICATION;

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
