//! The profile of the certificates that the IUT shows (TS-0003 V3.18.0, 10.1.1).

use super::UNCOMPRESSED;
use crate::purposes::stop::Finding;
use crate::verdict::Cause;
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate, X509Version};

/// id-ecPublicKey (RFC 5480, 2.1.1).
const EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";
/// secp256r1 (RFC 5480, 2.1.1.1).
const SECP256R1: &str = "1.2.840.10045.3.1.7";
/// ecdsa-with-SHA256 (RFC 5758, 3.2).
const ECDSA_WITH_SHA256: &str = "1.2.840.10045.4.3.2";

/// The end certificate: the profile, and the name of its flavour without a wildcard. A CSE-ID certificate holds the public
/// domain name of the CSE, which is `name` (10.1.1.7); another flavour is noted.
pub fn end(octets: &[u8], name: Option<&str>) -> Result<Option<String>, Finding> {
    let certificate = read(octets)?;
    let names = names(&certificate)?;
    let domain_names: Vec<&str> = names
        .iter()
        .filter_map(|name| match name {
            GeneralName::DNSName(text) => Some(*text),
            _ => None,
        })
        .collect();
    match (domain_names.as_slice(), name) {
        ([], _) if names.is_empty() => Err(wrong("a name in subjectAltName", "none")),
        ([], _) => Ok(Some(
            "the IUT shows a certificate of another flavour than CSE-ID".to_owned(),
        )),
        (found, Some(name)) if !found.contains(&name) => Err(wrong(
            &format!("the public domain name {name}"),
            &found.join(", "),
        )),
        _ => Ok(None),
    }
}

/// The certificate of an MAF or MEF: the profile, and its FQDN in subjectAltName, without a wildcard (10.1.1.6 and 8.1.2.5).
pub fn of_function(octets: &[u8], fqdn: &str) -> Result<(), Finding> {
    let certificate = read(octets)?;
    let names = names(&certificate)?;
    let texts: Vec<&str> = names.iter().copied().filter_map(text).collect();
    match texts.iter().any(|text| text.eq_ignore_ascii_case(fqdn)) {
        true => Ok(()),
        false => Err(wrong(
            &format!("{fqdn} in subjectAltName"),
            &format!("names {texts:?}"),
        )),
    }
}

/// What stands in subjectAltName of an end certificate that has the profile: no wildcards.
fn names<'c>(certificate: &'c X509Certificate<'_>) -> Result<Vec<&'c GeneralName<'c>>, Finding> {
    profile(certificate)?;
    let alternative = certificate.subject_alternative_name();
    let alternative = alternative.map_err(|error| malformed(&error))?;
    let names = alternative.map(|extension| &extension.value.general_names);
    let names: Vec<_> = names.into_iter().flatten().collect();
    let mut texts = names.iter().copied().filter_map(text);
    match texts.find(|text| text.contains('*')) {
        Some(wildcard) => Err(wrong("names without a wildcard", wildcard)),
        None => Ok(names),
    }
}

fn text<'c>(name: &'c GeneralName<'_>) -> Option<&'c str> {
    match name {
        GeneralName::DNSName(text) | GeneralName::URI(text) => Some(text),
        _ => None,
    }
}

/// Those above it: the profile and keyCertSign. Whether they constrain names is noted: TS-0003 V3.18.0, 8.1.2.2 demands what
/// 10.1.1.4.2 recommends.
pub fn authorities(octets: &[Vec<u8>]) -> Result<Option<String>, Finding> {
    let mut constrained = 0_usize;
    for octets in octets {
        let certificate = read(octets)?;
        profile(&certificate)?;
        let usage = certificate.key_usage().map_err(|error| malformed(&error))?;
        if !usage.is_some_and(|usage| usage.value.key_cert_sign()) {
            return Err(wrong("an authority with keyCertSign", "one without it"));
        }
        if !certificate.is_ca() {
            return Err(wrong("an authority", "a certificate of none"));
        }
        let constraints = certificate.name_constraints();
        if constraints.map_err(|error| malformed(&error))?.is_some() {
            constrained = constrained.saturating_add(1);
        }
    }
    Ok(Some(format!(
        "{} authorities are sent, {constrained} of them with name constraints",
        octets.len()
    )))
}

/// The subject of a certificate in DER.
pub fn subject(octets: &[u8]) -> Option<Vec<u8>> {
    let certificate = read(octets).ok()?;
    Some(certificate.subject().as_raw().to_vec())
}

fn read(octets: &[u8]) -> Result<X509Certificate<'_>, Finding> {
    match X509Certificate::from_der(octets) {
        Ok(([], certificate)) => Ok(certificate),
        Ok((rest, _)) => Err(malformed(&format!("{} octets behind it", rest.len()))),
        Err(error) => Err(malformed(&error)),
    }
}

/// What 10.1.1.1 and 10.1.1.3 want of every certificate.
fn profile(certificate: &X509Certificate<'_>) -> Result<(), Finding> {
    if certificate.version() != X509Version::V3 {
        return Err(wrong(
            "a certificate of version 3",
            &certificate.version().to_string(),
        ));
    }
    let key = certificate.public_key();
    let algorithm = key.algorithm.algorithm.to_id_string();
    let parameters = key.algorithm.parameters.as_ref();
    let curve = parameters
        .and_then(|parameters| parameters.as_oid().ok())
        .map(|curve| curve.to_id_string());
    if algorithm != EC_PUBLIC_KEY || curve.as_deref() != Some(SECP256R1) {
        let observed = format!(
            "{algorithm} with {}",
            curve.as_deref().unwrap_or("no curve")
        );
        return Err(wrong("a key on secp256r1", &observed));
    }
    if key.subject_public_key.data.first() != Some(&UNCOMPRESSED) {
        return Err(wrong("an uncompressed point", "another form"));
    }
    let signature = certificate.signature_algorithm.algorithm.to_id_string();
    if signature != ECDSA_WITH_SHA256 {
        return Err(wrong("a signature with ecdsa-with-SHA256", &signature));
    }
    let usage = certificate.key_usage().map_err(|error| malformed(&error))?;
    match usage.is_some_and(|usage| usage.value.digital_signature()) {
        true => Ok(()),
        false => Err(wrong("keyUsage with digitalSignature", "none")),
    }
}

fn malformed(error: &dyn std::fmt::Display) -> Finding {
    let expected = "a certificate that reads";
    Finding::new(Cause::MalformedAnswer, expected, error.to_string())
}

fn wrong(expected: &str, observed: &str) -> Finding {
    let expected = format!("certificates of the IUT with {expected}");
    Finding::new(Cause::MalformedAnswer, expected, observed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tester::certificate::{
        Chain, ChainOrder, Defect, Flavour, GeneralName as Name, KeyAlgorithm, KeyUsage, PointForm,
        Seed, SignatureAlgorithm,
    };
    use time::OffsetDateTime;

    const NAME: &str = "id-in.m2m.example";

    fn chain(flavour: Flavour, defect: Option<Defect>) -> Chain {
        let permitted = vec![Name::Dns("m2m.example".to_owned())];
        let mut order: ChainOrder = flavour.constrained(permitted, OffsetDateTime::UNIX_EPOCH);
        if let Some(defect) = defect {
            defect.apply(&mut order).unwrap();
        }
        order.issue(&Seed::new("sight")).unwrap()
    }

    fn looked_at(defect: Option<Defect>) -> Result<Option<String>, Finding> {
        let chain = chain(Flavour::CseId(NAME.to_owned()), defect);
        end(&chain.sent[0], Some(NAME))
    }

    #[test]
    fn right_certificate_has_nothing_to_note() {
        assert_eq!(looked_at(None).unwrap(), None);
    }

    #[test]
    fn certificates_beside_the_profile_are_found() {
        for defect in [
            Defect::Key(KeyAlgorithm::P384),
            Defect::Point(PointForm::Compressed),
            Defect::Signature(SignatureAlgorithm::EcdsaSha384),
            Defect::NoKeyUsage,
            Defect::KeyUsage(vec![KeyUsage::KeyAgreement]),
            Defect::Names(vec![Name::Dns("*.m2m.example".to_owned())]),
            Defect::Names(vec![Name::Dns("other.m2m.example".to_owned())]),
            Defect::CommonNameOnly(NAME.to_owned()),
        ] {
            assert!(looked_at(Some(defect.clone())).is_err(), "{defect:?}");
        }
    }

    #[test]
    fn certificate_of_a_function_has_its_fqdn() {
        let fqdn = "mef.m2m.example";
        let judged = |defect: Option<Defect>| {
            let chain = chain(Flavour::Fqdn(fqdn.to_owned()), defect);
            of_function(&chain.sent[0], fqdn)
        };
        assert_eq!(judged(None), Ok(()));
        for defect in [
            Defect::Key(KeyAlgorithm::P384),
            Defect::NoKeyUsage,
            Defect::Names(vec![Name::Dns("*.m2m.example".to_owned())]),
            Defect::Names(vec![
                Name::Dns(fqdn.to_owned()),
                Name::Dns("*.m2m.example".to_owned()),
            ]),
            Defect::Names(vec![Name::Dns("maf.m2m.example".to_owned())]),
            Defect::Names(vec![Name::device("0.2.481.1", "100.3030.10011").unwrap()]),
            Defect::CommonNameOnly(fqdn.to_owned()),
        ] {
            assert!(judged(Some(defect.clone())).is_err(), "{defect:?}");
        }
    }

    #[test]
    fn another_flavour_is_noted() {
        let device = Name::device("0.2.481.1", "100.3030.10011").unwrap();
        let chain = chain(Flavour::Device(vec![device]), None);
        let noted = end(&chain.sent[0], Some(NAME)).unwrap();
        assert!(noted.is_some_and(|note| note.contains("another flavour")));
    }

    #[test]
    fn authorities_with_constraints_are_counted() {
        let right = chain(Flavour::CseId(NAME.to_owned()), None);
        let noted = authorities(&right.sent[1..]).unwrap();
        let expected = "1 authorities are sent, 1 of them with name constraints";
        assert_eq!(noted.as_deref(), Some(expected));
        let defect = Defect::IssuerWithoutKeyCertSign;
        let wrong = chain(Flavour::CseId(NAME.to_owned()), Some(defect));
        assert!(authorities(&wrong.sent[1..]).is_err());
    }

    #[test]
    fn subject_is_read() {
        let anchor = ChainOrder::trusted_anchor(&Seed::new("sight")).unwrap();
        let subject = subject(&anchor.der).unwrap();
        assert!(
            anchor
                .der
                .windows(subject.len())
                .any(|window| window == subject)
        );
    }
}
