use zeroize::Zeroizing;

use crate::KeyError;
use crate::secret::secret_traits;

/// A pre-shared key as TLS takes it (RFC 4279): Kpsa, Km, Kpm, Kc or part of one, of 0 to 65535 octets.
#[derive(Clone)]
pub struct Psk(Zeroizing<Vec<u8>>);

impl Psk {
    /// The most octets that the premaster secret can hold (RFC 4279, 2).
    pub const LIMIT: usize = u16::MAX as usize;

    /// Takes a key; one that a premaster secret cannot hold is [`KeyError::TooLong`].
    pub fn new(octets: &[u8]) -> Result<Self, KeyError> {
        if octets.len() > Self::LIMIT {
            return Err(KeyError::TooLong {
                what: "a pre-shared key",
                limit: Self::LIMIT,
                got: octets.len(),
            });
        }
        Ok(Self::trusted(octets))
    }

    /// Takes octets whose number is below the limit by their type.
    pub(crate) fn trusted(octets: &[u8]) -> Self {
        Self(Zeroizing::new(octets.to_vec()))
    }

    /// The octets, to hand to what uses the key.
    pub fn octets(&self) -> &[u8] {
        &self.0
    }
}

secret_traits!(Psk);

#[cfg(test)]
mod tests {
    use super::Psk;
    use crate::KeyError;

    #[test]
    fn key_of_65536_octets_is_refused() {
        assert!(Psk::new(&[0; 65535]).is_ok());
        let expected = KeyError::TooLong {
            what: "a pre-shared key",
            limit: 65535,
            got: 65536,
        };
        assert_eq!(Psk::new(&[0; 65536]), Err(expected));
    }
}
