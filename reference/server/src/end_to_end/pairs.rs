use std::sync::{PoisonError, RwLock};

use onem2m_envelope::esprim::PairwiseKey;
use onem2m_identity::Entity;
use onem2m_keys::{PairwiseEsPrimKey, Suid};
use thiserror::Error;
use time::OffsetDateTime;

/// A symmetric key that the CSE shares with one other entity (TS-0003 V3.18.0, 8.4.2, step A).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// pairwiseESPrimKeyID.
    pub id: String,
    /// pairwiseESPrimKey.
    pub key: PairwiseEsPrimKey,
    /// Whom it is shared with.
    pub entity: Entity,
    /// When it expires; without, never.
    pub expires: Option<OffsetDateTime>,
    /// What it was established for.
    pub usage: Suid,
}

/// The identifier of a pair stands for another one already.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("expected a key identifier that is not in use, got {id:?}")]
pub struct PairTwice {
    /// The identifier.
    pub id: String,
}

/// The pairs of a CSE. They may change while it runs: a pair that is withdrawn opens nothing from then on.
#[derive(Debug, Default)]
pub struct Pairs(RwLock<Vec<(PairwiseKey, Suid)>>);

impl Clone for Pairs {
    /// The same pairs, which then change by themselves.
    fn clone(&self) -> Self {
        Self(RwLock::new(self.with(<[_]>::to_vec)))
    }
}

impl Pairs {
    /// No pairs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a pair under an identifier that is not in use.
    ///
    /// # Errors
    ///
    /// The identifier is in use.
    pub fn provision(&self, pair: Pair) -> Result<(), PairTwice> {
        let mut rows = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if rows.iter().any(|(key, _)| key.id == pair.id) {
            return Err(PairTwice { id: pair.id });
        }
        let key = PairwiseKey {
            id: pair.id,
            key: pair.key,
            entity: pair.entity.absolute(),
            expires: pair.expires,
            for_esprim: is_for_esprim(pair.usage),
        };
        rows.push((key, pair.usage));
        Ok(())
    }

    /// Adds a pair in the place of that which the same entity has for the same usage.
    ///
    /// # Errors
    ///
    /// The identifier is in use for something else.
    pub(crate) fn renew(&self, pair: Pair) -> Result<(), PairTwice> {
        let entity = pair.entity.absolute();
        let usage = pair.usage;
        let mut rows = self.0.write().unwrap_or_else(PoisonError::into_inner);
        rows.retain(|(key, other)| key.entity != entity || *other != usage);
        drop(rows);
        self.provision(pair)
    }

    /// Withdraws a pair; false if there is none under this identifier.
    pub fn withdraw(&self, id: &str) -> bool {
        let mut rows = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let before = rows.len();
        rows.retain(|(key, _)| key.id != id);
        rows.len() < before
    }

    /// Does something with the keys while they do not change.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&[(PairwiseKey, Suid)]) -> T) -> T {
        act(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The usages that are about ESPrim (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
pub(super) fn is_for_esprim(usage: Suid) -> bool {
    matches!(usage, Suid(13 | 23 | 33 | 43))
}
