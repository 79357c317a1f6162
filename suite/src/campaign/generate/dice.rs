//! Randomness that depends on the seed and the number of the sequence alone.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// A source of choices.
#[derive(Debug, Clone)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The choices of one sequence of a campaign.
    pub fn new(seed: u64, sequence: u64) -> Self {
        let digest = Sha256::digest(format!("{seed}/fuzz/{sequence}"));
        Self(ChaCha8Rng::from_seed(digest.into()))
    }

    /// A number below a bound; zero if there is none.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.0.next_u64() % bound).unwrap_or_default()
    }

    /// Whether something with so many chances of a hundred happens.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// One of several that are copied.
    pub fn one<T: Copy>(&mut self, items: &[T], otherwise: T) -> T {
        self.pick(items).copied().unwrap_or(otherwise)
    }

    /// The position of one of several weights.
    pub fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (position, weight) in weights.iter().enumerate() {
            if left < *weight {
                return position;
            }
            left -= weight;
        }
        0
    }
}
