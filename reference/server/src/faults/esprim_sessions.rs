//! The rand objects of a session: which are known, whose they are and how long they are valid (TS-0003 V3.18.0, 8.4.2, step
//! C.6b, and 8.4.3.2).

use onem2m_envelope::esprim::{
    Clauses as EsPrim, Direction, Form, Header, IssuedObject, PairwiseKey, Received, ReceiverRand,
    RecordedObject, Refusal, Session, Sighting, Situation,
};
use onem2m_envelope::{bare, esprim};
use time::Duration;

use super::Fault;
use crate::end_to_end::{EndToEnd, Vault};
use crate::end_to_end::{object, protection, rand_objects};
use crate::receive::Desk;
use crate::tree::Tree;

const SPECIFIED: EsPrim = EsPrim::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "ReceiverObjectUnknownIsAnother",
        requirement: "TS-0003/8.4.2/52",
        summary: "an unknown rri stands for an object that the originator asked for",
        apply: |clauses| {
            clauses.end_to_end.esprim.receiver_object = |clauses, situation, rri, key| {
                (SPECIFIED.receiver_object)(clauses, situation, rri, key).or_else(|refusal| {
                    let own = |issued: &IssuedObject| {
                        issued
                            .issued_to
                            .as_ref()
                            .is_none_or(|entity| *entity == key.entity)
                    };
                    situation.directory.issued(&own).ok_or(refusal)
                })
            };
        },
    },
    Fault {
        name: "ReceiverObjectNeverExpires",
        requirement: "TS-0003/8.4.2/52",
        summary: "a rand object of the receiver stays valid as long as that of the originator",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.issued_current = |_, _| true;
            esprim.originator_within = |_, _| true;
        },
    },
    Fault {
        name: "SessionNeverExpires",
        requirement: "TS-0003/8.4.2/52",
        summary: "the expiries of rand objects are compared with each other and never with the time",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.issued_current = |_, _| true;
            esprim.originator_current = |_, _| true;
        },
    },
    Fault {
        name: "ReceiverObjectUsedOnce",
        requirement: "TS-0003/8.4.2/58",
        summary: "a rand object of the receiver opens one object",
        apply: |clauses| {
            clauses.end_to_end.keep = |desk, vault, settings, text, received| {
                object::keep(desk, vault, settings, text, received);
                vault.withdraw(&received.header.rri);
            };
        },
    },
    Fault {
        name: "ReceiverObjectOfOriginatorAdopted",
        requirement: "TS-0003/8.4.3.2/12",
        summary: "a rand object of the receiver that a request brings is one of its own from then on",
        apply: |clauses| {
            clauses.end_to_end.esprim.misplaced = |_, _| Ok(());
            clauses.end_to_end.keep = with_receiver_object;
        },
    },
    Fault {
        name: "OriginatorObjectNeverExpires",
        requirement: "TS-0003/8.4.2/55",
        summary: "the expiry of a rand object of the originator is not compared with the time",
        apply: |clauses| clauses.end_to_end.esprim.originator_current = |_, _| true,
    },
    Fault {
        name: "OriginatorObjectCheckedOnce",
        requirement: "TS-0003/8.4.2/54",
        summary: "the expiry of a rand object of the originator is looked at only when it comes",
        apply: |clauses| {
            clauses.end_to_end.esprim.originator_object = |clauses, situation, header, key| {
                let found = (SPECIFIED.originator_object)(clauses, situation, header, key)?;
                Ok(match header.oro {
                    Some(_) => found,
                    None => still_current(found, situation),
                })
            };
        },
    },
    Fault {
        name: "OriginatorObjectUncheckedAtFirst",
        requirement: "TS-0003/8.4.2/55",
        summary: "the expiry of a rand object of the originator is not looked at when it comes",
        apply: |clauses| {
            clauses.end_to_end.esprim.originator_object = |clauses, situation, header, key| {
                let found = (SPECIFIED.originator_object)(clauses, situation, header, key)?;
                Ok(match header.oro {
                    Some(_) => still_current(found, situation),
                    None => found,
                })
            };
        },
    },
    Fault {
        name: "OriginatorObjectOutlives",
        requirement: "TS-0003/8.4.2/56",
        summary: "a rand object of the originator may outlive that of the receiver",
        apply: |clauses| clauses.end_to_end.esprim.originator_within = |_, _| true,
    },
    Fault {
        name: "OriginatorObjectEndsBefore",
        requirement: "TS-0003/8.4.2/56",
        summary: "a rand object of the originator has to end before that of the receiver",
        apply: |clauses| {
            clauses.end_to_end.esprim.originator_within =
                |originator, receiver| originator < receiver;
        },
    },
    Fault {
        name: "OriginatorObjectNotKept",
        requirement: "TS-0003/8.4.2/53",
        summary: "a rand object of the originator serves the object that it came in",
        apply: |clauses| clauses.end_to_end.esprim.record = |_, _, _, _| None,
    },
    Fault {
        name: "OriginatorObjectUnknownIsAnother",
        requirement: "TS-0003/8.4.2/54",
        summary: "an unknown ori stands for an object that came before under the key",
        apply: |clauses| {
            clauses.end_to_end.esprim.unknown_originator =
                |situation, key, _| of_key(situation, key);
        },
    },
    Fault {
        name: "OriginatorObjectsOfAnybody",
        requirement: "TS-0003/8.4.2/53",
        summary: "rand objects of originators are known by their identifier alone, whoever sent them",
        apply: |clauses| clauses.end_to_end.esprim.recorded_for = |_, _| true,
    },
    Fault {
        name: "OriginatorObjectOfAnyName",
        requirement: "TS-0003/8.4.3.2/13",
        summary: "the rand object that comes at first is used, whatever ori says",
        apply: |clauses| {
            clauses.end_to_end.esprim.originator_object =
                |clauses, situation, header, key| match (SPECIFIED.originator_object)(
                    clauses, situation, header, key,
                ) {
                    Err(Refusal::OtherIdentifier { got, .. }) => {
                        let renamed = Header {
                            ori: got,
                            ..header.clone()
                        };
                        (SPECIFIED.originator_object)(clauses, situation, &renamed, key)
                    }
                    found => found,
                };
        },
    },
    Fault {
        name: "OriginatorObjectNotRepeated",
        requirement: "TS-0003/8.4.2/39",
        summary: "an object that brings a known rand object again is refused as a replay",
        apply: |clauses| {
            clauses.end_to_end.esprim.originator_object = |clauses, situation, header, key| {
                let again = |recorded: &RecordedObject| {
                    let id = header.oro.as_ref().map(|oro| oro.id());
                    recorded.key_id == key.id && Some(recorded.object.id()) == id
                };
                match situation.directory.recorded(&again) {
                    Some(_) => Err(Refusal::Replayed),
                    None => (SPECIFIED.originator_object)(clauses, situation, header, key),
                }
            };
        },
    },
    Fault {
        name: "OriginatorObjectTwoValues",
        requirement: "TS-0003/8.4.2/53",
        summary: "an object that comes with a known identifier is used once, and the known one stays",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.originator_object = |clauses, situation, header, key| match &header.oro {
                Some(oro) if oro.id() == header.ori => Ok(RecordedObject {
                    object: oro.clone(),
                    key_id: key.id.clone(),
                    expires: oro.expiry().moment(situation.now),
                }),
                _ => (SPECIFIED.originator_object)(clauses, situation, header, key),
            };
            esprim.record = |clauses, situation, header, key| {
                let known = situation.directory.recorded(&|recorded| {
                    recorded.key_id == key.id && recorded.object.id() == header.ori
                });
                match known {
                    Some(_) => None,
                    None => (SPECIFIED.record)(clauses, situation, header, key),
                }
            };
        },
    },
    Fault {
        name: "OriginatorObjectOfRefusedKept",
        requirement: "TS-0003/8.4.2/61",
        summary: "a rand object of the originator is kept though the tag does not fit",
        apply: |clauses| clauses.end_to_end.keep_refused = with_originator_object,
    },
    Fault {
        name: "RefreshIgnored",
        requirement: "TS-0003/8.4.3.2/19",
        summary: "the next rand object of the originator is not kept",
        apply: |clauses| {
            clauses.end_to_end.esprim.record = |clauses, situation, header, key| {
                let recorded = (SPECIFIED.record)(clauses, situation, header, key)?;
                (recorded.object.id() == header.ori).then_some(recorded)
            };
        },
    },
    Fault {
        name: "RefreshAtOnce",
        requirement: "TS-0003/8.4.3.2/14",
        summary: "the response to a request that brings the next rand object is protected with that",
        apply: |clauses| clauses.end_to_end.judge = in_next_session,
    },
    Fault {
        name: "RefreshEndsSession",
        requirement: "TS-0003/8.4.3.2/14",
        summary: "a new rand object of the originator ends those before",
        apply: |clauses| {
            clauses.end_to_end.keep = |desk, vault, settings, text, received| {
                object::keep(desk, vault, settings, text, received);
                if let Some(recorded) = &received.record {
                    vault.record_alone(recorded.clone());
                }
            };
        },
    },
    Fault {
        name: "SuccessorNotKept",
        requirement: "TS-0003/8.4.3.2/15",
        summary: "the next rand object of the receiver is announced and not kept",
        apply: |clauses| {
            clauses.end_to_end.successor = |desk, _, settings, received| {
                let issued = rand_objects::make(desk, settings, Some(received.entity.clone()));
                issued
                    .ok()
                    .filter(|_| settings.refreshes)
                    .map(|issued| issued.object)
            };
        },
    },
    Fault {
        name: "SuccessorIsTheSame",
        requirement: "TS-0003/8.4.3.2/15",
        summary: "the next rand object of the receiver is the one in use",
        apply: |clauses| {
            clauses.end_to_end.successor = |desk, vault, settings, received| {
                protection::successor(desk, vault, settings, received)
                    .map(|_| received.session.receiver.clone())
            };
        },
    },
    Fault {
        name: "ReplaysByText",
        requirement: "TR-0012/6.2.2.2.3.2/1",
        summary: "an object that comes again in another spelling is opened again",
        apply: |clauses| {
            clauses.end_to_end.esprim.base64url = |part, text| {
                (SPECIFIED.base64url)(part, text).or_else(|refusal| {
                    let octets = bare::octets(text);
                    match text.contains('=') || octets.is_empty() {
                        true => Err(refusal),
                        false => Ok(octets),
                    }
                })
            };
            clauses.end_to_end.judge = by_text;
            clauses.end_to_end.keep = with_text;
        },
    },
    Fault {
        name: "ReplaysUnnoticed",
        requirement: "TR-0012/6.2.2.2.3.2/1",
        summary: "an object is opened as often as it comes, though replays are to be noticed",
        apply: |clauses| clauses.end_to_end.esprim.replayed = |_, _| false,
    },
];

/// Valid for a moment more, whatever its expiry says.
fn still_current(found: RecordedObject, situation: &Situation<'_>) -> RecordedObject {
    let moment = situation.now.saturating_add(Duration::MILLISECOND);
    RecordedObject {
        expires: found.expires.max(moment),
        ..found
    }
}

fn of_key(situation: &Situation<'_>, key: &PairwiseKey) -> Option<RecordedObject> {
    situation
        .directory
        .recorded(&|recorded| recorded.key_id == key.id)
        .cloned()
}

fn with_receiver_object(
    desk: &Desk<'_>,
    vault: &mut Vault,
    settings: &EndToEnd,
    text: &str,
    received: &Received,
) {
    object::keep(desk, vault, settings, text, received);
    let form = Form::read(&SPECIFIED, text);
    let member = form.ok().and_then(|form| form.members.get("rro").cloned());
    let object = member.and_then(|member| ReceiverRand::from_json(&member.to_string()).ok());
    if let Some(object) = object {
        vault.issue(IssuedObject {
            expires: object.expiry().moment(desk.arrival.at),
            issued_to: Some(received.entity.clone()),
            object,
        });
    }
}

fn with_originator_object(desk: &Desk<'_>, tree: &mut Tree, settings: &EndToEnd, text: &str) {
    let encoding = settings.readings.value_encoding;
    let Ok(form) = Form::read(&SPECIFIED, text) else {
        return;
    };
    let Ok(header) = Header::read(&SPECIFIED, &form, Direction::Request, encoding) else {
        return;
    };
    if let Some(oro) = header.oro {
        tree.end_to_end.record(RecordedObject {
            expires: oro.expiry().moment(desk.arrival.at),
            object: oro,
            key_id: header.kid,
        });
    }
}

fn in_next_session(
    desk: &Desk<'_>,
    vault: &Vault,
    settings: &EndToEnd,
    text: &str,
) -> Result<Received, Refusal> {
    let mut received = object::judge(desk, vault, settings, text)?;
    let next = received.header.oro.clone();
    let Some(next) = next.filter(|oro| oro.id() != received.header.ori) else {
        return Ok(received);
    };
    let session = settings.pairs.with(|keys| {
        let named = keys.iter().find(|(key, _)| key.id == received.header.kid);
        let (key, _) = named?;
        let receiver = &received.session.receiver;
        let clauses = &desk.clauses.end_to_end.esprim;
        Session::begin(
            clauses,
            &settings.readings,
            key,
            &next,
            receiver,
            desk.arrival.at,
        )
        .ok()
    });
    if let Some(session) = session {
        received.session = session;
    }
    Ok(received)
}

fn by_text(
    desk: &Desk<'_>,
    vault: &Vault,
    settings: &EndToEnd,
    text: &str,
) -> Result<Received, Refusal> {
    let clauses = &desk.clauses.end_to_end.esprim;
    settings.pairs.with(|keys| {
        let ledger = crate::end_to_end::vault::Ledger {
            keys,
            vault,
            detects_replays: settings.detects_replays,
        };
        let now = desk.arrival.at;
        let received = esprim::receive(clauses, text, &settings.readings, &ledger, now)?;
        let spelled = spelled(&received.sighting, text);
        match (clauses.replayed)(&ledger, &spelled) {
            true => Err(Refusal::Replayed),
            false => Ok(received),
        }
    })
}

fn with_text(
    desk: &Desk<'_>,
    vault: &mut Vault,
    settings: &EndToEnd,
    text: &str,
    received: &Received,
) {
    let received = Received {
        sighting: spelled(&received.sighting, text),
        ..received.clone()
    };
    object::keep(desk, vault, settings, text, &received);
}

fn spelled(sighting: &Sighting, text: &str) -> Sighting {
    Sighting {
        iv: text.as_bytes().to_vec(),
        ..sighting.clone()
    }
}
