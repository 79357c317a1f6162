use serde::{Deserialize, Serialize};

use super::der::{SET, UTF8_STRING, element, sequence};
use super::made_elsewhere::WrittenName;
use super::{CertificateError, ObjectIdentifier};

/// id-at-commonName (RFC 5280, appendix A.1).
const COMMON_NAME: &str = "2.5.4.3";
/// id-at-organizationName (RFC 5280, appendix A.1).
const ORGANIZATION: &str = "2.5.4.10";

/// The name of a subject or an issuer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistinguishedName {
    /// Its organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// Its common name, which identifies nobody in oneM2M (TS-0003 V3.18.0, 8.1.2.5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// What it is instead, in somebody else's certificate.
    #[serde(skip)]
    pub(super) written: Option<WrittenName>,
}

impl DistinguishedName {
    /// A name of the tester's own.
    pub fn of_tester(common_name: impl Into<String>) -> Self {
        Self {
            organization: Some("onem2m-conform".to_owned()),
            common_name: Some(common_name.into()),
            written: None,
        }
    }

    /// The name in a certificate that somebody else made.
    pub(super) fn written(name: WrittenName) -> Self {
        Self {
            written: Some(name),
            ..Self::default()
        }
    }

    /// Whether it names nobody.
    pub fn is_empty(&self) -> bool {
        self.organization.is_none() && self.common_name.is_none() && self.written.is_none()
    }

    pub(super) fn to_der(&self) -> Result<Vec<u8>, CertificateError> {
        if let Some(written) = &self.written {
            return Ok(written.der.clone());
        }
        let attributes = [
            (ORGANIZATION, &self.organization),
            (COMMON_NAME, &self.common_name),
        ];
        let attributes: Result<Vec<_>, _> = attributes
            .into_iter()
            .filter_map(|(kind, text)| Some(attribute(kind, text.as_deref()?)))
            .collect();
        Ok(sequence(attributes?))
    }
}

/// A relative distinguished name of one attribute.
fn attribute(kind: &str, text: &str) -> Result<Vec<u8>, CertificateError> {
    let kind: ObjectIdentifier = kind.parse()?;
    let pair = sequence([kind.to_der(), element(UTF8_STRING, text.as_bytes())]);
    Ok(element(SET, &pair))
}
