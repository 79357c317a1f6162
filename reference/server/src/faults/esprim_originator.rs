//! An Originator that learns nothing of its Receiver, or makes something else of it (TS-0003 V3.18.0, 8.4.2, step B.2; TS-0004
//! V3.32.0, 7.5.1.2.11).

use onem2m_envelope::ContentEncryption;
use onem2m_envelope::esprim::{ProtocolId, ReceiverRand, ValueEncoding};
use serde_json::json;
use time::Duration;

use super::Fault;
use crate::end_to_end::originator::Unprotected;
use crate::end_to_end::originator::information::{self, Support};
use crate::end_to_end::originator::rand_objects;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "SupportNotLookedAt",
        requirement: "TS-0003/8.4.2/16",
        summary: "an originator asks for a rand object without looking at e2eSecInfo",
        apply: |clauses| clauses.end_to_end.originating.looks = || false,
    },
    Fault {
        name: "SupportTakenForGranted",
        requirement: "TS-0003/8.4.2/19",
        summary: "a receiver that does not say that it supports ESPrim is sent objects all the same",
        apply: |clauses| {
            clauses.end_to_end.originating.support =
                |answer| Some(information::support(answer).unwrap_or(Support { shared: None }));
        },
    },
    Fault {
        name: "UnsupportedInTheClear",
        requirement: "TS-0003/8.4.2/19",
        summary: "what a receiver cannot be sent in an object it is sent in the clear",
        apply: |clauses| {
            clauses.end_to_end.originating.in_the_clear =
                |failure| matches!(failure, Unprotected::Unsupported);
        },
    },
    Fault {
        name: "UnusableInTheClear",
        requirement: "TS-0003/8.4.2/34",
        summary: "with nothing usable on offer a request goes in the clear",
        apply: |clauses| {
            clauses.end_to_end.originating.in_the_clear =
                |failure| matches!(failure, Unprotected::Unusable(_));
        },
    },
    Fault {
        name: "RefusedInTheClear",
        requirement: "TS-0004/7.6.2/8",
        summary: "a request whose object was refused goes in the clear",
        apply: |clauses| {
            clauses.end_to_end.originating.in_the_clear =
                |failure| matches!(failure, Unprotected::Refused(_));
        },
    },
    Fault {
        name: "SharedObjectPassedOver",
        requirement: "TS-0003/8.4.2/20",
        summary: "an originator asks for a rand object where one is published",
        apply: |clauses| clauses.end_to_end.originating.usable = |_, _, _| false,
    },
    Fault {
        name: "SharedObjectUsedExpired",
        requirement: "TS-0003/8.4.2/21",
        summary: "a published rand object is used although it has expired",
        apply: |clauses| {
            clauses.end_to_end.originating.usable = |_, _, _| true;
            clauses.end_to_end.esprim.offer_current = |_, _| true;
        },
    },
    Fault {
        name: "ReceiverObjectUsedExpired",
        requirement: "TS-0003/8.4.2/34",
        summary: "a rand object that was given expired is used",
        apply: |clauses| clauses.end_to_end.esprim.offer_current = |_, _| true,
    },
    Fault {
        name: "RandRequestWithObject",
        requirement: "TS-0004/7.5.1.2.11/1",
        summary: "the request for a rand object has an empty one",
        apply: |clauses| {
            clauses.end_to_end.originating.rand_request =
                || json!({ "m2m:seci": { "sit": 3, "ero": {} } });
        },
    },
    Fault {
        name: "RandAnswerOfAnyType",
        requirement: "TS-0004/7.5.1.2.11/3",
        summary: "a rand object is taken from an answer of any securityInfoType",
        apply: |clauses| {
            clauses.end_to_end.originating.rand_answer = |answer| {
                let content = answer.content.as_ref()?;
                let object = content.get("m2m:seci")?.get("ero")?.to_string();
                ReceiverRand::from_json(&object).ok()
            };
        },
    },
    Fault {
        name: "KeyAlgorithmAssumed",
        requirement: "TS-0003/8.4.2/34",
        summary: "an originator derives with an algorithm that was not offered",
        apply: |clauses| clauses.end_to_end.esprim.chosen_algorithm = |_| Some(1),
    },
    Fault {
        name: "ProtocolAssumed",
        requirement: "TS-0003/8.4.2/35",
        summary: "an originator encrypts with an algorithm that was not offered",
        apply: |clauses| {
            clauses.end_to_end.esprim.chosen_protocols =
                |_, _| vec![ProtocolId::from(ContentEncryption::A256Gcm)];
        },
    },
    Fault {
        name: "ProtocolsOfItsOwn",
        requirement: "TS-0003/8.4.2/35",
        summary: "an originator lists every algorithm that it knows",
        apply: |clauses| {
            clauses.end_to_end.esprim.chosen_protocols = |offered, supported| {
                let mut all: Vec<ProtocolId> = offered.to_vec();
                all.extend(supported.iter().copied().map(ProtocolId::from));
                all.dedup();
                all
            };
        },
    },
    Fault {
        name: "OwnLifetimeAlone",
        requirement: "TS-0003/8.4.2/33",
        summary: "a rand object of an originator expires after a day, whatever the receiver's",
        apply: |clauses| {
            clauses.end_to_end.originating.wanted_expiry = |now, _| now + Duration::DAY;
            clauses.end_to_end.esprim.chosen_expiry = |wanted, _| wanted;
        },
    },
    Fault {
        name: "OwnValueConstant",
        requirement: "TS-0003/8.4.2/31",
        summary: "the random value of an originator is always the same",
        apply: |clauses| {
            clauses.end_to_end.originating.rand_value =
                |_, encoding: ValueEncoding| Ok(encoding.write(&[0xab; 16]));
        },
    },
    Fault {
        name: "OwnIdConstant",
        requirement: "TS-0003/8.4.2/33",
        summary: "the rand objects of an originator have one identifier",
        apply: |clauses| {
            clauses.end_to_end.originating.rand_id = |_| Ok("or-0001".to_owned());
        },
    },
    Fault {
        name: "OwnIdNoName",
        requirement: "TS-0004/6.3.5.50/1",
        summary: "the identifier of a rand object of an originator is no xs:NCName",
        apply: |clauses| {
            clauses.end_to_end.esprim.rand_id = |_| Ok(());
            clauses.end_to_end.originating.rand_id =
                |randomness| Ok(format!("1:{}", rand_objects::id(randomness)?));
        },
    },
];
