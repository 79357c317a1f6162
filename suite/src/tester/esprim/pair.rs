//! A key that the tester shares with the IUT.

use crate::profile::Provisioned;
use onem2m_keys::PairwiseEsPrimKey;

/// A pairwiseESPrimKey with its identifier, and the entity that the IUT bound to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// pairwiseESPrimKeyID.
    pub kid: String,
    /// pairwiseESPrimKey.
    pub key: PairwiseEsPrimKey,
    /// The AE-ID-Stem or CSE-ID.
    pub entity: String,
}

impl Pair {
    /// The pair of a profile; none if it names no entity.
    pub fn of(provisioned: &Provisioned) -> Option<Self> {
        Some(Self {
            kid: provisioned.identity.clone(),
            key: PairwiseEsPrimKey::new(provisioned.key.octets()),
            entity: provisioned.entity.clone()?,
        })
    }
}
