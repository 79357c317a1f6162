use std::pin::Pin;
use std::time::Duration;

use onem2m_association::{FetchedKey, PskKey, PskTable};
use onem2m_identity::{Home, KeyIdentifier, PskIdentity};
use onem2m_primitive::Response;
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::answer::{self, Source};
use super::{KcReading, KnownMaf, fetch};
use crate::cse::Cse;
use crate::key_services::members;

/// Finds the parameters in a content, by the name of their object.
pub(crate) type Parameters = for<'v> fn(Option<&'v Value>, &str) -> Option<&'v Map<String, Value>>;

/// A wait for the answer of an MAF.
pub(crate) type Waiting<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// The decisions of a client of an MAF, each a function that can be replaced alone.
#[derive(Clone, Copy)]
pub(crate) struct Clauses {
    /// How its associations with the MAF come about (TS-0003 V3.18.0, 8.8.2.2).
    pub(crate) association: onem2m_association::Clauses,
    /// What a handshake waits for before the key of a psk_identity is looked up (TS-0003 V3.18.0, 8.2.2.3).
    pub(crate) waits: for<'a> fn(&'a Cse, &'a [u8]) -> Waiting<'a>,
    /// The MAF whose FQDN stands in a psk_identity (TS-0003 V3.18.0, 8.2.2.3).
    pub(crate) maf: for<'m> fn(&'m [KnownMaf], &PskIdentity) -> Option<&'m KnownMaf>,
    /// Where the MAF is.
    pub(crate) address: fn(&KnownMaf, &PskIdentity) -> String,
    /// The RelativeKeyID in a psk_identity (TS-0003 V3.18.0, 8.2.2.3, 10.3.5 and 12.2).
    pub(crate) relative_key_id: fn(&PskIdentity) -> Option<String>,
    /// Whether the MAF is asked although a key was fetched before (TS-0003 V3.18.0, 8.2.2.3 and 8.8.2.8).
    pub(crate) asks: fn(&PskTable, &PskIdentity) -> bool,
    /// How long it waits for the MAF.
    pub(crate) patience: fn(&KnownMaf) -> Duration,
    /// Whether a client registration comes before the first retrieval (TS-0003 V3.18.0, 8.2.2.3 and 8.8.2.3).
    pub(crate) registers: fn(&KnownMaf) -> bool,
    /// Whether the MAF gives the key (TS-0003 V3.18.0, 8.8.2.8).
    pub(crate) is_given: fn(&Response) -> bool,
    /// The parameters in the content of an answer, by the name of their object (TS-0003 V3.18.0, 8.8.2.8).
    pub(crate) parameters: Parameters,
    /// The expiry for expirationTime, if it is to come (TS-0003 V3.18.0, 8.2.2.3).
    pub(crate) until: fn(Option<&Value>, OffsetDateTime) -> Option<OffsetDateTime>,
    /// Whether a SUID is that of keys for associations (TS-0003 V3.18.0, 8.2.2.3; TS-0004 V3.32.0, Table 6.3.4.2.39-1).
    pub(crate) is_usage: fn(Option<&Value>) -> bool,
    /// Kc, from the octets of Key Value (TS-0003 V3.18.0, 8.2.2.3 and 8.8.1).
    pub(crate) key: fn(KcReading, Option<&Value>) -> Option<PskKey>,
    /// Source MAF Client ID (TS-0003 V3.18.0, 8.2.2.3 and 8.8.2.8).
    pub(crate) source: fn(Option<&Value>, &Home) -> Option<Source>,
    /// The key for a source: whom the association stands for (TS-0003 V3.18.0, 8.2.2.3).
    pub(crate) bound: fn(PskKey, OffsetDateTime, &Source) -> Option<FetchedKey>,
}

impl Clauses {
    /// A client as specified.
    pub(crate) const SPECIFICATION: Self = Self {
        association: onem2m_association::Clauses::SPECIFICATION,
        waits: |cse, identity| Box::pin(fetch::fetch(cse, identity)),
        maf: fetch::by_fqdn,
        address: |maf, _| maf.address.clone(),
        relative_key_id: fetch::relative_key_id,
        // It may do without (8.8.2.8), but then a key that was ended at the MAF would still open associations.
        asks: |_, _| true,
        patience: |maf| maf.patience,
        registers: |_| true,
        is_given: |response| response.status.is_success(),
        parameters: |content, name| members(content, name).ok(),
        until: answer::until,
        is_usage: answer::is_usage,
        key: answer::key,
        source: answer::source,
        bound: answer::bound,
    };
}

/// The Key Identifier that a psk_identity is.
pub(super) fn key_identifier(identity: &PskIdentity) -> Option<KeyIdentifier> {
    KeyIdentifier::parse(identity.as_str()).ok()
}
