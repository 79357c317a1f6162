use super::HexOctets;
use rand_chacha::rand_core::Rng;
use serde::Deserialize;
use zeroize::Zeroizing;

/// The pre-shared key that is used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyChange {
    /// That of the credential.
    #[default]
    Right,
    /// That of the credential, its last bit inverted.
    LastBitInverted,
    /// The first half of that of the credential.
    FirstHalf,
    /// The hexadecimal digits of that of the credential, as text.
    HexText,
    /// That of the credential up to its first zero octet.
    CutAtFirstZero,
    /// That of the credential without the zero octets at its end.
    TrailingZerosDropped,
    /// A key without octets.
    Empty,
    /// So many zero octets.
    Zeros(u16),
    /// So many random octets.
    Random(u16),
    /// These octets.
    Hex(HexOctets),
    /// That of the other credential.
    OfAnother,
}

impl KeyChange {
    /// The key that is used.
    pub fn apply(
        &self,
        right: &[u8],
        another: Option<&[u8]>,
        random: &mut impl Rng,
    ) -> Zeroizing<Vec<u8>> {
        let mut key = Zeroizing::new(right.to_vec());
        match self {
            Self::Right => {}
            Self::LastBitInverted => {
                if let Some(last) = key.last_mut() {
                    *last ^= 1;
                }
            }
            Self::FirstHalf => key.truncate(right.len() / 2),
            Self::HexText => {
                let digits = right.iter().map(|octet| format!("{octet:02x}"));
                key = Zeroizing::new(digits.collect::<String>().into_bytes());
            }
            Self::CutAtFirstZero => {
                let zero = right.iter().position(|octet| *octet == 0);
                key.truncate(zero.unwrap_or(right.len()));
            }
            Self::TrailingZerosDropped => {
                let last = right.iter().rposition(|octet| *octet != 0);
                key.truncate(last.map_or(0, |last| last + 1));
            }
            Self::Empty => key.clear(),
            Self::Zeros(length) => key = Zeroizing::new(vec![0; usize::from(*length)]),
            Self::Random(length) => {
                key = Zeroizing::new(vec![0; usize::from(*length)]);
                random.fill_bytes(&mut key);
            }
            Self::Hex(octets) => key = Zeroizing::new(octets.0.clone()),
            Self::OfAnother => key = Zeroizing::new(another.unwrap_or_default().to_vec()),
        }
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn zeros_end_or_trail_a_key() {
        let key = [0, 0x11, 0, 0x22, 0];
        let mut random = ChaCha20Rng::from_seed([1; 32]);
        let mut changed = |change: KeyChange| change.apply(&key, None, &mut random).to_vec();
        assert_eq!(changed(KeyChange::CutAtFirstZero), b"");
        assert_eq!(changed(KeyChange::TrailingZerosDropped), key[..4]);
        assert_eq!(changed(KeyChange::HexText), b"0011002200");
        assert_eq!(changed(KeyChange::LastBitInverted), [0, 0x11, 0, 0x22, 1]);
        assert_eq!(changed(KeyChange::FirstHalf), [0, 0x11]);
    }
}
