use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};
use rand_chacha::rand_core::Rng;
use thiserror::Error;
use zeroize::Zeroizing;

/// The most octets of a prime that are reckoned with: 8192 bits, as in the largest group of RFC 7919.
const MOST_OCTETS: usize = 1024;
/// Octets of a secret exponent.
const EXPONENT: usize = 32;

/// The tester's part in a Diffie-Hellman exchange in a group that the server chose (RFC 5246, 8.1.2).
pub struct FiniteField {
    parameters: BoxedMontyParams,
    bits: u32,
    secret: Zeroizing<BoxedUint>,
    /// dh_Yc.
    pub public: Vec<u8>,
}

/// A group in which nothing can be reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum GroupError {
    /// The prime has too many octets.
    #[error("prime of a group: expected at most {MOST_OCTETS} octets, got {0}")]
    Size(usize),
    /// The prime is even.
    #[error("prime of a group: expected an odd number, got an even one")]
    Even,
}

impl FiniteField {
    /// The next secret of the generator, in a group.
    pub fn draw(prime: &[u8], generator: &[u8], random: &mut impl Rng) -> Result<Self, GroupError> {
        if prime.len() > MOST_OCTETS {
            return Err(GroupError::Size(prime.len()));
        }
        let prime = BoxedUint::from_be_slice_vartime(prime);
        let bits = prime.bits_precision();
        let prime: Odd<BoxedUint> = prime.to_odd().into_option().ok_or(GroupError::Even)?;
        let mut octets = Zeroizing::new([0; EXPONENT]);
        random.fill_bytes(octets.as_mut_slice());
        let mut field = Self {
            parameters: BoxedMontyParams::new_vartime(prime),
            bits,
            secret: Zeroizing::new(BoxedUint::from_be_slice_vartime(octets.as_slice())),
            public: Vec::new(),
        };
        field.public = field.power(generator).to_vec();
        Ok(field)
    }

    /// What both sides have in common for dh_Ys, without the zeros before it.
    pub fn shared(&self, public: &[u8]) -> Zeroizing<Vec<u8>> {
        self.power(public)
    }

    fn power(&self, base: &[u8]) -> Zeroizing<Vec<u8>> {
        // A number beyond the prime is cut: no such number is right.
        let base = BoxedUint::from_be_slice_truncated(base, self.bits);
        let power = BoxedMontyForm::new(base, &self.parameters).pow(&self.secret);
        Zeroizing::new(power.retrieve().to_be_bytes_trimmed_vartime().to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn both_sides_have_the_same() {
        let mut random = ChaCha20Rng::from_seed([1; 32]);
        // 2^127 - 1 is a prime.
        let mut prime = [0xff; 16];
        prime[0] = 0x7f;
        let near = FiniteField::draw(&prime, &[3], &mut random).unwrap();
        let far = FiniteField::draw(&prime, &[3], &mut random).unwrap();
        assert_ne!(near.public, far.public);
        assert_eq!(near.shared(&far.public), far.shared(&near.public));
    }

    #[test]
    fn numbers_that_are_no_prime_are_refused() {
        let mut random = ChaCha20Rng::from_seed([1; 32]);
        let mut refused = |prime: &[u8]| FiniteField::draw(prime, &[2], &mut random).err();
        assert_eq!(refused(&[6]), Some(GroupError::Even));
        assert_eq!(refused(&[]), Some(GroupError::Even));
        assert_eq!(refused(&[1; 1025]), Some(GroupError::Size(1025)));
    }
}
