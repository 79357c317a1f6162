use std::time::Duration;

use onem2m_envelope::esprim::{ReceiverRand, ValueEncoding};
use onem2m_primitive::Response;
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::end_to_end::rand_objects;
use crate::end_to_end::randomness::{NoRandomness, Randomness};

/// The Content that asks for a rand object (TS-0004 V3.32.0, 7.5.1.2.11).
pub(crate) fn request() -> Value {
    json!({ "m2m:seci": { "sit": 3 } })
}

/// The rand object in an answer of securityInfoType 4 (TS-0004 V3.32.0, 7.5.1.2.11).
pub(crate) fn answer(answer: &Response) -> Option<ReceiverRand> {
    let content = answer.content.as_ref()?;
    let information = content.get("m2m:seci")?;
    let is_answer = information.get("sit").and_then(Value::as_u64) == Some(4);
    let object = information.get("ero")?.to_string();
    let object = ReceiverRand::from_json(&object).ok()?;
    (is_answer && answer.status.is_success()).then_some(object)
}

/// An identifier that none of the Originator's objects has (TS-0003 V3.18.0, 8.4.2, step B.2g).
pub(crate) fn id(randomness: &Randomness) -> Result<String, NoRandomness> {
    let octets = randomness.octets::<16>()?;
    Ok(format!("or-{}", ValueEncoding::Hexadecimal.write(&octets)))
}

/// 128 fresh random bits (step B.2g).
pub(crate) fn value(
    randomness: &Randomness,
    encoding: ValueEncoding,
) -> Result<String, NoRandomness> {
    rand_objects::rand_value(randomness, encoding)
}

/// When the object is to expire, unless the Receiver's does so before (step B.2g).
pub(crate) fn wanted_expiry(now: OffsetDateTime, lifetime: Duration) -> OffsetDateTime {
    now.saturating_add(time::Duration::try_from(lifetime).unwrap_or(time::Duration::MAX))
}
