use std::fmt;

use p256::ecdsa::SigningKey;
use p256::pkcs8::{DecodePrivateKey, EncodePublicKey};
use thiserror::Error;

/// The certificate of the server and its private key, on secp256r1 (TS-0003 V3.18.0, 10.1.1).
#[derive(Clone)]
pub struct OwnCertificate {
    pub(crate) chain: Vec<Vec<u8>>,
    pub(crate) key: SigningKey,
}

impl OwnCertificate {
    /// Takes a chain in DER, that of the server first, and the private key in PKCS #8.
    pub fn new(chain: Vec<Vec<u8>>, private_key: &[u8]) -> Result<Self, OwnCertificateError> {
        let OwnRawPublicKey {
            subject_public_key_info,
            key,
        } = OwnRawPublicKey::new(private_key)?;
        // SubjectPublicKeyInfo stands in the certificate as it is.
        let is_certified = chain.first().is_some_and(|certificate| {
            certificate
                .windows(subject_public_key_info.len())
                .any(|window| window == subject_public_key_info)
        });
        if !is_certified {
            return Err(OwnCertificateError::Mismatch);
        }
        Ok(Self { chain, key })
    }
}

/// The raw public key of the server and its private key, on secp256r1 (TS-0003 V3.18.0, 10.1.2).
#[derive(Clone)]
pub struct OwnRawPublicKey {
    pub(crate) subject_public_key_info: Vec<u8>,
    pub(crate) key: SigningKey,
}

impl OwnRawPublicKey {
    /// Takes the private key in PKCS #8.
    pub fn new(private_key: &[u8]) -> Result<Self, OwnCertificateError> {
        let key = SigningKey::from_pkcs8_der(private_key)
            .map_err(|error| OwnCertificateError::Key(error.to_string()))?;
        let public = key
            .verifying_key()
            .to_public_key_der()
            .map_err(|error| OwnCertificateError::Key(error.to_string()))?;
        Ok(Self {
            subject_public_key_info: public.into_vec(),
            key,
        })
    }
}

impl fmt::Debug for OwnRawPublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("OwnRawPublicKey(..)")
    }
}

impl fmt::Debug for OwnCertificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("OwnCertificate(..)")
    }
}

/// Why a server cannot show a certificate.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum OwnCertificateError {
    /// The private key is none on secp256r1.
    #[error("expected a private key on secp256r1 in PKCS #8: {0}")]
    Key(String),
    /// The private key is that of another certificate, or there is none.
    #[error("expected the private key of the first certificate, got another")]
    Mismatch,
}
