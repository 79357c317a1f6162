//! What the answer to a key retrieval says (TS-0003 V3.18.0, Table 8.8.2.8-2).

use onem2m_association::{Allowed, FetchedKey, PskKey};
use onem2m_identity::{CredentialId, CredentialType, Entity, Home, KmId};
use serde_json::Value;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::{Clauses, KcReading, KnownMaf};
use crate::end_to_end::base64_octets;
use crate::resource::parse_timestamp;

/// The SUID of a key for MAF-based security association establishment (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
const ASSOCIATIONS: u64 = 32;

/// Who registered a key, as the MAF says (TS-0003 V3.18.0, 8.2.2.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// An AE or a CSE.
    Entity(Entity),
    /// Whoever has this key at the MAF.
    Credential(KmId),
}

/// The key in the content of an answer; none if something that has to be there is missing or wrong.
pub(super) fn read(
    clauses: &Clauses,
    maf: &KnownMaf,
    home: &Home,
    content: Option<&Value>,
    now: OffsetDateTime,
) -> Option<FetchedKey> {
    let names = &maf.names;
    let members = (clauses.parameters)(content, &names.key_registration)?;
    let member = |name: &str| members.get(name);
    if !(clauses.is_usage)(member(&names.suid)) {
        return None;
    }
    let until = (clauses.until)(member(&names.expiration_time), now)?;
    let key = (clauses.key)(maf.reading, member(&names.key_value))?;
    let source = (clauses.source)(member(&names.source_id), home)?;
    (clauses.bound)(key, until, &source)
}

pub(crate) fn until(value: Option<&Value>, now: OffsetDateTime) -> Option<OffsetDateTime> {
    let until = parse_timestamp(value?.as_str()?)?;
    (until > now).then_some(until)
}

pub(crate) fn is_usage(value: Option<&Value>) -> bool {
    value.and_then(Value::as_u64) == Some(ASSOCIATIONS)
}

pub(crate) fn key(reading: KcReading, value: Option<&Value>) -> Option<PskKey> {
    let octets = Zeroizing::new(base64_octets(value?.as_str()?)?);
    let octets = match reading {
        KcReading::Whole => octets,
        KcReading::FirstHalf => Zeroizing::new(octets.get(..octets.len() / 2)?.to_vec()),
    };
    PskKey::new(octets).ok()
}

/// An AE-ID or CSE-ID, else a KmID.
pub(crate) fn source(value: Option<&Value>, home: &Home) -> Option<Source> {
    let text = value?.as_str()?;
    match Entity::parse(text, home) {
        Ok(entity) => Some(Source::Entity(entity)),
        Err(_) => KmId::parse(text).ok().map(Source::Credential),
    }
}

/// The context belongs to the entity that the MAF names, otherwise to the Credential-ID formed from KmID (TS-0003 V3.18.0,
/// 8.2.2.3).
pub(crate) fn bound(key: PskKey, until: OffsetDateTime, source: &Source) -> Option<FetchedKey> {
    let (allowed, credential_id) = match source {
        Source::Entity(entity) => (Allowed::Entity(entity.clone()), None),
        Source::Credential(km_id) => {
            let credential_id = CredentialId::new(CredentialType::MafKey, &km_id.to_string());
            (Allowed::Unstated, Some(credential_id.ok()?))
        }
    };
    Some(FetchedKey {
        key,
        allowed,
        credential_id,
        until,
    })
}
