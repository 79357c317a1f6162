use zeroize::Zeroizing;

use crate::secret::secret_traits;
use crate::{KeyError, Psk};

/// The premaster secret of a handshake of TLS 1.2.
#[derive(Clone)]
pub struct PremasterSecret(Zeroizing<Vec<u8>>);

impl PremasterSecret {
    /// That of the plain PSK key exchange (RFC 4279, 2): as many zeros as the key has octets, then the key, each after its
    /// length.
    pub fn psk(key: &Psk) -> Self {
        let zeros = Zeroizing::new(vec![0; key.octets().len()]);
        Self::join(&zeros, key)
    }

    /// That of DHE_PSK and RSA_PSK (RFC 4279, 3 and 4), where what the other exchange gave stands for the zeros. It is
    /// [`KeyError::TooLong`] beyond 65535 octets.
    pub fn psk_with(other_secret: &[u8], key: &Psk) -> Result<Self, KeyError> {
        if other_secret.len() > Psk::LIMIT {
            return Err(KeyError::TooLong {
                what: "the other secret of a premaster secret",
                limit: Psk::LIMIT,
                got: other_secret.len(),
            });
        }
        Ok(Self::join(other_secret, key))
    }

    /// What a key exchange without a pre-shared key gave, such as the x-coordinate of ECDHE (RFC 8422, 5.10).
    pub fn from_octets(octets: &[u8]) -> Self {
        Self(Zeroizing::new(octets.to_vec()))
    }

    /// The octets, to hand to what uses the secret.
    pub fn octets(&self) -> &[u8] {
        &self.0
    }

    /// Neither part is longer than its length field can state.
    fn join(other_secret: &[u8], key: &Psk) -> Self {
        let key = key.octets();
        // Reserved at once: a vector that grew would leave its octets behind.
        let mut octets = Vec::with_capacity(4 + other_secret.len() + key.len());
        for part in [other_secret, key] {
            let length = u16::try_from(part.len()).unwrap_or(u16::MAX);
            octets.extend_from_slice(&length.to_be_bytes());
            octets.extend_from_slice(part);
        }
        Self(Zeroizing::new(octets))
    }
}

secret_traits!(PremasterSecret);

#[cfg(test)]
mod tests {
    use super::PremasterSecret;
    use crate::Psk;

    #[test]
    fn key_without_octets_has_a_premaster_of_two_lengths() {
        let key = Psk::new(&[]).unwrap();
        assert_eq!(PremasterSecret::psk(&key).octets(), [0, 0, 0, 0]);
    }

    #[test]
    fn longest_key_has_a_premaster_of_twice_its_length() {
        let key = Psk::new(&[7; 65535]).unwrap();
        let premaster = PremasterSecret::psk(&key);
        assert_eq!(premaster.octets().len(), 4 + 2 * 65535);
        assert_eq!(premaster.octets()[..3], [0xff, 0xff, 0]);
        assert_eq!(premaster.octets()[65537..65540], [0xff, 0xff, 7]);
    }

    #[test]
    fn other_secret_stands_before_the_key() {
        let key = Psk::new(&[9]).unwrap();
        let premaster = PremasterSecret::psk_with(&[1, 2, 3], &key).unwrap();
        assert_eq!(premaster.octets(), [0, 3, 1, 2, 3, 0, 1, 9]);
        assert!(PremasterSecret::psk_with(&[0; 65536], &key).is_err());
    }
}
