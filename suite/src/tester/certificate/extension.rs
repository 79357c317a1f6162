use super::der::{
    OCTET_STRING, concatenate, constructed, element, primitive, sequence, truth, unsigned,
};
use super::{
    CertificateError, ExtendedKeyUsage, GeneralName, KeyUsage, NameConstraints, ObjectIdentifier,
};

/// basicConstraints (RFC 5280, 4.2.1.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicConstraints {
    /// cA.
    pub authority: bool,
    /// pathLenConstraint.
    pub path_length: Option<u8>,
}

/// An extension of which only its identifier, its criticality and its octets are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FurtherExtension {
    /// extnID.
    pub identifier: ObjectIdentifier,
    /// Whether a reader that does not know it has to refuse the certificate.
    pub critical: bool,
    /// The DER inside extnValue.
    pub value: Vec<u8>,
}

/// The extensions of a certificate, beside the key identifiers of subject and issuer, which it always has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extensions {
    /// Absent in an end certificate, critical in an authority's.
    pub basic_constraints: Option<BasicConstraints>,
    /// Critical, with at least one bit.
    pub key_usage: Option<Vec<KeyUsage>>,
    /// Absent if it names no purpose.
    pub extended_key_usage: Vec<ExtendedKeyUsage>,
    /// subjectAltName, absent if there is no name, critical if the subject is empty.
    pub alternative_names: Vec<GeneralName>,
    /// Critical.
    pub name_constraints: Option<NameConstraints>,
    /// cRLDistributionPoints with one point: the URI of a revocation list of the issuer.
    pub revocation_list: Option<String>,
    /// Whatever else.
    pub further: Vec<FurtherExtension>,
}

/// What the extensions say of the certificate around them.
pub(super) struct Surroundings<'octets> {
    pub(super) subject_key_identifier: &'octets [u8],
    pub(super) authority_key_identifier: &'octets [u8],
    pub(super) subject_is_empty: bool,
}

impl Extensions {
    /// The SEQUENCE of all of them.
    pub(super) fn to_der(&self, surroundings: &Surroundings) -> Result<Vec<u8>, CertificateError> {
        let subject_key = element(OCTET_STRING, surroundings.subject_key_identifier);
        let authority_key =
            sequence([element(primitive(0), surroundings.authority_key_identifier)]);
        let mut extensions = vec![
            extension("2.5.29.14", false, &subject_key)?,
            extension("2.5.29.35", false, &authority_key)?,
        ];
        extensions.extend(self.named(surroundings.subject_is_empty)?);
        Ok(sequence(extensions))
    }

    /// Those that are named here, which is what a certificate signing request asks for.
    pub(super) fn named(&self, subject_is_empty: bool) -> Result<Vec<Vec<u8>>, CertificateError> {
        let mut extensions = Vec::new();
        if let Some(constraints) = &self.basic_constraints {
            extensions.push(extension("2.5.29.19", true, &constraints.to_der())?);
        }
        if let Some(bits) = &self.key_usage {
            extensions.push(extension("2.5.29.15", true, &KeyUsage::to_der(bits))?);
        }
        if !self.extended_key_usage.is_empty() {
            let purposes = ExtendedKeyUsage::to_der(&self.extended_key_usage)?;
            extensions.push(extension("2.5.29.37", false, &purposes)?);
        }
        if !self.alternative_names.is_empty() {
            let names: Result<Vec<_>, _> = self
                .alternative_names
                .iter()
                .map(GeneralName::to_der)
                .collect();
            extensions.push(extension("2.5.29.17", subject_is_empty, &sequence(names?))?);
        }
        if let Some(constraints) = &self.name_constraints {
            extensions.push(extension("2.5.29.30", true, &constraints.to_der()?)?);
        }
        if let Some(uri) = &self.revocation_list {
            extensions.push(extension("2.5.29.31", false, &distribution_points(uri))?);
        }
        extensions.extend(self.further.iter().map(FurtherExtension::to_der));
        Ok(extensions)
    }
}

impl BasicConstraints {
    fn to_der(self) -> Vec<u8> {
        let authority = if self.authority { truth() } else { Vec::new() };
        let path_length = self
            .path_length
            .map_or_else(Vec::new, |length| unsigned(&[length]));
        sequence([authority, path_length])
    }
}

impl FurtherExtension {
    fn to_der(&self) -> Vec<u8> {
        let critical = if self.critical { truth() } else { Vec::new() };
        sequence([concatenate([
            self.identifier.to_der(),
            critical,
            element(OCTET_STRING, &self.value),
        ])])
    }
}

/// One point, by the full name of its list (RFC 5280, 4.2.1.13).
fn distribution_points(uri: &str) -> Vec<u8> {
    let full_name = element(constructed(0), &element(primitive(6), uri.as_bytes()));
    sequence([sequence([element(constructed(0), &full_name)])])
}

/// authorityKeyIdentifier (RFC 5280, 4.2.1.1), in certificates and in revocation lists.
pub(super) fn authority_key_identifier(identifier: &[u8]) -> Result<Vec<u8>, CertificateError> {
    let value = sequence([element(primitive(0), identifier)]);
    extension("2.5.29.35", false, &value)
}

/// An extension with the DER inside its value.
pub(super) fn extension(
    identifier: &str,
    critical: bool,
    value: &[u8],
) -> Result<Vec<u8>, CertificateError> {
    let known = FurtherExtension {
        identifier: identifier.parse()?,
        critical,
        value: value.to_vec(),
    };
    Ok(known.to_der())
}
