//! The rand objects that the CSE gives out as Receiver (TS-0003 V3.18.0, 8.4.2, steps B.1 and B.2e).

use std::time::Duration;

use onem2m_envelope::esprim::{
    Expiry, IssuedObject, Offered, ProtocolId, ReceiverRand, ValueEncoding, is_ncname,
};
use onem2m_identity::Entity;
use onem2m_keys::SessionKeyAlgorithm;
use onem2m_primitive::ResponseStatusCode;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::randomness::{NoRandomness, Randomness};
use super::settings::EndToEnd;
use super::vault::Vault;
use crate::receive::{Carried, Desk, Outcome};
use crate::refusal::Refusal;
use crate::representation::Shown;

/// How often random octets are drawn for one that can be written.
const DRAWS: usize = 64;

/// Why there is no rand object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoObject;

/// What the CSE says in a rand object beside its random parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// To derive session keys.
    pub(crate) key_algorithms: Vec<u64>,
    /// To encrypt.
    pub(crate) protocols: Vec<ProtocolId>,
}

/// Answers a request for a rand object with one of its own for whoever asks (TS-0004 V3.32.0, 7.5.1.2.11).
pub(crate) fn request(
    desk: &Desk<'_>,
    vault: &mut Vault,
    settings: &EndToEnd,
    originator: &Entity,
) -> Outcome {
    let table = &desk.clauses.end_to_end;
    let issued = (table.requested)(desk, vault, settings, originator).map_err(|NoObject| {
        Refusal::new(
            ResponseStatusCode::INTERNAL_SERVER_ERROR,
            "no rand object can be made",
        )
    })?;
    let content = (table.rand_answer)(&issued.object);
    Ok(Carried::done(ResponseStatusCode::OK, Shown::of(content)))
}

/// A fresh object, bound to who asked for it.
pub(crate) fn requested(
    desk: &Desk<'_>,
    vault: &mut Vault,
    settings: &EndToEnd,
    originator: &Entity,
) -> Result<IssuedObject, NoObject> {
    let issued = make(desk, settings, Some(originator.absolute()))?;
    vault.issue(issued.clone());
    Ok(issued)
}

/// securityInfoType 4 with the object, and nothing else.
pub(crate) fn rand_answer(object: &ReceiverRand) -> Value {
    json!({ "m2m:seci": { "sit": 4, "ero": as_value(object) } })
}

/// The members of an object in their order.
pub(crate) fn as_value(object: &ReceiverRand) -> Value {
    serde_json::from_str(&object.to_json()).unwrap_or_default()
}

/// An object for one entity, or for everybody.
pub(crate) fn make(
    desk: &Desk<'_>,
    settings: &EndToEnd,
    issued_to: Option<String>,
) -> Result<IssuedObject, NoObject> {
    let table = &desk.clauses.end_to_end;
    let randomness = &settings.randomness;
    let id = (table.rand_id)(randomness, issued_to.is_none()).map_err(|NoRandomness| NoObject)?;
    let value = (table.rand_value)(randomness, settings.readings.value_encoding)
        .map_err(|NoRandomness| NoObject)?;
    let expiry = (table.rand_expiry)(desk.arrival.at, settings.lifetime);
    let offer = (table.offer)(settings);
    let expires = expiry.moment(desk.arrival.at);
    let object = ReceiverRand::new(
        &id,
        &value,
        expiry,
        Offered(offer.key_algorithms),
        &offer.protocols,
    );
    Ok(IssuedObject {
        object: object.map_err(|_| NoObject)?,
        expires,
        issued_to,
    })
}

/// An identifier that never comes again, and that shows whether the object is shared (step B.2e).
pub(crate) fn rand_id(randomness: &Randomness, is_shared: bool) -> Result<String, NoRandomness> {
    let octets = randomness.octets::<16>()?;
    let kind = if is_shared { "shared" } else { "unique" };
    Ok(format!(
        "{kind}-{}",
        ValueEncoding::Hexadecimal.write(&octets)
    ))
}

/// 128 fresh random bits, as an xs:NCName: octets whose text is none are drawn again (step B.2e).
pub(crate) fn rand_value(
    randomness: &Randomness,
    encoding: ValueEncoding,
) -> Result<String, NoRandomness> {
    for _ in 0..DRAWS {
        let text = encoding.write(&randomness.octets()?);
        if is_ncname(&text) {
            return Ok(text);
        }
    }
    Err(NoRandomness)
}

/// The moment at which the object ceases to be valid (step B.2e).
pub(crate) fn rand_expiry(now: OffsetDateTime, lifetime: Duration) -> Expiry {
    Expiry::at(
        now.saturating_add(time::Duration::try_from(lifetime).unwrap_or(time::Duration::MAX)),
    )
}

/// What the CSE is willing to use (step B.2e).
pub(crate) fn offer(settings: &EndToEnd) -> Offer {
    Offer {
        key_algorithms: vec![SessionKeyAlgorithm::HmacSha256.id()],
        protocols: settings
            .protocols
            .iter()
            .copied()
            .map(ProtocolId::from)
            .collect(),
    }
}
