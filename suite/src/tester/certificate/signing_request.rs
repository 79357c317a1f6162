use super::der::{
    SET, UTF8_STRING, bit_string, concatenate, constructed, element, sequence, unsigned,
};
use super::{
    CertificateError, DistinguishedName, Extensions, KeyAlgorithm, KeyPair, ObjectIdentifier,
    PointForm, SignatureAlgorithm,
};

/// extensionRequest (RFC 2985, 5.4.2).
const EXTENSION_REQUEST: &str = "1.2.840.113549.1.9.14";
/// challengePassword (RFC 2985, 5.4.1).
const CHALLENGE_PASSWORD: &str = "1.2.840.113549.1.9.7";

/// What a certificate signing request says (RFC 2986, 4; TS-0003 V3.18.0, 10.1.4).
#[derive(Clone, Debug, Default)]
pub struct SigningRequest {
    /// The subject.
    pub subject: DistinguishedName,
    /// How the point of the key is written.
    pub point: PointForm,
    /// What the certificate shall have.
    pub extensions: Extensions,
    /// challengePassword.
    pub challenge: Option<String>,
    /// Whether a bit of the signature is inverted.
    pub spoilt: bool,
}

impl SigningRequest {
    /// The request in DER, for one key and signed with it or with another one.
    pub fn sign(&self, key: &KeyPair, by: &KeyPair) -> Result<Vec<u8>, CertificateError> {
        let information = sequence([
            unsigned(&[0]),
            self.subject.to_der()?,
            key.subject_public_key_info(self.point)?,
            element(constructed(0), &concatenate(self.attributes()?)),
        ]);
        let algorithm = match by.algorithm() {
            KeyAlgorithm::P256 => SignatureAlgorithm::EcdsaSha256,
            KeyAlgorithm::P384 => SignatureAlgorithm::EcdsaSha384,
            KeyAlgorithm::Rsa2048 => SignatureAlgorithm::RsaSha256,
        };
        let mut signature = by.sign(algorithm, &information)?;
        if let Some(last) = signature.last_mut().filter(|_| self.spoilt) {
            *last ^= 1;
        }
        Ok(sequence([
            information,
            algorithm.to_der()?,
            bit_string(&signature),
        ]))
    }

    /// In the order of their octets, as those of a SET are (X.690, 11.6).
    fn attributes(&self) -> Result<Vec<Vec<u8>>, CertificateError> {
        let mut attributes = Vec::new();
        let extensions = self.extensions.named(self.subject.is_empty())?;
        if !extensions.is_empty() {
            attributes.push(attribute(EXTENSION_REQUEST, &sequence(extensions))?);
        }
        if let Some(challenge) = &self.challenge {
            let value = element(UTF8_STRING, challenge.as_bytes());
            attributes.push(attribute(CHALLENGE_PASSWORD, &value)?);
        }
        attributes.sort();
        Ok(attributes)
    }
}

fn attribute(kind: &str, value: &[u8]) -> Result<Vec<u8>, CertificateError> {
    let kind: ObjectIdentifier = kind.parse()?;
    Ok(sequence([kind.to_der(), element(SET, value)]))
}

#[cfg(test)]
mod tests {
    use x509_parser::certification_request::X509CertificationRequest;
    use x509_parser::extensions::{GeneralName as Read, ParsedExtension};
    use x509_parser::prelude::FromDer;

    use super::SigningRequest;
    use crate::tester::certificate::{Extensions, GeneralName, KeyAlgorithm, KeyPair, Seed};

    #[test]
    fn request_is_read_by_others() {
        let key = KeyPair::draw(KeyAlgorithm::P256, &Seed::new("test"), "key").unwrap();
        let request = SigningRequest {
            extensions: Extensions {
                alternative_names: vec![GeneralName::Uri("//sp.example/S1".into())],
                ..Extensions::default()
            },
            challenge: Some("told".into()),
            ..SigningRequest::default()
        };
        let octets = request.sign(&key, &key).unwrap();
        let (rest, read) = X509CertificationRequest::from_der(&octets).unwrap();
        assert!(rest.is_empty());
        let attributes = read.certification_request_info.attributes();
        assert_eq!(attributes.len(), 2);
        let names = read
            .requested_extensions()
            .unwrap()
            .find_map(|extension| match extension {
                ParsedExtension::SubjectAlternativeName(names) => Some(&names.general_names),
                _ => None,
            });
        assert_eq!(names.unwrap(), &[Read::URI("//sp.example/S1")]);
    }
}
