//! What a verifier of others says: it accepts the right chains and refuses those that nobody may accept.

use super::super::*;
use super::support::{chains, changed, defective, seed, valid, verify, verify_below};

#[test]
fn right_chain_of_every_flavour_is_accepted() {
    for order in chains() {
        let chain = order.issue(&seed()).unwrap();
        assert_eq!(verify(&chain), Ok(()), "{}", order.end.label);
    }
}

#[test]
fn defects_that_nobody_may_accept_are_refused_for_what_they_are() {
    let other = || vec![GeneralName::Dns("other.org".to_owned())];
    let own = || vec![GeneralName::Dns("tstcse1.in.example.com".to_owned())];
    let cases = [
        (Defect::EndedSecondsAgo(1), "certificate has expired"),
        (
            Defect::BeginsInSeconds(3600),
            "certificate is not yet valid or the system clock is incorrect",
        ),
        (
            Defect::UnknownCriticalExtension,
            "unhandled critical extension",
        ),
        (
            Defect::ExtendedKeyUsage(vec![ExtendedKeyUsage::ServerAuth]),
            "unsuitable certificate purpose",
        ),
        (
            Defect::KeyUsage(vec![KeyUsage::KeyEncipherment]),
            "unsuitable certificate purpose",
        ),
        (Defect::SelfSigned, "self-signed certificate"),
        (
            Defect::Damage(Damage::SignatureBit),
            "certificate signature failure",
        ),
        (
            Defect::Damage(Damage::SerialBit),
            "certificate signature failure",
        ),
        (
            Defect::UntrustedAnchor,
            "unable to get local issuer certificate",
        ),
        (Defect::CopiedAnchor, "certificate signature failure"),
        (Defect::IssuerIsEnd, "invalid CA certificate"),
        (Defect::IssuerWithoutKeyCertSign, "invalid CA certificate"),
        (
            Defect::IssuerPermits(other()),
            "permitted subtree violation",
        ),
        (Defect::IssuerExcludes(own()), "excluded subtree violation"),
        (Defect::BeyondPathLength, "path length constraint exceeded"),
        (Defect::EndAlone, "unable to get local issuer certificate"),
        (
            Defect::Signature(SignatureAlgorithm::EcdsaSha1),
            "CA signature digest algorithm too weak",
        ),
    ];
    for (defect, reason) in cases {
        let chain = defective(&defect);
        assert_eq!(verify(&chain), Err(reason.to_owned()), "{defect:?}");
    }
}

#[test]
fn what_only_the_profile_of_onem2m_refuses_is_accepted() {
    let defects = [
        Defect::EndsInSeconds(60),
        Defect::NoKeyUsage,
        Defect::KeyUsage(vec![KeyUsage::KeyAgreement]),
        Defect::Key(KeyAlgorithm::P384),
        Defect::Key(KeyAlgorithm::Rsa2048),
        Defect::Point(PointForm::Compressed),
        Defect::Signature(SignatureAlgorithm::EcdsaSha384),
        Defect::RsaIssuer,
        Defect::IssuerUnconstrained,
        Defect::CommonNameOnly("tstcse1.in.example.com".to_owned()),
        Defect::ManyNames(2000),
        Defect::ManySubtrees(10_000),
        Defect::NestedExtension(1000),
        Defect::HugeArc,
        Defect::Authorities(5),
        Defect::Authorities(10),
        Defect::Disordered,
    ];
    for defect in defects {
        assert_eq!(verify(&defective(&defect)), Ok(()), "{defect:?}");
    }
}

#[test]
fn other_name_outside_its_subtree_is_refused() {
    let device = |arcs| GeneralName::device("0.2.481.1", arcs).unwrap();
    let order = Flavour::Device(vec![device("100.4040.1")]).unconstrained(valid().now);
    let chain = changed(order, &Defect::IssuerPermits(vec![device("100.3030")]));
    assert!(verify(&chain).is_err());
}

/// A trust anchor as others make it: its name and its key identifier are none of the tester's.
fn made_elsewhere() -> MadeElsewhere {
    use openssl::asn1::{Asn1Integer, Asn1Time};
    use openssl::bn::BigNum;
    use openssl::ec::{EcGroup, EcKey};
    use openssl::hash::MessageDigest;
    use openssl::nid::Nid;
    use openssl::pkey::PKey;
    use openssl::x509::extension::{BasicConstraints, KeyUsage, SubjectKeyIdentifier};
    use openssl::x509::{X509Builder, X509NameBuilder};

    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_text("C", "DE").unwrap();
    name.append_entry_by_text("OU", "laboratory").unwrap();
    let name = name.build();
    let mut builder = X509Builder::new().unwrap();
    builder.set_version(2).unwrap();
    let serial = Asn1Integer::from_bn(&BigNum::from_u32(1).unwrap()).unwrap();
    builder.set_serial_number(&serial).unwrap();
    builder.set_subject_name(&name).unwrap();
    builder.set_issuer_name(&name).unwrap();
    builder.set_pubkey(&key).unwrap();
    let not_before = Asn1Time::from_str("20200101000000Z").unwrap();
    let not_after = Asn1Time::from_str("20491231235959Z").unwrap();
    builder.set_not_before(&not_before).unwrap();
    builder.set_not_after(&not_after).unwrap();
    let constraints = BasicConstraints::new().critical().ca().build().unwrap();
    builder.append_extension(constraints).unwrap();
    let usage = KeyUsage::new().critical().key_cert_sign().build().unwrap();
    builder.append_extension(usage).unwrap();
    let context = builder.x509v3_context(None, None);
    let identifier = SubjectKeyIdentifier::new().build(&context).unwrap();
    builder.append_extension(identifier).unwrap();
    builder.sign(&key, MessageDigest::sha256()).unwrap();
    MadeElsewhere {
        der: builder.build().to_der().unwrap(),
        key: KeyPair::from_private_key_info(&key.private_key_to_pkcs8().unwrap()).unwrap(),
    }
}

#[test]
fn chain_below_the_anchor_of_somebody_else_is_accepted() {
    let anchor = made_elsewhere();
    let chain = valid().below(anchor.clone()).unwrap();
    let chain = chain.issue(&seed()).unwrap();
    assert_eq!(verify_below(&anchor.der, &chain.sent), Ok(()));
    assert_eq!(chain.anchor, anchor.der);
}

#[test]
fn copy_of_the_anchor_of_somebody_else_is_no_anchor() {
    let anchor = made_elsewhere();
    let chain = changed(
        valid().below(anchor.clone()).unwrap(),
        &Defect::CopiedAnchor,
    );
    let refused = verify_below(&anchor.der, &chain.sent);
    assert_eq!(refused, Err("certificate signature failure".to_owned()));
}
