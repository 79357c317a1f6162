use p256::elliptic_curve::sec1::ToSec1Point;
use p256::pkcs8::DecodePublicKey;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{Curve, EnvelopeError};

/// What the octets of an uncompressed point begin with (SEC 1, 2.3.3).
const UNCOMPRESSED: u8 = 4;

/// A public key on one of the curves: a point of it other than the one at infinity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EcPublicKey(pub(crate) PublicPoint);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PublicPoint {
    P256(p256::PublicKey),
    P384(p384::PublicKey),
    P521(p521::PublicKey),
}

impl EcPublicKey {
    /// Takes the coordinates of a point, each with all its octets.
    pub fn from_coordinates(curve: Curve, x: &[u8], y: &[u8]) -> Result<Self, EnvelopeError> {
        for (what, coordinate) in [("x", x), ("y", y)] {
            if coordinate.len() != curve.length() {
                return Err(EnvelopeError::CoordinateLength {
                    what,
                    curve,
                    expected: curve.length(),
                    got: coordinate.len(),
                });
            }
        }
        let point = [&[UNCOMPRESSED], x, y].concat();
        let point = match curve {
            Curve::P256 => p256::PublicKey::from_sec1_bytes(&point).map(PublicPoint::P256),
            Curve::P384 => p384::PublicKey::from_sec1_bytes(&point).map(PublicPoint::P384),
            Curve::P521 => p521::PublicKey::from_sec1_bytes(&point).map(PublicPoint::P521),
        };
        point
            .map(Self)
            .map_err(|_| EnvelopeError::NotOnCurve(curve))
    }

    /// Takes a SubjectPublicKeyInfo in DER, such as a certificate holds; `None` if it is of another kind.
    pub fn from_spki_der(der: &[u8]) -> Option<Self> {
        let p256 = p256::PublicKey::from_public_key_der(der).map(PublicPoint::P256);
        let p384 = |_| p384::PublicKey::from_public_key_der(der).map(PublicPoint::P384);
        let p521 = |_| p521::PublicKey::from_public_key_der(der).map(PublicPoint::P521);
        p256.or_else(p384).or_else(p521).map(Self).ok()
    }

    /// Its curve.
    pub fn curve(&self) -> Curve {
        match self.0 {
            PublicPoint::P256(_) => Curve::P256,
            PublicPoint::P384(_) => Curve::P384,
            PublicPoint::P521(_) => Curve::P521,
        }
    }

    /// Its coordinates, each with all its octets.
    pub fn coordinates(&self) -> (Vec<u8>, Vec<u8>) {
        let point = match &self.0 {
            PublicPoint::P256(key) => key.to_sec1_point(false).as_bytes().to_vec(),
            PublicPoint::P384(key) => key.to_sec1_point(false).as_bytes().to_vec(),
            PublicPoint::P521(key) => key.to_sec1_point(false).as_bytes().to_vec(),
        };
        let both = point.get(1..).unwrap_or_default();
        let (x, y) = both.split_at(both.len() / 2);
        (x.to_vec(), y.to_vec())
    }
}

/// A private key on one of the curves: overwritten when dropped, never printed.
#[derive(Clone)]
pub struct EcPrivateKey(pub(crate) PrivateScalar);

#[derive(Clone)]
pub(crate) enum PrivateScalar {
    P256(p256::SecretKey),
    P384(p384::SecretKey),
    P521(p521::SecretKey),
}

impl EcPrivateKey {
    /// Takes a scalar with all its octets.
    pub fn from_scalar(curve: Curve, scalar: &[u8]) -> Result<Self, EnvelopeError> {
        if scalar.len() != curve.length() {
            return Err(EnvelopeError::CoordinateLength {
                what: "d",
                curve,
                expected: curve.length(),
                got: scalar.len(),
            });
        }
        let scalar = match curve {
            Curve::P256 => p256::SecretKey::from_slice(scalar).map(PrivateScalar::P256),
            Curve::P384 => p384::SecretKey::from_slice(scalar).map(PrivateScalar::P384),
            Curve::P521 => p521::SecretKey::from_slice(scalar).map(PrivateScalar::P521),
        };
        scalar.map(Self).map_err(|_| EnvelopeError::NoScalar(curve))
    }

    /// Makes a key.
    pub fn generate<R: CryptoRng + ?Sized>(curve: Curve, rng: &mut R) -> Self {
        let mut scalar = Zeroizing::new(vec![0; curve.length()]);
        loop {
            rng.fill_bytes(&mut scalar);
            // 521 bits are one more than 65 octets.
            if let (Curve::P521, Some(first)) = (curve, scalar.first_mut()) {
                *first &= 1;
            }
            // Octets that are no scalar are as rare as it gets.
            if let Ok(key) = Self::from_scalar(curve, &scalar) {
                return key;
            }
        }
    }

    /// Its curve.
    pub fn curve(&self) -> Curve {
        match self.0 {
            PrivateScalar::P256(_) => Curve::P256,
            PrivateScalar::P384(_) => Curve::P384,
            PrivateScalar::P521(_) => Curve::P521,
        }
    }

    /// The public key that belongs to it.
    pub fn public_key(&self) -> EcPublicKey {
        EcPublicKey(match &self.0 {
            PrivateScalar::P256(key) => PublicPoint::P256(key.public_key()),
            PrivateScalar::P384(key) => PublicPoint::P384(key.public_key()),
            PrivateScalar::P521(key) => PublicPoint::P521(key.public_key()),
        })
    }

    /// What both sides of an agreement come to: the x-coordinate (RFC 7518, 4.6). Both keys have to be on one curve.
    pub fn agree(&self, other: &EcPublicKey) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
        let secret = match (&self.0, &other.0) {
            (PrivateScalar::P256(own), PublicPoint::P256(other)) => {
                own.diffie_hellman(other).raw_secret_bytes().to_vec()
            }
            (PrivateScalar::P384(own), PublicPoint::P384(other)) => {
                own.diffie_hellman(other).raw_secret_bytes().to_vec()
            }
            (PrivateScalar::P521(own), PublicPoint::P521(other)) => {
                own.diffie_hellman(other).raw_secret_bytes().to_vec()
            }
            _ => {
                return Err(EnvelopeError::Curve {
                    expected: self.curve(),
                    got: other.curve(),
                });
            }
        };
        Ok(Zeroizing::new(secret))
    }
}

impl std::fmt::Debug for EcPrivateKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("EcPrivateKey(..)")
    }
}
