use rsa::BoxedUint;
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::{DecodePrivateKey, DecodePublicKey};
use rsa::traits::PublicKeyParts;
use zeroize::Zeroizing;

use crate::EnvelopeError;

/// The fewest bits of a modulus (RFC 7518, 3.3 and 4.3).
const LEAST_BITS: u32 = 2048;

/// An RSA public key of at least 2048 bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RsaPublicKey(pub(crate) rsa::PublicKey);

impl RsaPublicKey {
    /// Takes modulus and public exponent, big-endian.
    pub fn from_components(n: &[u8], e: &[u8]) -> Result<Self, EnvelopeError> {
        let key = rsa::PublicKey::new(number(n), number(e));
        Self::long_enough(key.map_err(|_| EnvelopeError::RsaKey)?)
    }

    /// Takes a SubjectPublicKeyInfo in DER, such as a certificate holds.
    pub fn from_spki_der(der: &[u8]) -> Result<Self, EnvelopeError> {
        let key = rsa::PublicKey::from_public_key_der(der);
        Self::long_enough(key.map_err(|_| EnvelopeError::RsaKey)?)
    }

    /// The octets of its modulus, and of all that it encrypts and verifies.
    pub fn length(&self) -> usize {
        self.0.size()
    }

    /// Modulus and public exponent, big-endian.
    pub fn components(&self) -> (Vec<u8>, Vec<u8>) {
        (self.0.n_bytes().into_vec(), self.0.e_bytes().into_vec())
    }

    fn long_enough(key: rsa::PublicKey) -> Result<Self, EnvelopeError> {
        match key.n().bit_width() {
            got if got < LEAST_BITS => Err(EnvelopeError::Modulus {
                expected: LEAST_BITS,
                got,
            }),
            _ => Ok(Self(key)),
        }
    }
}

/// An RSA private key of at least 2048 bits: overwritten when dropped, never printed.
#[derive(Clone)]
pub struct RsaPrivateKey(pub(crate) rsa::PrivateKey);

impl RsaPrivateKey {
    /// Takes the parts of a key with two primes, big-endian.
    pub fn from_components(
        n: &[u8],
        e: &[u8],
        d: &[u8],
        primes: [&[u8]; 2],
    ) -> Result<Self, EnvelopeError> {
        let primes = primes.into_iter().map(number).collect();
        let key = rsa::PrivateKey::from_components(number(n), number(e), number(d), primes);
        Self::long_enough(key.map_err(|_| EnvelopeError::RsaKey)?)
    }

    /// Takes a PrivateKeyInfo (PKCS #8) or an RSAPrivateKey (PKCS #1) in DER.
    pub fn from_der(der: &[u8]) -> Result<Self, EnvelopeError> {
        let key = rsa::PrivateKey::from_pkcs8_der(der).map_err(|_| EnvelopeError::RsaKey);
        let key = key.or_else(|refused| rsa::PrivateKey::from_pkcs1_der(der).map_err(|_| refused));
        Self::long_enough(key?)
    }

    /// The public key that belongs to it.
    pub fn public_key(&self) -> RsaPublicKey {
        RsaPublicKey(self.0.to_public_key())
    }

    fn long_enough(key: rsa::PrivateKey) -> Result<Self, EnvelopeError> {
        RsaPublicKey::long_enough(key.to_public_key())?;
        Ok(Self(key))
    }
}

impl std::fmt::Debug for RsaPrivateKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("RsaPrivateKey(..)")
    }
}

fn number(octets: &[u8]) -> BoxedUint {
    let octets = Zeroizing::new(octets.to_vec());
    BoxedUint::from_be_slice_vartime(&octets)
}
