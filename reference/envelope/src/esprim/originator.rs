use time::OffsetDateTime;

use super::clauses::Clauses;
use super::directory::{PairwiseKey, RecordedObject, Situation};
use super::header::Header;
use super::rand_object::OriginatorRand;
use super::refusal::Refusal;

/// The rand object of the Originator that `ori` names: recorded before, or the one that came in `oro` (TS-0003 V3.18.0, 8.4.2,
/// step C.6b.2, and 8.4.3.2).
///
/// An identifier in force stands for one object: another under the same name is refused, and changes nothing.
pub(crate) fn originator_object(
    clauses: &Clauses,
    situation: &Situation<'_>,
    header: &Header,
    key: &PairwiseKey,
) -> Result<RecordedObject, Refusal> {
    let find = |id: &str| {
        situation.directory.recorded(&|recorded| {
            (clauses.recorded_named)(recorded, id) && (clauses.recorded_for)(recorded, key)
        })
    };
    let ori = header.ori.as_str();
    let Some(oro) = &header.oro else {
        return match find(ori) {
            Some(recorded) => Ok(recorded.clone()),
            None => (clauses.unknown_originator)(situation, key, ori).ok_or_else(|| {
                Refusal::UnknownOriginatorObject {
                    ori: ori.to_owned(),
                }
            }),
        };
    };
    let before = find(oro.id());
    let same = before.is_none_or(|before| (clauses.unchanged)(&before.object, oro));
    let in_force = before.is_some_and(|before| (clauses.originator_current)(before, situation.now));
    if !same && in_force {
        return Err(Refusal::OriginatorObjectChanged {
            id: oro.id().to_owned(),
        });
    }
    match before {
        Some(before) if same && (clauses.first_use)(ori, oro) => Ok(before.clone()),
        _ if (clauses.first_use)(ori, oro) => Ok(arrived(oro, key, situation.now)),
        _ => find(ori).cloned().ok_or_else(|| Refusal::OtherIdentifier {
            ori: ori.to_owned(),
            got: oro.id().to_owned(),
        }),
    }
}

/// A rand object as it is recorded when it arrives.
pub(crate) fn arrived(
    oro: &OriginatorRand,
    key: &PairwiseKey,
    now: OffsetDateTime,
) -> RecordedObject {
    RecordedObject {
        object: oro.clone(),
        key_id: key.id.clone(),
        expires: oro.expiry().moment(now),
    }
}

/// An identifier is compared octet by octet.
pub(crate) fn recorded_named(recorded: &RecordedObject, ori: &str) -> bool {
    recorded.object.id() == ori
}

/// Two Originators may use the same identifier: an object belongs to the key under which it came.
pub(crate) fn recorded_for(recorded: &RecordedObject, key: &PairwiseKey) -> bool {
    recorded.key_id == key.id
}

/// The object that is used at first has the identifier in `ori`; another is the next one (TS-0003 V3.18.0, 8.4.3.2).
pub(crate) fn first_use(ori: &str, oro: &OriginatorRand) -> bool {
    oro.id() == ori
}

/// An identifier that nobody recorded stands for nothing.
pub(crate) fn unknown_originator(
    _: &Situation<'_>,
    _: &PairwiseKey,
    _: &str,
) -> Option<RecordedObject> {
    None
}

/// The same object again is no other object.
pub(crate) fn unchanged(before: &OriginatorRand, now: &OriginatorRand) -> bool {
    before == now
}

/// Not expired, also in a session that runs (TS-0003 V3.18.0, 8.4.2, step C.6b.2.i (a)).
pub(crate) fn originator_current(recorded: &RecordedObject, now: OffsetDateTime) -> bool {
    now < recorded.expires
}

/// Not later than the Receiver's; the same moment is allowed (step C.6b.2.i (b)).
pub(crate) fn originator_within(originator: OffsetDateTime, receiver: OffsetDateTime) -> bool {
    originator <= receiver
}

/// What is recorded once the tag has shown that the Originator sent it (TS-0003 V3.18.0, 8.4.3.2, step 1.1).
pub(crate) fn record(
    clauses: &Clauses,
    situation: &Situation<'_>,
    header: &Header,
    key: &PairwiseKey,
) -> Option<RecordedObject> {
    let oro = header.oro.as_ref()?;
    let before = situation.directory.recorded(&|recorded| {
        (clauses.recorded_named)(recorded, oro.id()) && (clauses.recorded_for)(recorded, key)
    });
    match before {
        Some(before) if (clauses.unchanged)(&before.object, oro) => None,
        _ => Some(arrived(oro, key, situation.now)),
    }
}
