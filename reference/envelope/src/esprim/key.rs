use time::OffsetDateTime;

use super::clauses::Clauses;
use super::directory::{PairwiseKey, Situation};
use super::refusal::Refusal;

/// The key that `kid` names: known, for ESPrim, and not expired (TS-0003 V3.18.0, 8.4.2, step C.6a).
pub(crate) fn key<'d>(
    clauses: &Clauses,
    situation: &Situation<'d>,
    kid: &str,
) -> Result<&'d PairwiseKey, Refusal> {
    let refused = |refusal: fn(String) -> Refusal| refusal(kid.to_owned());
    let key = situation
        .directory
        .key(&|key| (clauses.key_named)(key, kid))
        .ok_or_else(|| refused(|kid| Refusal::UnknownKey { kid }))?;
    if !(clauses.key_permitted)(key) {
        return Err(refused(|kid| Refusal::KeyNotForEsPrim { kid }));
    }
    if !(clauses.key_current)(key, situation.now) {
        return Err(refused(|kid| Refusal::KeyExpired { kid }));
    }
    Ok(key)
}

/// An identifier of a key is compared octet by octet.
pub(crate) fn key_named(key: &PairwiseKey, kid: &str) -> bool {
    key.id == kid
}

/// A key of another security feature is none of ESPrim (TS-0004 V3.32.0, 6.3.4.2.39).
pub(crate) fn key_permitted(key: &PairwiseKey) -> bool {
    key.for_esprim
}

/// A key without a lifetime never expires (TS-0003 V3.18.0, 8.4.2, step A).
pub(crate) fn key_current(key: &PairwiseKey, now: OffsetDateTime) -> bool {
    key.expires.is_none_or(|expires| now < expires)
}
