use std::fmt;

use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::x509::X509;

use crate::ConfigurationError;

/// The certificate or raw public key that an entity shows, with its private key (TS-0003 V3.18.0, 8.1.2.3).
#[derive(Clone)]
pub struct OwnCertificate {
    chain: Vec<X509>,
    key: PKey<Private>,
    or_raw: bool,
}

impl OwnCertificate {
    /// Takes a chain of certificates and a private key in PEM, the entity's own certificate first. The anchor may be
    /// left out.
    pub fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, ConfigurationError> {
        let chain = X509::stack_from_pem(chain)
            .map_err(|error| unreadable("certificates in PEM", &error))?;
        Self::new(chain, private_key_from_pem(key)?)
    }

    /// Takes certificates and a private key in DER, the entity's own certificate first.
    pub fn from_der(chain: &[Vec<u8>], key: &[u8]) -> Result<Self, ConfigurationError> {
        let chain = chain
            .iter()
            .map(|der| X509::from_der(der))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| unreadable("a certificate in DER", &error))?;
        let key = PKey::private_key_from_der(key)
            .map_err(|error| unreadable("a private key in DER", &error))?;
        Self::new(chain, key)
    }

    /// Takes the private key of a raw public key, in PEM.
    pub fn raw_public_key_from_pem(key: &[u8]) -> Result<Self, ConfigurationError> {
        let key = private_key_from_pem(key)?;
        Self::check_curve(&key)?;
        Ok(Self {
            chain: Vec::new(),
            key,
            or_raw: true,
        })
    }

    /// Takes the private key of a raw public key, in DER.
    pub fn raw_public_key_from_der(key: &[u8]) -> Result<Self, ConfigurationError> {
        let key = PKey::private_key_from_der(key)
            .map_err(|error| unreadable("a private key in DER", &error))?;
        Self::check_curve(&key)?;
        Ok(Self {
            chain: Vec::new(),
            key,
            or_raw: true,
        })
    }

    /// The same, whose key is shown as a raw public key to a peer that takes no certificates (RFC 7250, 4.2).
    #[must_use]
    pub fn or_raw_public_key(self) -> Self {
        Self {
            or_raw: true,
            ..self
        }
    }

    /// Whether its key may be shown as a raw public key.
    pub(crate) fn may_be_raw(&self) -> bool {
        self.or_raw
    }

    /// Whether it is a raw public key.
    pub fn is_raw(&self) -> bool {
        self.chain.is_empty()
    }

    pub(crate) fn chain(&self) -> &[X509] {
        &self.chain
    }

    pub(crate) fn key(&self) -> &PKey<Private> {
        &self.key
    }

    fn new(chain: Vec<X509>, key: PKey<Private>) -> Result<Self, ConfigurationError> {
        let own = chain
            .first()
            .ok_or_else(|| ConfigurationError::Unreadable {
                expected: "at least one certificate",
                reason: "there is none".to_owned(),
            })?;
        Self::check_curve(&key)?;
        let public = own
            .public_key()
            .map_err(|error| unreadable("a certificate with a key", &error))?;
        if !key.public_eq(&public) {
            return Err(ConfigurationError::KeyMismatch);
        }
        Ok(Self {
            chain,
            key,
            or_raw: false,
        })
    }

    fn check_curve(key: &PKey<Private>) -> Result<(), ConfigurationError> {
        let curve = key.ec_key().ok().and_then(|key| key.group().curve_name());
        if curve == Some(Nid::X9_62_PRIME256V1) {
            return Ok(());
        }
        let got = curve
            .and_then(|curve| curve.short_name().ok())
            .unwrap_or("one of another kind");
        Err(ConfigurationError::KeyKind {
            got: got.to_owned(),
        })
    }
}

impl fmt::Debug for OwnCertificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OwnCertificate")
            .field("certificates", &self.chain.len())
            .finish_non_exhaustive()
    }
}

fn private_key_from_pem(key: &[u8]) -> Result<PKey<Private>, ConfigurationError> {
    PKey::private_key_from_pem(key).map_err(|error| unreadable("a private key in PEM", &error))
}

fn unreadable(expected: &'static str, error: &openssl::error::ErrorStack) -> ConfigurationError {
    ConfigurationError::Unreadable {
        expected,
        reason: error.to_string(),
    }
}
