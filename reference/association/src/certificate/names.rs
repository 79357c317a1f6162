use onem2m_identity::ObjectIdentifier;
use x509_parser::prelude::{GeneralName, X509Certificate};

use super::object_identifier::{continued, registered};

/// The names in a certificate, each in the field in which it stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// dNSName in subjectAltName.
    pub domain_names: Vec<String>,
    /// uniformResourceIdentifier in subjectAltName.
    pub uris: Vec<String>,
    /// Object identifiers in subjectAltName: registeredID, and otherName whose value goes on behind its
    /// type-id (TS-0003 V3.18.0, 10.1.1.4.1).
    pub object_identifiers: Vec<ObjectIdentifier>,
    /// The Common Names of the subject, where no identifier of oneM2M is.
    pub common_names: Vec<String>,
}

impl Names {
    /// The names of a certificate; `None` if its subjectAltName is there and does not parse.
    pub(crate) fn of(certificate: &X509Certificate<'_>) -> Option<Self> {
        let mut names = Self {
            common_names: certificate
                .subject()
                .iter_common_name()
                .filter_map(|name| name.as_str().ok().map(str::to_owned))
                .collect(),
            ..Self::default()
        };
        if let Some(extension) = certificate.subject_alternative_name().ok()? {
            for name in &extension.value.general_names {
                match name {
                    GeneralName::DNSName(name) => names.domain_names.push((*name).to_owned()),
                    GeneralName::URI(uri) => names.uris.push((*uri).to_owned()),
                    GeneralName::RegisteredID(identifier) => {
                        names.object_identifiers.extend(registered(identifier));
                    }
                    GeneralName::OtherName(kind, value) => {
                        names.object_identifiers.extend(continued(kind, value));
                    }
                    GeneralName::Invalid(..) => return None,
                    _ => {}
                }
            }
        }
        Some(names)
    }

    /// The texts in which a wildcard would be one.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.domain_names
            .iter()
            .chain(&self.uris)
            .map(String::as_str)
    }
}
