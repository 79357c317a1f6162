//! The messages of a key establishment by certificates, and which belong together (TS-0001 V3.36.0, 11.4.3; TS-0004 V3.32.0,
//! 7.5.1.2.12).

use onem2m_association::Allowed;
use onem2m_primitive::ResponseStatusCode;
use serde_json::{Value, json};

use super::Fault;
use crate::end_to_end::escertke::exchanges::IN_ALL;
use crate::end_to_end::escertke::{exchanges, message, octets};
use crate::end_to_end::security_info::{self, SecurityInfo};
use crate::receive::Carried;
use crate::representation::Shown;

/// A record of TLS that nobody sent before: an alert of no such level.
const RECORD: [u8; 7] = [23, 3, 3, 0, 2, 0, 0];
/// decrypt_error (RFC 5246, 7.2.2)
const DECRYPT_ERROR: u8 = 51;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsCertKeOtherTypeAnswered",
        requirement: "TS-0004/7.5.1.2.12/2",
        summary: "an answer has securityInfoType 5",
        apply: |clauses| {
            clauses.end_to_end.escertke.answer = |octets| with(octets, "sit", &json!(5));
        },
    },
    Fault {
        name: "EsCertKeAnsweredElsewhere",
        requirement: "TS-0001/11.4.3/2",
        summary: "an answer is empty, since the next message is to go in a Notify of its own",
        apply: |clauses| {
            clauses.end_to_end.escertke.respond =
                |_, _| Ok(Carried::done(ResponseStatusCode::OK, Shown::nothing()));
        },
    },
    Fault {
        name: "EsCertKeAnsweredInBase64Url",
        requirement: "TS-0004/6.3.5.48/3",
        summary: "an answer is in the alphabet of base64url",
        apply: |clauses| {
            clauses.end_to_end.escertke.answer = |octets| {
                let answer = octets::answer(octets);
                let text = answer.pointer("/m2m:seci/eckm").and_then(Value::as_str);
                let text = text.unwrap_or_default();
                let text = text.replace('+', "-").replace('/', "_");
                with(octets, "eckm", &json!(text))
            };
        },
    },
    Fault {
        name: "EsCertKeMissingIsRandObject",
        requirement: "TS-0004/6.3.5.48/3",
        summary: "securityInfoType 6 without a message asks for a rand object",
        apply: |clauses| {
            clauses.end_to_end.security_info = |content| {
                let kind = content.pointer("/m2m:seci/sit").and_then(Value::as_u64);
                match security_info::read(content) {
                    Err(_) if kind == Some(6) => Ok(SecurityInfo::RandObject),
                    read => read,
                }
            };
        },
    },
    Fault {
        name: "EsCertKeUnreadableAnswered",
        requirement: "TS-0001/11.4.3/5",
        summary: "what is no message is answered with success and nothing",
        apply: |clauses| {
            clauses.end_to_end.escertke.unreadable =
                |_| Ok(Carried::done(ResponseStatusCode::OK, Shown::nothing()));
        },
    },
    Fault {
        name: "EsCertKeFailureIsSuccess",
        requirement: "TS-0003/8.7.2.2/7",
        summary: "a handshake that failed is answered with success and nothing",
        apply: |clauses| {
            clauses.end_to_end.escertke.failed =
                |_, _, _| Ok(Carried::done(ResponseStatusCode::OK, Shown::nothing()));
        },
    },
    Fault {
        name: "EsCertKeFailuresUnlike",
        requirement: "TS-0003/8.7.2.2/7",
        summary: "what does not decrypt is told by an alert, and everything else by a code",
        apply: |clauses| {
            clauses.end_to_end.escertke.failed = |table, terminating, alert| {
                let told = match alert.last() == Some(&DECRYPT_ERROR) {
                    true => alert,
                    false => &[],
                };
                message::failed(table, terminating, told)
            };
        },
    },
    Fault {
        name: "EsCertKeOfAnyOriginator",
        requirement: "TS-0001/11.4.3/4",
        summary: "a message goes on with the last exchange, whoever began it",
        apply: |clauses| {
            let table = &mut clauses.end_to_end.escertke;
            table.correlated = |exchanges, _, _| exchanges.open.pop();
            table.initiator = |_, session| match &session.binding()?.allowed {
                Allowed::Entity(entity) => Some(entity.clone()),
                _ => None,
            };
        },
    },
    Fault {
        name: "EsCertKeNeverOver",
        requirement: "TS-0001/11.4.3/4",
        summary: "an exchange goes on whenever its second half comes",
        apply: |clauses| clauses.end_to_end.escertke.expire = |_, _| {},
    },
    Fault {
        name: "EsCertKeAnsweredAgain",
        requirement: "TS-0003/8.7.2.2/7",
        summary: "whatever comes behind a complete exchange is answered with another message",
        apply: |clauses| {
            let table = &mut clauses.end_to_end.escertke;
            table.conclude = |exchanges, exchange| exchanges.open.push(exchange);
            table.exchanged = |session, octets| match message::is_established(session) {
                true => RECORD.to_vec(),
                false => exchanges::exchanged(session, octets),
            };
        },
    },
    Fault {
        name: "EsCertKeTableFillsUp",
        requirement: "TS-0003/8.7.2.1/1",
        summary: "exchanges that are not complete stay, and when there are too many no other begins",
        apply: |clauses| {
            let table = &mut clauses.end_to_end.escertke;
            table.expire = |_, _| {};
            table.admit = |exchanges, exchange| {
                if exchanges.open.len() < IN_ALL {
                    exchanges.open.push(exchange);
                }
            };
            table.correlated = |exchanges, from, _| {
                let open = &mut exchanges.open;
                let mut others = open.iter();
                let place = others.rposition(|exchange| exchange.from == from)?;
                (open.len() < IN_ALL).then(|| open.remove(place))
            };
        },
    },
    Fault {
        name: "EsCertKeHidesInformation",
        requirement: "TS-0001/11.4.3/1",
        summary: "a CSE that establishes keys by certificates has no e2eSecInfo",
        apply: |clauses| clauses.end_to_end.announced = |_, _| None,
    },
];

/// The answer with another value in a member.
fn with(octets: &[u8], name: &str, value: &Value) -> Value {
    let mut answer = octets::answer(octets);
    if let Some(member) = answer
        .get_mut("m2m:seci")
        .and_then(|members| members.get_mut(name))
    {
        *member = value.clone();
    }
    answer
}
