use onem2m_keys::{EndToEndDerivation, PairwiseEsPrimKey};
use thiserror::Error;

use super::pairs::{Pair, PairTwice};
use crate::cse::Cse;

/// Why a CSE does not take a pair.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PairRefused {
    /// Another pair has its identifier.
    #[error(transparent)]
    Twice(#[from] PairTwice),
    /// There is no end-to-end protection.
    #[error("expected a CSE that was set up for end-to-end protection, got one that was not")]
    NotSetUp,
    /// The octets are none from which the key is derived.
    #[error("expected a master key as long as its hash, got another")]
    NotDerived,
}

/// Pairs that come and go while the CSE runs (TS-0003 V3.18.0, 8.4.2, step A).
impl Cse {
    /// Shares a key with another entity from here on.
    ///
    /// # Errors
    ///
    /// Another pair has its identifier, or the CSE was not set up for end-to-end protection.
    pub fn provision_pair(&self, pair: Pair) -> Result<(), PairRefused> {
        let settings = self.configuration().end_to_end.as_ref();
        let settings = settings.ok_or(PairRefused::NotSetUp)?;
        Ok(settings.pairs.provision(pair)?)
    }

    /// Shares a key that is derived from the one of the pair (TS-0003 V3.18.0, 10.3.6).
    ///
    /// # Errors
    ///
    /// As of [`Self::provision_pair`], or nothing can be derived.
    pub fn provision_derived_pair(
        &self,
        pair: Pair,
        derivation: &EndToEndDerivation,
    ) -> Result<(), PairRefused> {
        let derived = self.clauses().end_to_end.derived;
        let octets = derived(derivation, pair.key.octets()).ok_or(PairRefused::NotDerived)?;
        self.provision_pair(Pair {
            key: PairwiseEsPrimKey::new(&octets),
            ..pair
        })
    }

    /// Shares a key no longer; false if there is none under this identifier. No object is opened with it any more
    /// (TS-0004 V3.32.0, 7.6.2, step J).
    pub fn withdraw_pair(&self, id: &str) -> bool {
        let settings = self.configuration().end_to_end.as_ref();
        settings.is_some_and(|settings| settings.pairs.withdraw(id))
    }
}
