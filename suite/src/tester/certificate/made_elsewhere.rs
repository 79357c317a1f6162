use x509_parser::extensions::ParsedExtension;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{CertificateError, KeyPair};

/// A trust anchor that somebody else made, with its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeElsewhere {
    /// The certificate, DER.
    pub der: Vec<u8>,
    /// Its key.
    pub key: KeyPair,
}

/// What a name in somebody else's certificate is, and by what certificates below it refer to its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WrittenName {
    /// The name in DER.
    pub(super) der: Vec<u8>,
    /// subjectKeyIdentifier (RFC 5280, 4.2.1.2), if the certificate has one.
    pub(super) key_identifier: Option<Vec<u8>>,
}

impl MadeElsewhere {
    /// The subject, as it is written.
    pub(super) fn subject(&self) -> Result<WrittenName, CertificateError> {
        let (_, certificate) =
            X509Certificate::from_der(&self.der).map_err(|_| CertificateError::Unreadable)?;
        let mut extensions = certificate.extensions().iter();
        let key_identifier = extensions.find_map(|extension| match extension.parsed_extension() {
            ParsedExtension::SubjectKeyIdentifier(identifier) => Some(identifier.0.to_vec()),
            _ => None,
        });
        Ok(WrittenName {
            der: certificate.subject().as_raw().to_vec(),
            key_identifier,
        })
    }
}
