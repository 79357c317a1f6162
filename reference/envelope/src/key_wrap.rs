use aes::cipher::KeyInit;
use aes::{Aes128, Aes192, Aes256};
use aes_kw::{AesKw, InnerInit};
use zeroize::Zeroizing;

use crate::{EnvelopeError, SymmetricKey};

/// What the wrapping adds to a key (RFC 3394, 2.2.1).
const OVERHEAD: usize = 8;

/// AES Key Wrap, by the size of its keys (RFC 3394; TS-0003 V3.18.0, Table 8.5.3.2-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyWrap {
    /// With a key of 128 bits.
    A128,
    /// With a key of 192 bits.
    A192,
    /// With a key of 256 bits.
    A256,
}

impl KeyWrap {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 3] = [Self::A128, Self::A192, Self::A256];

    /// Its JOSE name.
    pub fn name(self) -> &'static str {
        match self {
            Self::A128 => "A128KW",
            Self::A192 => "A192KW",
            Self::A256 => "A256KW",
        }
    }

    /// The octets of its keys.
    pub fn key_length(self) -> usize {
        match self {
            Self::A128 => 16,
            Self::A192 => 24,
            Self::A256 => 32,
        }
    }

    /// The octets of a wrapped key of `length` octets.
    pub fn wrapped_length(length: usize) -> usize {
        length.saturating_add(OVERHEAD)
    }
}

/// A key that wraps keys: its length is its algorithm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappingKey {
    algorithm: KeyWrap,
    key: SymmetricKey,
}

impl WrappingKey {
    /// Takes exactly as many octets as the algorithm does.
    pub fn new(algorithm: KeyWrap, key: SymmetricKey) -> Result<Self, EnvelopeError> {
        let got = key.octets().len();
        if got == algorithm.key_length() {
            Ok(Self { algorithm, key })
        } else {
            Err(EnvelopeError::KeyLength {
                algorithm: algorithm.name(),
                expected: algorithm.key_length(),
                got,
            })
        }
    }

    /// The only algorithm that it serves.
    pub fn algorithm(&self) -> KeyWrap {
        self.algorithm
    }

    /// Wraps a key, whose length has to be a multiple of eight octets.
    pub fn wrap(&self, key: &SymmetricKey) -> Result<Vec<u8>, EnvelopeError> {
        let mut wrapped = vec![0; KeyWrap::wrapped_length(key.octets().len())];
        let (with, key) = (self.key.octets(), key.octets());
        let length = match self.algorithm {
            KeyWrap::A128 => cipher::<Aes128>(with)?.wrap_key(key, &mut wrapped),
            KeyWrap::A192 => cipher::<Aes192>(with)?.wrap_key(key, &mut wrapped),
            KeyWrap::A256 => cipher::<Aes256>(with)?.wrap_key(key, &mut wrapped),
        }
        .map_err(|_| EnvelopeError::Unwrappable { got: key.len() })?
        .len();
        wrapped.truncate(length);
        Ok(wrapped)
    }

    /// The key that is wrapped, if it was wrapped with this one: [`EnvelopeError::KeyUnwrap`] otherwise.
    pub fn unwrap(&self, wrapped: &[u8]) -> Result<SymmetricKey, EnvelopeError> {
        let mut key = Zeroizing::new(vec![0; wrapped.len().saturating_sub(OVERHEAD)]);
        let with = self.key.octets();
        match self.algorithm {
            KeyWrap::A128 => cipher::<Aes128>(with)?.unwrap_key(wrapped, &mut key),
            KeyWrap::A192 => cipher::<Aes192>(with)?.unwrap_key(wrapped, &mut key),
            KeyWrap::A256 => cipher::<Aes256>(with)?.unwrap_key(wrapped, &mut key),
        }
        .map_err(|_| EnvelopeError::KeyUnwrap)?;
        Ok(key.into())
    }
}

fn cipher<Aes: KeyInit>(key: &[u8]) -> Result<AesKw<Aes>, EnvelopeError> {
    let cipher = Aes::new_from_slice(key).map_err(|_| EnvelopeError::KeyUnwrap)?;
    Ok(AesKw::inner_init(cipher))
}

#[cfg(test)]
mod tests {
    use super::{KeyWrap, WrappingKey};
    use crate::{EnvelopeError, SymmetricKey};

    fn octets(from: u8, length: u8) -> SymmetricKey {
        SymmetricKey::new(&(from..from + length).collect::<Vec<u8>>())
    }

    #[test]
    fn example_of_rfc_3394_4_1() {
        let with = WrappingKey::new(KeyWrap::A128, octets(0, 16)).unwrap();
        let key: Vec<u8> = (0..16).map(|digit: u8| digit * 0x11).collect();
        let wrapped = [
            0x1f, 0xa6, 0x8b, 0x0a, 0x81, 0x12, 0xb4, 0x47, 0xae, 0xf3, 0x4b, 0xd8, 0xfb, 0x5a,
            0x7b, 0x82, 0x9d, 0x3e, 0x86, 0x23, 0x71, 0xd2, 0xcf, 0xe5,
        ];
        assert_eq!(with.wrap(&SymmetricKey::new(&key)).unwrap(), wrapped);
        assert_eq!(with.unwrap(&wrapped), Ok(SymmetricKey::new(&key)));
    }

    #[test]
    fn any_other_octet_does_not_unwrap() {
        for algorithm in KeyWrap::ALL {
            let length = u8::try_from(algorithm.key_length()).unwrap();
            let with = WrappingKey::new(algorithm, octets(7, length)).unwrap();
            let mut wrapped = with.wrap(&octets(90, 32)).unwrap();
            assert_eq!(with.unwrap(&wrapped), Ok(octets(90, 32)));
            wrapped[39] ^= 1;
            assert_eq!(with.unwrap(&wrapped), Err(EnvelopeError::KeyUnwrap));
            for cut in [0, 7, 8, 39] {
                assert_eq!(with.unwrap(&wrapped[..cut]), Err(EnvelopeError::KeyUnwrap));
            }
        }
    }

    #[test]
    fn key_of_another_size_is_refused() {
        let refused = WrappingKey::new(KeyWrap::A192, octets(0, 16));
        let expected = EnvelopeError::KeyLength {
            algorithm: "A192KW",
            expected: 24,
            got: 16,
        };
        assert_eq!(refused, Err(expected));
    }
}
