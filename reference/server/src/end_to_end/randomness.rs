use std::fmt;
use std::sync::Arc;

use thiserror::Error;

/// Where the CSE takes random octets from.
#[derive(Clone)]
pub struct Randomness(Arc<Fill>);

type Fill = dyn Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync;

/// There are no random octets at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected random octets, got none")]
pub struct NoRandomness;

impl Randomness {
    /// Whatever fills octets.
    pub fn new(
        fill: impl Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(fill))
    }

    /// Octets that nobody can foresee, of the operating system.
    pub fn system() -> Self {
        Self::new(|octets| getrandom::fill(octets).map_err(|_| NoRandomness))
    }

    /// Fills these octets.
    ///
    /// # Errors
    ///
    /// There are none at this moment.
    pub fn fill(&self, octets: &mut [u8]) -> Result<(), NoRandomness> {
        (self.0)(octets)
    }

    /// So many octets.
    pub(crate) fn octets<const LENGTH: usize>(&self) -> Result<[u8; LENGTH], NoRandomness> {
        let mut octets = [0; LENGTH];
        self.fill(&mut octets)?;
        Ok(octets)
    }
}

impl fmt::Debug for Randomness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Randomness(..)")
    }
}
