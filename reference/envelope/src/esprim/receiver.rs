use time::OffsetDateTime;

use super::clauses::Clauses;
use super::directory::{IssuedObject, PairwiseKey, Situation};
use super::refusal::Refusal;

/// The rand object of one's own that `rri` names: issued, for whoever uses it, and not expired (TS-0003 V3.18.0, 8.4.2, step
/// C.6b.1).
pub(crate) fn receiver_object<'d>(
    clauses: &Clauses,
    situation: &Situation<'d>,
    rri: &str,
    key: &PairwiseKey,
) -> Result<&'d IssuedObject, Refusal> {
    let refused = |refusal: fn(String) -> Refusal| refusal(rri.to_owned());
    let issued = situation
        .directory
        .issued(&|issued| (clauses.issued_named)(issued, rri))
        .ok_or_else(|| refused(|rri| Refusal::UnknownReceiverObject { rri }))?;
    if !(clauses.issued_to)(issued, key) {
        return Err(refused(|rri| Refusal::ReceiverObjectOfAnother { rri }));
    }
    if !(clauses.issued_current)(issued, situation.now) {
        return Err(refused(|rri| Refusal::ReceiverObjectExpired { rri }));
    }
    Ok(issued)
}

/// An identifier is compared octet by octet.
pub(crate) fn issued_named(issued: &IssuedObject, rri: &str) -> bool {
    issued.object.id() == rri
}

/// A shared object is for everybody, another for whom it was issued to. No text binds an object; a Receiver that does not
/// leaves [`IssuedObject::issued_to`] empty.
pub(crate) fn issued_to(issued: &IssuedObject, key: &PairwiseKey) -> bool {
    issued
        .issued_to
        .as_ref()
        .is_none_or(|entity| *entity == key.entity)
}

/// An object stops being valid at its expiry, also in a session that runs.
pub(crate) fn issued_current(issued: &IssuedObject, now: OffsetDateTime) -> bool {
    now < issued.expires
}
