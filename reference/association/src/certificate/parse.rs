use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo, X509Certificate};

use super::Names;

/// What a certificate holds, as far as its profile speaks of it (TS-0003 V3.18.0, 10.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The key.
    pub key: PublicKey,
    /// The object identifier of the algorithm by which it is signed.
    pub signature_algorithm: String,
    /// Whether keyUsage has digitalSignature; `None` without keyUsage.
    pub digital_signature: Option<bool>,
    /// Whether keyUsage has keyAgreement; `None` without keyUsage.
    pub key_agreement: Option<bool>,
    /// The names.
    pub names: Names,
    /// Its first and last second of validity, in seconds of the Unix epoch.
    pub validity: (i64, i64),
}

/// What a SubjectPublicKeyInfo holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// The object identifier of its algorithm.
    pub algorithm: String,
    /// The object identifier of its curve, if it has a named one.
    pub curve: Option<String>,
    /// The octets of the key itself: for an elliptic curve, of its point.
    pub octets: Vec<u8>,
}

impl Certificate {
    /// Reads a certificate in DER. Nothing may follow it.
    pub fn parse(der: &[u8]) -> Result<Self, Malformed> {
        let (rest, certificate) = X509Certificate::from_der(der).map_err(|_| Malformed)?;
        if !rest.is_empty() {
            return Err(Malformed);
        }
        let usage = certificate.key_usage().map_err(|_| Malformed)?;
        let validity = certificate.validity();
        Ok(Self {
            key: PublicKey::of(certificate.public_key()),
            signature_algorithm: certificate.signature_algorithm.algorithm.to_id_string(),
            digital_signature: usage
                .as_ref()
                .map(|extension| extension.value.digital_signature()),
            key_agreement: usage.map(|extension| extension.value.key_agreement()),
            names: Names::of(&certificate).ok_or(Malformed)?,
            validity: (
                validity.not_before.timestamp(),
                validity.not_after.timestamp(),
            ),
        })
    }

    /// Whether it is valid at a moment, in seconds of the Unix epoch.
    pub fn is_valid_at(&self, moment: i64) -> bool {
        let (first, last) = self.validity;
        (first..=last).contains(&moment)
    }
}

impl PublicKey {
    /// Reads a SubjectPublicKeyInfo in DER. Nothing may follow it.
    pub fn parse(der: &[u8]) -> Result<Self, Malformed> {
        let (rest, information) = SubjectPublicKeyInfo::from_der(der).map_err(|_| Malformed)?;
        if !rest.is_empty() {
            return Err(Malformed);
        }
        Ok(Self::of(&information))
    }

    fn of(information: &SubjectPublicKeyInfo<'_>) -> Self {
        let curve = information
            .algorithm
            .parameters
            .as_ref()
            .and_then(|parameters| parameters.as_oid().ok())
            .map(|curve| curve.to_id_string());
        Self {
            algorithm: information.algorithm.algorithm.to_id_string(),
            curve,
            octets: information.subject_public_key.data.to_vec(),
        }
    }
}

/// The octets are not DER of what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;
