//! Each defect changes what it says, read back from the octets, and nothing else of the end certificate.

use x509_parser::prelude::{GeneralName as Read, X509Certificate};

use super::super::*;
use super::support::{CSE_NAME, NOW, defective, read, seed, valid};

/// The parts of a certificate that can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Issuer,
    Validity,
    Subject,
    PublicKey,
    SignatureAlgorithm,
    Extension(&'static str),
}

const SUBJECT_KEY_IDENTIFIER: Part = Part::Extension("2.5.29.14");
const KEY_USAGE: Part = Part::Extension("2.5.29.15");
const ALTERNATIVE_NAME: Part = Part::Extension("2.5.29.17");
const AUTHORITY_KEY_IDENTIFIER: Part = Part::Extension("2.5.29.35");
const EXTENDED_KEY_USAGE: Part = Part::Extension("2.5.29.37");
const UNKNOWN: Part = Part::Extension("1.3.6.1.4.1.99999.1");

#[test]
fn each_defect_changes_its_parts_of_the_end_certificate_alone() {
    let dns = |name: &str| vec![GeneralName::Dns(name.to_owned())];
    let cases: Vec<(Defect, Vec<Part>)> = vec![
        (Defect::EndedSecondsAgo(1), vec![Part::Validity]),
        (Defect::BeginsInSeconds(3600), vec![Part::Validity]),
        (Defect::EndsInSeconds(60), vec![Part::Validity]),
        (Defect::Names(dns("a\0b")), vec![ALTERNATIVE_NAME]),
        (
            Defect::CommonNameOnly(CSE_NAME.to_owned()),
            vec![Part::Subject, SUBJECT_KEY_IDENTIFIER, ALTERNATIVE_NAME],
        ),
        (Defect::ManyNames(3), vec![ALTERNATIVE_NAME]),
        (Defect::Key(KeyAlgorithm::P384), vec![Part::PublicKey]),
        (Defect::Key(KeyAlgorithm::Rsa2048), vec![Part::PublicKey]),
        (Defect::Point(PointForm::Compressed), vec![Part::PublicKey]),
        (Defect::Point(PointForm::OffCurve), vec![Part::PublicKey]),
        (Defect::NoKeyUsage, vec![KEY_USAGE]),
        (
            Defect::KeyUsage(vec![KeyUsage::KeyAgreement]),
            vec![KEY_USAGE],
        ),
        (
            Defect::ExtendedKeyUsage(vec![ExtendedKeyUsage::ServerAuth]),
            vec![EXTENDED_KEY_USAGE],
        ),
        (Defect::UnknownCriticalExtension, vec![UNKNOWN]),
        (Defect::NestedExtension(1000), vec![UNKNOWN]),
        (
            Defect::Signature(SignatureAlgorithm::EcdsaSha1),
            vec![Part::SignatureAlgorithm],
        ),
        (
            Defect::Signature(SignatureAlgorithm::EcdsaSha384),
            vec![Part::SignatureAlgorithm],
        ),
        (
            Defect::SelfSigned,
            vec![Part::Issuer, AUTHORITY_KEY_IDENTIFIER],
        ),
        (Defect::Damage(Damage::SignatureBit), vec![]),
        (
            Defect::UntrustedAnchor,
            vec![Part::Issuer, AUTHORITY_KEY_IDENTIFIER],
        ),
        (Defect::CopiedAnchor, vec![]),
        (
            Defect::IssuerIsEnd,
            vec![Part::Issuer, AUTHORITY_KEY_IDENTIFIER],
        ),
        (Defect::IssuerWithoutKeyCertSign, vec![]),
        (Defect::RsaIssuer, vec![Part::SignatureAlgorithm]),
        (Defect::IssuerUnconstrained, vec![]),
        (Defect::IssuerPermits(dns("other.org")), vec![]),
        (Defect::IssuerExcludes(dns(CSE_NAME)), vec![]),
        (Defect::ManySubtrees(10), vec![]),
        (
            Defect::BeyondPathLength,
            vec![Part::Issuer, AUTHORITY_KEY_IDENTIFIER],
        ),
        (Defect::EndAlone, vec![]),
        (Defect::Disordered, vec![]),
    ];
    let right = valid().issue(&seed()).unwrap();
    let right = read(&right.sent[0]);
    for (defect, expected) in cases {
        let chain = defective(&defect);
        let changed = read(&chain.sent[0]);
        assert_eq!(differences(&right, &changed), expected, "{defect:?}");
    }
}

#[test]
fn times_are_those_that_are_ordered() {
    let now = NOW.unix_timestamp();
    let validity = |defect| {
        let chain = defective(&defect);
        let validity = read(&chain.sent[0]).validity().clone();
        (
            validity.not_before.timestamp() - now,
            validity.not_after.timestamp() - now,
        )
    };
    assert_eq!(validity(Defect::EndedSecondsAgo(1)).1, -1);
    assert_eq!(validity(Defect::BeginsInSeconds(3600)).0, 3600);
    assert_eq!(validity(Defect::EndsInSeconds(60)), (-86400, 60));
    let (begins, ends) = validity(Defect::EndedSecondsAgo(200_000));
    assert!(begins < ends && ends == -200_000);
}

#[test]
fn names_are_written_as_they_stand() {
    for name in [
        "a\0.evil.org",
        "a.example.",
        "*.in.example.com",
        "/tstcse1",
        "",
        "é",
    ] {
        let chain = defective(&Defect::Names(vec![GeneralName::Dns(name.to_owned())]));
        let mut element = vec![0x82, u8::try_from(name.len()).unwrap()];
        element.extend_from_slice(name.as_bytes());
        let octets = &chain.sent[0];
        assert!(
            octets.windows(element.len()).any(|part| part == element),
            "{name:?}"
        );
    }
}

#[test]
fn two_thousand_names_make_a_certificate_of_sixty_kilobytes() {
    let chain = defective(&Defect::ManyNames(2000));
    let names = read(&chain.sent[0])
        .subject_alternative_name()
        .unwrap()
        .unwrap()
        .value
        .general_names
        .len();
    assert_eq!(names, 2001);
    assert!(
        (50_000..80_000).contains(&chain.sent[0].len()),
        "{}",
        chain.sent[0].len()
    );
}

#[test]
fn point_is_written_in_the_form_that_is_ordered() {
    let point = |chain: &Chain| {
        read(&chain.sent[0])
            .public_key()
            .subject_public_key
            .data
            .to_vec()
    };
    let right = point(&valid().issue(&seed()).unwrap());
    let off = point(&defective(&Defect::Point(PointForm::OffCurve)));
    assert!(p256::ecdsa::VerifyingKey::from_sec1_bytes(&right).is_ok());
    assert!(p256::ecdsa::VerifyingKey::from_sec1_bytes(&off).is_err());
    assert_eq!(right[..64], off[..64]);
    let compressed = point(&defective(&Defect::Point(PointForm::Compressed)));
    assert_eq!(compressed.len(), 33);
    assert_eq!(compressed[1..], right[1..33]);
}

#[test]
fn damaged_signature_and_serial_number_differ_in_one_bit() {
    let right = valid().issue(&seed()).unwrap();
    for damage in [Damage::SignatureBit, Damage::SerialBit] {
        let chain = defective(&Defect::Damage(damage));
        let bits: u32 = right.sent[0]
            .iter()
            .zip(&chain.sent[0])
            .map(|(one, other)| (one ^ other).count_ones())
            .sum();
        assert_eq!(bits, 1, "{damage:?}");
    }
}

#[test]
fn copied_anchor_has_every_name_of_the_trusted_one_and_another_key() {
    let trusted = ChainOrder::trusted_anchor(&seed()).unwrap();
    let chain = defective(&Defect::CopiedAnchor);
    let (trusted, copied) = (read(&trusted.der), read(chain.sent.last().unwrap()));
    assert_eq!(trusted.subject(), copied.subject());
    assert_eq!(trusted.issuer(), copied.issuer());
    assert_eq!(differences(&trusted, &copied), [Part::PublicKey]);
}

#[test]
fn issuer_is_changed_as_the_defect_says() {
    let issuer = |defect| defective(&defect).sent.swap_remove(1);
    let end = issuer(Defect::IssuerIsEnd);
    assert!(!read(&end).is_ca());
    let unsigned = issuer(Defect::IssuerWithoutKeyCertSign);
    let usage = *read(&unsigned).key_usage().unwrap().unwrap().value;
    assert!(usage.digital_signature() && !usage.key_cert_sign());
    let excluding = issuer(Defect::IssuerExcludes(vec![GeneralName::Dns(
        CSE_NAME.to_owned(),
    )]));
    let excluding = read(&excluding);
    let constraints = excluding.name_constraints().unwrap().unwrap().value.clone();
    assert_eq!(
        constraints.excluded_subtrees.unwrap()[0].base,
        Read::DNSName(CSE_NAME)
    );
    assert_eq!(constraints.permitted_subtrees.unwrap().len(), 2);
    let many = issuer(Defect::ManySubtrees(10_000));
    let many = read(&many);
    let constraints = many.name_constraints().unwrap().unwrap().value.clone();
    assert_eq!(constraints.excluded_subtrees.unwrap().len(), 10_000);
    let unconstrained = issuer(Defect::IssuerUnconstrained);
    assert!(read(&unconstrained).name_constraints().unwrap().is_none());
    let rsa = issuer(Defect::RsaIssuer);
    assert_eq!(
        read(&rsa).public_key().algorithm.algorithm.to_id_string(),
        "1.2.840.113549.1.1.1"
    );
    let above = defective(&Defect::BeyondPathLength).sent.swap_remove(2);
    let limit = read(&above)
        .basic_constraints()
        .unwrap()
        .unwrap()
        .value
        .path_len_constraint;
    assert_eq!(limit, Some(0));
}

#[test]
fn presentations_send_what_they_say() {
    let count = |defect| defective(&defect).sent.len();
    let right = valid().issue(&seed()).unwrap();
    assert_eq!(right.sent.len(), 2);
    assert_eq!(count(Defect::EndAlone), 1);
    for authorities in [0, 1, 5, 100] {
        assert_eq!(
            count(Defect::Authorities(authorities)),
            usize::from(authorities) + 1
        );
    }
    let disordered = defective(&Defect::Disordered).sent;
    assert_eq!(
        disordered[..3],
        [
            right.sent[0].clone(),
            right.anchor.clone(),
            right.sent[1].clone()
        ]
    );
    assert_eq!(disordered.len(), 4);
    let behind = defective(&Defect::BehindAnother);
    assert_eq!(behind.sent[1..], right.sent);
    let key = behind
        .end
        .key
        .subject_public_key_info(PointForm::Uncompressed)
        .unwrap();
    assert_ne!(read(&behind.sent[0]).public_key().raw, key);
    assert_eq!(read(&behind.sent[1]).public_key().raw, key);
}

#[test]
fn signature_algorithm_of_another_kind_of_key_is_an_error() {
    let mut order = valid();
    Defect::Signature(SignatureAlgorithm::RsaSha256)
        .apply(&mut order)
        .unwrap();
    let expected = CertificateError::Algorithm {
        key: KeyAlgorithm::P256,
        algorithm: SignatureAlgorithm::RsaSha256,
    };
    assert_eq!(order.issue(&seed()).unwrap_err(), expected);
}

fn differences(one: &X509Certificate, other: &X509Certificate) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut compare = |part, same: bool| {
        if !same {
            parts.push(part);
        }
    };
    assert_eq!(one.raw_serial(), other.raw_serial());
    compare(Part::Issuer, one.issuer() == other.issuer());
    compare(Part::Validity, one.validity() == other.validity());
    compare(Part::Subject, one.subject() == other.subject());
    compare(
        Part::PublicKey,
        one.public_key().raw == other.public_key().raw,
    );
    compare(
        Part::SignatureAlgorithm,
        one.signature_algorithm == other.signature_algorithm,
    );
    let mut known = 0;
    for extension in [
        SUBJECT_KEY_IDENTIFIER,
        KEY_USAGE,
        ALTERNATIVE_NAME,
        AUTHORITY_KEY_IDENTIFIER,
        EXTENDED_KEY_USAGE,
        UNKNOWN,
        Part::Extension("2.5.29.19"),
        Part::Extension("2.5.29.30"),
    ] {
        let Part::Extension(identifier) = extension else {
            continue;
        };
        let find = |certificate: &X509Certificate| {
            certificate
                .extensions()
                .iter()
                .find(|extension| extension.oid.to_id_string() == identifier)
                .map(|extension| (extension.critical, extension.value.to_vec()))
        };
        known += usize::from(find(other).is_some());
        compare(extension, find(one) == find(other));
    }
    assert_eq!(known, other.extensions().len());
    parts
}
