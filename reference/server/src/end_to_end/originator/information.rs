use onem2m_envelope::esprim::{Clauses as EsPrim, ReceiverRand};
use onem2m_keys::Suid;
use onem2m_primitive::Response;
use serde_json::Value;
use time::OffsetDateTime;

use crate::end_to_end::information::ATTRIBUTE;
use crate::end_to_end::pairs::is_for_esprim;

/// What e2eSecInfo says of a Receiver that supports ESPrim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Support {
    /// The rand object that it shares with everybody.
    pub(crate) shared: Option<ReceiverRand>,
}

/// An Originator asks what the Receiver supports (TS-0003 V3.18.0, 8.4.2, step B.2a).
pub(crate) fn looks() -> bool {
    true
}

/// The Receiver supports ESPrim if e2eSecInfo is there and names a usage of it (step B.2c).
pub(crate) fn support(answer: Option<&Response>) -> Option<Support> {
    let answer = answer.filter(|answer| answer.status.is_success())?;
    let content = answer.content.as_ref()?.as_object()?;
    let information = content
        .values()
        .find_map(|resource| resource.get(ATTRIBUTE))?;
    let features = information.get("esf")?.as_array()?;
    let supports = features
        .iter()
        .filter_map(Value::as_u64)
        .filter_map(|feature| u8::try_from(feature).ok())
        .any(|feature| is_for_esprim(Suid(feature)));
    let shared = information.get("esro").map(Value::to_string);
    let shared = shared.and_then(|text| ReceiverRand::from_json(&text).ok());
    supports.then_some(Support { shared })
}

/// A shared rand object is used until it expires (step B.2c.2).
pub(crate) fn usable(clauses: &EsPrim, shared: &ReceiverRand, now: OffsetDateTime) -> bool {
    (clauses.offer_current)(shared.expiry().moment(now), now)
}
