use std::fmt;

use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::pkcs8::DecodePrivateKey;
use rsa::PrivateKey;
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::traits::PublicKeyParts;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384};
use zeroize::Zeroizing;

use super::der::{OCTET_STRING, bit_string, constructed, element, sequence, unsigned};
use super::{CertificateError, KeyAlgorithm, PointForm, Seed, SignatureAlgorithm};

/// The RSA key of every seed, as RSAPrivateKey (RFC 8017, A.1.2). It is public and fit for tests alone.
const RSA_2048: &[u8] = include_bytes!("rsa-2048.der");

/// A key of the tester, with its public part.
#[derive(Clone)]
pub struct KeyPair(Private);

#[derive(Clone)]
enum Private {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    Rsa2048(Box<PrivateKey>),
}

impl PartialEq for KeyPair {
    /// By the public parts, which tell keys apart as well.
    fn eq(&self, other: &Self) -> bool {
        let public = |key: &Self| key.subject_public_key_info(PointForm::Uncompressed);
        public(self) == public(other)
    }
}

impl Eq for KeyPair {}

impl fmt::Debug for KeyPair {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "KeyPair({}, ..)", self.algorithm())
    }
}

impl KeyPair {
    /// The key of a label: always the same for the same seed.
    pub fn draw(
        algorithm: KeyAlgorithm,
        seed: &Seed,
        label: &str,
    ) -> Result<Self, CertificateError> {
        // Nearly every row of octets is a scalar of the curve: the first one that is becomes the key.
        let private = match algorithm {
            KeyAlgorithm::P256 => seed
                .draw::<32>(label, "P-256")
                .find_map(|octets| p256::ecdsa::SigningKey::from_slice(&octets).ok())
                .map(Private::P256),
            KeyAlgorithm::P384 => seed
                .draw::<48>(label, "P-384")
                .find_map(|octets| p384::ecdsa::SigningKey::from_slice(&octets).ok())
                .map(Private::P384),
            KeyAlgorithm::Rsa2048 => PrivateKey::from_pkcs1_der(RSA_2048)
                .ok()
                .map(|key| Private::Rsa2048(Box::new(key))),
        };
        private.map(Self).ok_or(CertificateError::Library {
            expected: "the private part",
            key: algorithm,
        })
    }

    /// The P-256 key with this private scalar; there is none for zero and for what is not below the order of the curve.
    pub fn from_p256_scalar(scalar: &[u8; 32]) -> Result<Self, CertificateError> {
        p256::ecdsa::SigningKey::from_slice(scalar)
            .map(|key| Self(Private::P256(key)))
            .map_err(|_| CertificateError::Scalar)
    }

    /// The P-256 key in a PrivateKeyInfo (RFC 5208, 5).
    pub fn from_private_key_info(octets: &[u8]) -> Result<Self, CertificateError> {
        p256::ecdsa::SigningKey::from_pkcs8_der(octets)
            .map(|key| Self(Private::P256(key)))
            .map_err(|_| CertificateError::PrivateKeyInfo)
    }

    /// The private scalar of a P-256 key.
    pub fn p256_scalar(&self) -> Option<Zeroizing<Vec<u8>>> {
        match &self.0 {
            Private::P256(key) => Some(Zeroizing::new(key.to_bytes().to_vec())),
            Private::P384(_) | Private::Rsa2048(_) => None,
        }
    }

    /// Its kind.
    pub fn algorithm(&self) -> KeyAlgorithm {
        match self.0 {
            Private::P256(_) => KeyAlgorithm::P256,
            Private::P384(_) => KeyAlgorithm::P384,
            Private::Rsa2048(_) => KeyAlgorithm::Rsa2048,
        }
    }

    /// SubjectPublicKeyInfo (RFC 5280, 4.1.2.7): also a raw public key (RFC 7250). RSA keys have one form.
    pub fn subject_public_key_info(&self, form: PointForm) -> Result<Vec<u8>, CertificateError> {
        let public = match (&self.0, form) {
            (Private::Rsa2048(key), PointForm::Uncompressed) => rsa_public_key(key),
            (Private::Rsa2048(_), _) => {
                return Err(CertificateError::Point {
                    key: self.algorithm(),
                });
            }
            (_, form) => self.point(form),
        };
        Ok(sequence([self.algorithm().to_der()?, bit_string(&public)]))
    }

    /// A signature as it stands in certificates and in CertificateVerify. That of ECDSA is deterministic (RFC 6979).
    pub fn sign(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, CertificateError> {
        let digest = match algorithm {
            SignatureAlgorithm::EcdsaSha256 => Sha256::digest(message).to_vec(),
            SignatureAlgorithm::EcdsaSha1 => Sha1::digest(message).to_vec(),
            SignatureAlgorithm::EcdsaSha384 => Sha384::digest(message).to_vec(),
            SignatureAlgorithm::RsaSha256 => return self.sign_with_rsa(algorithm, message),
        };
        self.sign_prehashed(&digest)
    }

    /// The signature of ECDSA over a digest, of whatever hash.
    pub fn sign_prehashed(&self, digest: &[u8]) -> Result<Vec<u8>, CertificateError> {
        // Both halves have the same length.
        let halves = match &self.0 {
            Private::P256(key) => {
                let signature: Option<p256::ecdsa::Signature> = key.sign_prehash(digest).ok();
                signature.map(|signature| signature.to_bytes().to_vec())
            }
            Private::P384(key) => {
                let signature: Option<p384::ecdsa::Signature> = key.sign_prehash(digest).ok();
                signature.map(|signature| signature.to_bytes().to_vec())
            }
            Private::Rsa2048(_) => return Err(self.cannot(SignatureAlgorithm::EcdsaSha256)),
        };
        let halves = halves.ok_or_else(|| self.failed("a signature"))?;
        let (r, s) = halves.split_at(halves.len() / 2);
        Ok(sequence([unsigned(r), unsigned(s)]))
    }

    /// PrivateKeyInfo (RFC 5208, 5), as TLS libraries read it.
    pub fn private_key_info(&self) -> Result<Zeroizing<Vec<u8>>, CertificateError> {
        let private = Zeroizing::new(match &self.0 {
            Private::P256(key) => self.elliptic_curve_private_key(&key.to_bytes()),
            Private::P384(key) => self.elliptic_curve_private_key(&key.to_bytes()),
            Private::Rsa2048(_) => RSA_2048.to_vec(),
        });
        let private = Zeroizing::new(element(OCTET_STRING, &private));
        Ok(Zeroizing::new(sequence([
            unsigned(&[0]).as_slice(),
            &self.algorithm().to_der()?,
            &private,
        ])))
    }

    fn sign_with_rsa(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, CertificateError> {
        let Private::Rsa2048(key) = &self.0 else {
            return Err(self.cannot(algorithm));
        };
        key.pkcs1v15_sign::<Sha256>(message)
            .map_err(|_| self.failed("a signature"))
    }

    /// ECPrivateKey (RFC 5915, 3), the curve of which stands beside it.
    fn elliptic_curve_private_key(&self, scalar: &[u8]) -> Vec<u8> {
        let public = bit_string(&self.point(PointForm::Uncompressed));
        sequence([
            unsigned(&[1]),
            element(OCTET_STRING, scalar),
            element(constructed(1), &public),
        ])
    }

    /// The point of an elliptic-curve key (SEC 1, 2.3.3).
    pub(super) fn point(&self, form: PointForm) -> Vec<u8> {
        let compressed = form == PointForm::Compressed;
        let mut point = match &self.0 {
            Private::P256(key) => key.verifying_key().to_sec1_point(compressed).to_bytes(),
            Private::P384(key) => key.verifying_key().to_sec1_point(compressed).to_bytes(),
            Private::Rsa2048(_) => Box::default(),
        };
        if form == PointForm::OffCurve {
            increment(&mut point);
        }
        point.into_vec()
    }

    fn cannot(&self, algorithm: SignatureAlgorithm) -> CertificateError {
        CertificateError::Algorithm {
            key: self.algorithm(),
            algorithm,
        }
    }

    fn failed(&self, expected: &'static str) -> CertificateError {
        CertificateError::Library {
            expected,
            key: self.algorithm(),
        }
    }
}

/// RSAPublicKey (RFC 8017, A.1.1).
fn rsa_public_key(key: &PrivateKey) -> Vec<u8> {
    sequence([unsigned(&key.n_bytes()), unsigned(&key.e_bytes())])
}

/// Adds one to a number, of which the last octets are those of the second coordinate.
fn increment(octets: &mut [u8]) {
    for octet in octets.iter_mut().rev() {
        let carried;
        (*octet, carried) = octet.overflowing_add(1);
        if !carried {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The private key of RFC 6979, A.2.5.
    const SCALAR: &str = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";

    #[test]
    fn signature_is_that_of_rfc_6979() {
        // RFC 6979, A.2.5, with SHA-256 and the message "sample".
        let (r, s) = (
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
            "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        );
        let signature = sample().sign(SignatureAlgorithm::EcdsaSha256, b"sample");
        let expected = sequence([unsigned(&octets(r)), unsigned(&octets(s))]);
        assert_eq!(signature.unwrap(), expected);
    }

    #[test]
    fn written_key_reads() {
        let written = sample().private_key_info().unwrap();
        let read = KeyPair::from_private_key_info(&written).unwrap();
        let public = |key: &KeyPair| key.subject_public_key_info(PointForm::Uncompressed);
        assert_eq!(public(&read), public(&sample()));
        let cut = written.split_last().unwrap().1;
        assert!(matches!(
            KeyPair::from_private_key_info(cut),
            Err(CertificateError::PrivateKeyInfo)
        ));
    }

    #[test]
    fn raw_public_key_has_91_octets() {
        let raw = sample()
            .subject_public_key_info(PointForm::Uncompressed)
            .unwrap();
        // TS-0003 V3.18.0, 10.1.2: the digest of this key is that of its public key identifier.
        let digest = "5a7a78cca4a0f420d9bc62bb669c3c2759e39f723d3ae10dcbe0f0815a07ecd4";
        assert_eq!(raw.len(), 91);
        assert_eq!(Sha256::digest(&raw).to_vec(), octets(digest));
    }

    #[test]
    fn zero_is_no_key() {
        assert!(KeyPair::from_p256_scalar(&[0; 32]).is_err());
        assert!(KeyPair::from_p256_scalar(&[0xff; 32]).is_err());
    }

    #[test]
    fn incrementing_carries() {
        let mut number = [1, 0xff, 0xff];
        increment(&mut number);
        assert_eq!(number, [2, 0, 0]);
    }

    fn sample() -> KeyPair {
        KeyPair::from_p256_scalar(&octets(SCALAR).try_into().unwrap()).unwrap()
    }

    fn octets(digits: &str) -> Vec<u8> {
        (0..digits.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
            .collect()
    }
}
