//! e2eSecInfo (TS-0003 V3.18.0, 8.4.3.1.3; TS-0004 V3.32.0, 6.3.5.52).

use onem2m_envelope::esprim::{ProtocolId, ReceiverRand};
use onem2m_keys::SessionKeyAlgorithm;
use serde_json::{Map, Value};

use super::base64;
use crate::clauses::Clauses;
use crate::refusal::Refusal;

/// The attribute by its short name (TS-0004 V3.32.0, 8.2.3).
pub(crate) const ATTRIBUTE: &str = "esi";

const FEATURES: &str = "esf";
const CERTIFICATES: &str = "escert";
const SHARED_OBJECT: &str = "esro";

/// What an originator writes into the attribute: nothing, null to take it away, or a value of its type.
pub(crate) fn written(clauses: &Clauses, content: &Map<String, Value>) -> Result<(), Refusal> {
    match content.get(ATTRIBUTE) {
        None | Some(Value::Null) => Ok(()),
        Some(value) => (clauses.end_to_end.information)(clauses, value),
    }
}

/// An m2m:e2eSecInfo: supportedE2ESecFeatures, and where they are there certificates and the shared rand object.
pub(crate) fn information(clauses: &Clauses, value: &Value) -> Result<(), Refusal> {
    let wrong = |reason: &str| Err(Refusal::bad_request(format!("{ATTRIBUTE}: {reason}")));
    let Some(members) = value.as_object() else {
        return wrong("expected an object, got another value");
    };
    let Some(features) = members.get(FEATURES) else {
        return wrong("expected supportedE2ESecFeatures, got none");
    };
    let clauses = &clauses.end_to_end;
    if !(clauses.features)(features) {
        return wrong("expected a list of SUIDs in esf, got another value");
    }
    for (name, value) in members {
        let fits = match name.as_str() {
            FEATURES => true,
            CERTIFICATES => (clauses.certificates)(value),
            SHARED_OBJECT => (clauses.shared_object)(value),
            _ => false,
        };
        if !fits {
            let name: String = name.chars().take(40).collect();
            return wrong(&format!("expected members of their types, got {name:?}"));
        }
    }
    Ok(())
}

/// A list of m2m:suid, which is a number of TS-0004 V3.32.0, Table 6.3.4.2.39-1.
pub(crate) fn features(value: &Value) -> bool {
    let is_assigned = |suid: &Value| {
        let suid = suid.as_u64();
        suid.is_some_and(|suid| matches!(suid, 10..=15 | 21..=25 | 32..=35 | 40..=45))
    };
    value
        .as_array()
        .is_some_and(|suids| suids.iter().all(is_assigned))
}

/// A list of xs:base64Binary.
pub(crate) fn certificates(value: &Value) -> bool {
    let is_certificate =
        |certificate: &Value| certificate.as_str().and_then(base64::decode).is_some();
    value
        .as_array()
        .is_some_and(|certificates| certificates.iter().all(is_certificate))
}

/// An m2m:receiverESPrimRandObject (TS-0004 V3.32.0, 6.3.5.51) with algorithms that there are.
pub(crate) fn shared_object(value: &Value) -> bool {
    ReceiverRand::from_json(&value.to_string()).is_ok_and(|object| {
        let derives = |id: &u64| SessionKeyAlgorithm::from_id(*id).is_some();
        let encrypts = |id: &ProtocolId| id.content_encryption().is_some();
        object.key_algorithms().0.iter().all(derives) && object.protocols().iter().all(encrypts)
    })
}

/// Who asks for e2eSecInfo alone where there is none gets an error, not an empty answer (TS-0003 V3.18.0, 8.4.2, step B.2b).
pub(crate) fn absent(names: &[String]) -> Result<(), Refusal> {
    match names {
        [name] if name == ATTRIBUTE => Err(Refusal::not_found("there is no e2eSecInfo")),
        _ => Ok(()),
    }
}
