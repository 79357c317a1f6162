//! Authorities of the tester that the IUT trusts.

use super::pem::{self, PemError};
use crate::tester::certificate::{CertificateError, KeyPair, MadeElsewhere, PointForm};
use onem2m_association::Certificate;
use schemars::JsonSchema;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use thiserror::Error;
use zeroize::Zeroizing;

/// A trust anchor of the tester, under which it issues the certificates of peers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "AuthorityForm")]
pub enum Authority {
    /// It was made elsewhere.
    Files {
        /// File of its certificate, PEM.
        certificate: PathBuf,
        /// File of its private key, PEM, PKCS #8.
        key: PathBuf,
    },
    /// The tester makes it from this text. Whoever knows the text has its key, so that it is for tests alone.
    Seed(String),
}

/// Why a certificate or a key of a profile cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AuthorityError {
    /// A file does not read.
    #[error(transparent)]
    Pem(#[from] PemError),
    /// The certificate does not parse.
    #[error("{}: expected a certificate (RFC 5280), got octets that do not parse", .0.display())]
    Unparsed(PathBuf),
    /// The key does not.
    #[error(transparent)]
    Key(#[from] CertificateError),
    /// The two do not belong together.
    #[error("expected the private key of {}, got another in {}", .certificate.display(), .key.display())]
    OtherKey {
        /// File of the certificate.
        certificate: PathBuf,
        /// File of the key.
        key: PathBuf,
    },
}

impl Authority {
    /// Reads the files, which are looked up in `folder`, that of the profile; none of an authority that is made from a seed.
    pub fn read(&self, folder: &Path) -> Result<Option<MadeElsewhere>, AuthorityError> {
        let Self::Files { certificate, key } = self else {
            return Ok(None);
        };
        let (certificate, key) = (folder.join(certificate), folder.join(key));
        let octets = pem::read(&certificate, "CERTIFICATE")?.to_vec();
        Certificate::parse(&octets).map_err(|_| AuthorityError::Unparsed(certificate.clone()))?;
        let pair = private_key(&key)?;
        let public = pair.subject_public_key_info(PointForm::Uncompressed)?;
        if !octets.windows(public.len()).any(|window| window == public) {
            return Err(AuthorityError::OtherKey { certificate, key });
        }
        Ok(Some(MadeElsewhere {
            der: octets,
            key: pair,
        }))
    }
}

/// The P-256 key in a PEM file.
pub(super) fn private_key(file: &Path) -> Result<KeyPair, AuthorityError> {
    let octets: Zeroizing<Vec<u8>> = pem::read(file, "PRIVATE KEY")?;
    Ok(KeyPair::from_private_key_info(&octets)?)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AuthorityForm {
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    seed: Option<String>,
}

impl TryFrom<AuthorityForm> for Authority {
    type Error = String;

    fn try_from(form: AuthorityForm) -> Result<Self, String> {
        match (form.certificate, form.key, form.seed) {
            (Some(certificate), Some(key), None) => Ok(Self::Files { certificate, key }),
            (None, None, Some(seed)) if !seed.is_empty() => Ok(Self::Seed(seed)),
            _ => Err("expected certificate and key, or seed".into()),
        }
    }
}
