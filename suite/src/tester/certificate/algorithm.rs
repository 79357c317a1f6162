use std::fmt;

use serde::{Deserialize, Serialize};

use super::der::{self, NULL, element};
use super::{CertificateError, ObjectIdentifier};

/// The kind of a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyAlgorithm {
    /// secp256r1, which TS-0003 V3.18.0, 10.1.1.1 demands.
    #[default]
    P256,
    /// secp384r1.
    P384,
    /// RSA with a modulus of 2048 bits. There is one such key, the same for every seed.
    Rsa2048,
}

impl fmt::Display for KeyAlgorithm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::Rsa2048 => "RSA 2048",
        })
    }
}

impl KeyAlgorithm {
    /// The AlgorithmIdentifier of the public key (RFC 5480, 2.1; RFC 3279, 2.3.1).
    pub(super) fn to_der(self) -> Result<Vec<u8>, CertificateError> {
        match self {
            Self::P256 => named_curve("1.2.840.10045.3.1.7"),
            Self::P384 => named_curve("1.3.132.0.34"),
            Self::Rsa2048 => with_null("1.2.840.113549.1.1.1"),
        }
    }
}

/// How the public point of an elliptic-curve key stands in a certificate (SEC 1, 2.3.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointForm {
    /// Both coordinates, which TS-0003 V3.18.0, 10.1.1.1 demands.
    #[default]
    Uncompressed,
    /// One coordinate and the parity of the other.
    Compressed,
    /// Both coordinates, the second one too large by one: no point of the curve.
    OffCurve,
}

/// With what a certificate is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureAlgorithm {
    /// ecdsa-with-SHA256, which TS-0003 V3.18.0, 10.1.1.3 demands.
    #[default]
    EcdsaSha256,
    /// ecdsa-with-SHA1.
    EcdsaSha1,
    /// ecdsa-with-SHA384.
    EcdsaSha384,
    /// sha256WithRSAEncryption.
    RsaSha256,
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::EcdsaSha256 => "ecdsa-with-SHA256",
            Self::EcdsaSha1 => "ecdsa-with-SHA1",
            Self::EcdsaSha384 => "ecdsa-with-SHA384",
            Self::RsaSha256 => "sha256WithRSAEncryption",
        })
    }
}

impl SignatureAlgorithm {
    /// The AlgorithmIdentifier (RFC 5758, 3.2; RFC 3279, 2.2.3; RFC 4055, 5): those of ECDSA have no parameters.
    pub(super) fn to_der(self) -> Result<Vec<u8>, CertificateError> {
        let plain = |identifier: &str| {
            Ok(der::sequence([identifier
                .parse::<ObjectIdentifier>()?
                .to_der()]))
        };
        match self {
            Self::EcdsaSha256 => plain("1.2.840.10045.4.3.2"),
            Self::EcdsaSha1 => plain("1.2.840.10045.4.1"),
            Self::EcdsaSha384 => plain("1.2.840.10045.4.3.3"),
            Self::RsaSha256 => with_null("1.2.840.113549.1.1.11"),
        }
    }
}

fn named_curve(curve: &str) -> Result<Vec<u8>, CertificateError> {
    let public_key: ObjectIdentifier = "1.2.840.10045.2.1".parse()?;
    let curve: ObjectIdentifier = curve.parse()?;
    Ok(der::sequence([public_key.to_der(), curve.to_der()]))
}

fn with_null(identifier: &str) -> Result<Vec<u8>, CertificateError> {
    let identifier: ObjectIdentifier = identifier.parse()?;
    Ok(der::sequence([identifier.to_der(), element(NULL, &[])]))
}
