use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// From what the keys and serial numbers of certificates are drawn. They are test keys: whoever knows the seed has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed(String);

impl Seed {
    /// The same text gives the same keys, on every machine.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Octets for one use of one label, whatever else is drawn.
    pub(super) fn draw<const LENGTH: usize>(&self, label: &str, purpose: &str) -> Draw<LENGTH> {
        let mut hash = Sha256::new();
        for part in [self.0.as_str(), label, purpose] {
            hash.update(Sha256::digest(part));
        }
        Draw(ChaCha20Rng::from_seed(hash.finalize().into()))
    }
}

/// An endless row of octets, `LENGTH` at a time.
pub(super) struct Draw<const LENGTH: usize>(ChaCha20Rng);

impl<const LENGTH: usize> Draw<LENGTH> {
    /// The next octets.
    pub(super) fn octets(&mut self) -> [u8; LENGTH] {
        let mut octets = [0; LENGTH];
        self.0.fill_bytes(&mut octets);
        octets
    }
}

impl<const LENGTH: usize> Iterator for Draw<LENGTH> {
    type Item = [u8; LENGTH];

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.octets())
    }
}
