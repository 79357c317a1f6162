use serde::{Deserialize, Serialize};

use super::der::{named_bits, sequence};
use super::{CertificateError, ObjectIdentifier};

/// A bit of keyUsage (RFC 5280, 4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyUsage {
    /// digitalSignature, which TS-0003 V3.18.0, 10.1.1.1 demands of every certificate.
    DigitalSignature,
    /// nonRepudiation.
    NonRepudiation,
    /// keyEncipherment.
    KeyEncipherment,
    /// dataEncipherment.
    DataEncipherment,
    /// keyAgreement.
    KeyAgreement,
    /// keyCertSign.
    KeyCertSign,
    /// cRLSign.
    CrlSign,
    /// encipherOnly.
    EncipherOnly,
    /// decipherOnly.
    DecipherOnly,
}

impl KeyUsage {
    fn bit(self) -> u8 {
        match self {
            Self::DigitalSignature => 0,
            Self::NonRepudiation => 1,
            Self::KeyEncipherment => 2,
            Self::DataEncipherment => 3,
            Self::KeyAgreement => 4,
            Self::KeyCertSign => 5,
            Self::CrlSign => 6,
            Self::EncipherOnly => 7,
            Self::DecipherOnly => 8,
        }
    }

    pub(super) fn to_der(bits: &[Self]) -> Vec<u8> {
        named_bits(bits.iter().map(|usage| usage.bit()))
    }
}

/// A purpose in extKeyUsage (RFC 5280, 4.2.1.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtendedKeyUsage {
    /// id-kp-serverAuth.
    ServerAuth,
    /// id-kp-clientAuth.
    ClientAuth,
    /// id-kp-codeSigning.
    CodeSigning,
    /// id-kp-OCSPSigning.
    OcspSigning,
}

impl ExtendedKeyUsage {
    fn identifier(self) -> &'static str {
        match self {
            Self::ServerAuth => "1.3.6.1.5.5.7.3.1",
            Self::ClientAuth => "1.3.6.1.5.5.7.3.2",
            Self::CodeSigning => "1.3.6.1.5.5.7.3.3",
            Self::OcspSigning => "1.3.6.1.5.5.7.3.9",
        }
    }

    pub(super) fn to_der(purposes: &[Self]) -> Result<Vec<u8>, CertificateError> {
        let identifiers: Result<Vec<_>, _> = purposes
            .iter()
            .map(|purpose| Ok(purpose.identifier().parse::<ObjectIdentifier>()?.to_der()))
            .collect();
        Ok(sequence(identifiers?))
    }
}
