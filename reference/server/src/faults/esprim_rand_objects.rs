//! The rand objects that the CSE gives out on request (TS-0003 V3.18.0, 8.4.2, step B.2; TS-0004 V3.32.0, 7.5.1.2.11).

use std::sync::atomic::{AtomicU32, Ordering};

use onem2m_envelope::esprim::{Expiry, ProtocolId, ReceiverRand};
use serde_json::{Value, json};

use super::{Fault, rewrite};
use crate::end_to_end::Vault;
use crate::end_to_end::rand_objects::{self, NoObject, Offer};
use crate::end_to_end::security_info::{self, SecurityInfo};
use crate::refusal::Refusal;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "RandAnswerEchoesType",
        requirement: "TS-0004/7.5.1.2.11/2",
        summary: "the answer to a request for a rand object has the type of the request",
        apply: |clauses| clauses.end_to_end.rand_answer = |object| with(object, "sit", json!(3)),
    },
    Fault {
        name: "RandAnswerWithoutObject",
        requirement: "TS-0004/7.5.1.2.11/2",
        summary: "the answer to a request for a rand object has the right type and no object",
        apply: |clauses| {
            clauses.end_to_end.rand_answer = |_| json!({ "m2m:seci": { "sit": 4 } });
        },
    },
    Fault {
        name: "RandAnswerWithObjectOfOtherType",
        requirement: "TS-0004/6.3.5.48/2",
        summary: "the answer to a request for a rand object has an empty ESPrim Object beside it",
        apply: |clauses| clauses.end_to_end.rand_answer = |object| with(object, "epo", json!("")),
    },
    Fault {
        name: "RandObjectChoosesAlgorithm",
        requirement: "TS-0003/8.4.3.1.2/1",
        summary: "a receiver object has the member of an originator object for the algorithm",
        apply: |clauses| clauses.end_to_end.rand_answer = choosing,
    },
    Fault {
        name: "RandValueCounts",
        requirement: "TS-0003/8.4.2/24",
        summary: "a random value is a counter of 32 bits, padded",
        apply: |clauses| {
            clauses.end_to_end.rand_value = |_, _| {
                static NEXT: AtomicU32 = AtomicU32::new(0);
                Ok(format!("a{:031x}", NEXT.fetch_add(1, Ordering::Relaxed)))
            };
        },
    },
    Fault {
        name: "RandValueConstant",
        requirement: "TS-0003/8.4.2/24",
        summary: "every random value is the same",
        apply: |clauses| {
            clauses.end_to_end.rand_value =
                |_, _| Ok("c3d2e1f0a9b8978685746352413f2e1d".to_owned());
        },
    },
    Fault {
        name: "RandValueShort",
        requirement: "TS-0003/8.4.2/24",
        summary: "a random value has 64 bits",
        apply: |clauses| {
            clauses.end_to_end.rand_value = |randomness, encoding| {
                let text = rand_objects::rand_value(randomness, encoding)?;
                Ok(text.chars().take(16).collect())
            };
        },
    },
    Fault {
        name: "RandIdConstant",
        requirement: "TS-0003/8.4.2/27",
        summary: "every rand object has the same identifier",
        apply: |clauses| {
            clauses.end_to_end.rand_id = |_, is_shared| {
                let kind = if is_shared { "shared" } else { "unique" };
                Ok(format!("{kind}-1"))
            };
        },
    },
    Fault {
        name: "RandIdDoesNotTellShared",
        requirement: "TS-0003/8.4.2/26",
        summary: "the identifier of every rand object shows that it is shared",
        apply: |clauses| {
            clauses.end_to_end.rand_id = |randomness, _| rand_objects::rand_id(randomness, true);
        },
    },
    Fault {
        name: "SharedRandIdLooksUnique",
        requirement: "TS-0003/8.4.2/11",
        summary: "the identifier of a shared rand object shows that it is not shared",
        apply: |clauses| {
            clauses.end_to_end.rand_id = |randomness, _| rand_objects::rand_id(randomness, false);
        },
    },
    Fault {
        name: "RandRequestGetsSharedObject",
        requirement: "TS-0003/8.4.2/26",
        summary: "a request for a rand object is answered with the shared one, if there is one",
        apply: |clauses| {
            clauses.end_to_end.requested = |desk, vault, settings, originator| match vault.shared()
            {
                Some(shared) => Ok(shared.clone()),
                None => rand_objects::requested(desk, vault, settings, originator),
            };
        },
    },
    Fault {
        name: "RandObjectExpiredAtOnce",
        requirement: "TS-0003/8.4.2/25",
        summary: "a rand object expires when it is given out",
        apply: |clauses| clauses.end_to_end.rand_expiry = |now, _| Expiry::at(now),
    },
    Fault {
        name: "RandObjectWithoutMandatoryAlgorithm",
        requirement: "TS-0003/10.3.8.1/1",
        summary: "a rand object does not offer HMAC-SHA256 to derive the session key",
        apply: |clauses| {
            clauses.end_to_end.offer = |settings| Offer {
                key_algorithms: vec![2],
                ..rand_objects::offer(settings)
            };
        },
    },
    Fault {
        name: "RandObjectOffersUnassigned",
        requirement: "TS-0004/6.3.4.2.41/1",
        summary: "a rand object offers an algorithm whose number means nothing",
        apply: |clauses| {
            clauses.end_to_end.offer = |settings| {
                let mut offer = rand_objects::offer(settings);
                offer.protocols.push(ProtocolId(20));
                offer
            };
        },
    },
    Fault {
        name: "RandRequestEndsSessions",
        requirement: "TS-0003/8.4.2/53",
        summary: "a request for a rand object ends every session",
        apply: |clauses| {
            clauses.end_to_end.requested = |desk, vault, settings, originator| {
                *vault = Vault::default();
                rand_objects::requested(desk, vault, settings, originator)
            };
        },
    },
    Fault {
        name: "RandObjectNotKept",
        requirement: "TS-0003/8.4.2/58",
        summary: "a rand object that was given out is not kept",
        apply: |clauses| {
            clauses.end_to_end.requested = |desk, _, settings, originator| {
                let issued_to = Some(originator.absolute());
                rand_objects::make(desk, settings, issued_to).map_err(|NoObject| NoObject)
            };
        },
    },
    Fault {
        name: "SecurityInfoByMembers",
        requirement: "TS-0004/6.3.5.48/2",
        summary: "an ESPrim Object is opened whatever the type of the securityInfo is",
        apply: |clauses| clauses.end_to_end.security_info = by_members,
    },
    Fault {
        name: "SecurityInfoOfUnknownType",
        requirement: "TS-0004/6.3.5.48/5",
        summary: "a securityInfo of a type that there is not, or of none, asks for a rand object",
        apply: |clauses| {
            clauses.end_to_end.security_info = |content| or_rand_object(content, |_| true)
        },
    },
    Fault {
        name: "SecurityInfoTypeAsText",
        requirement: "TS-0004/6.3.4.2.35/1",
        summary: "securityInfoType may be a text",
        apply: |clauses| {
            clauses.end_to_end.security_info =
                |content| or_rand_object(content, |kind| kind == Some(&json!("3")));
        },
    },
    Fault {
        name: "RandResponseAsRequest",
        requirement: "TS-0004/6.3.4.2.35/1",
        summary: "a securityInfo that brings a rand object is answered with another one",
        apply: |clauses| {
            clauses.end_to_end.security_info =
                |content| or_rand_object(content, |kind| kind == Some(&json!(4)));
        },
    },
];

fn with(object: &ReceiverRand, name: &str, value: Value) -> Value {
    let mut answer = rand_objects::rand_answer(object);
    if let Some(information) = answer.get_mut("m2m:seci") {
        rewrite::member(information, name, value);
    }
    answer
}

fn choosing(object: &ReceiverRand) -> Value {
    let mut members = rand_objects::as_value(object);
    if let Some(members) = members.as_object_mut() {
        members.shift_remove("esks");
        members.insert("esk".to_owned(), json!(1));
    }
    json!({ "m2m:seci": { "sit": 4, "ero": members } })
}

fn by_members(content: &Value) -> Result<SecurityInfo<'_>, Refusal> {
    match content.pointer("/m2m:seci/epo").and_then(Value::as_str) {
        Some(object) => Ok(SecurityInfo::Object(object)),
        None => security_info::read(content),
    }
}

/// What is refused asks for a rand object if its type is one of these.
fn or_rand_object(
    content: &Value,
    is_taken: fn(Option<&Value>) -> bool,
) -> Result<SecurityInfo<'_>, Refusal> {
    let kind = content.pointer("/m2m:seci/sit");
    match security_info::read(content) {
        Err(_) if is_taken(kind) => Ok(SecurityInfo::RandObject),
        read => read,
    }
}
