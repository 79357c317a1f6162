//! What TS-0003 V3.18.0, 10.1.1 demands, read back from the octets.

use x509_parser::prelude::{
    GeneralName as Read, ParsedExtension, SubjectPublicKeyInfo, X509Certificate, X509Version,
};

use super::super::*;
use super::support::{chains, flavours, read, seed};

const EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";
const SECP256R1: &str = "1.2.840.10045.3.1.7";
const ECDSA_WITH_SHA256: &str = "1.2.840.10045.4.3.2";

#[test]
fn every_certificate_has_the_common_profile() {
    for order in chains() {
        let chain = order.issue(&seed()).unwrap();
        for der in chain.sent.iter().chain([&chain.anchor]) {
            let certificate = read(der);
            assert_eq!(certificate.version(), X509Version::V3);
            assert_eq!(
                certificate.signature_algorithm.algorithm.to_id_string(),
                ECDSA_WITH_SHA256
            );
            assert_eq!(
                certificate.tbs_certificate.signature,
                certificate.signature_algorithm
            );
            assert_public_key(certificate.public_key());
            let usage = certificate.key_usage().unwrap().unwrap();
            assert!(usage.critical && usage.value.digital_signature());
            assert_eq!(usage.value.key_cert_sign(), certificate.is_ca());
            assert!(certificate.raw_serial().len() <= 20);
            assert!(certificate.raw_serial()[0] & 0x80 == 0);
        }
    }
}

#[test]
fn every_flavour_has_its_names_and_no_wildcard() {
    for (flavour, order) in flavours().into_iter().zip(chains()) {
        let chain = order.issue(&seed()).unwrap();
        let end = read(&chain.sent[0]);
        let names = &end
            .subject_alternative_name()
            .unwrap()
            .unwrap()
            .value
            .general_names;
        match (&flavour, names.as_slice()) {
            (Flavour::CseId(name) | Flavour::Fqdn(name), [Read::DNSName(read)]) => {
                assert_eq!(read, name);
                assert!(!read.contains('*'));
            }
            (Flavour::AeId(uri), [Read::URI(read)]) => assert_eq!(read, uri),
            (Flavour::NodeId(GeneralName::Uri(uri)), [Read::URI(read)]) => assert_eq!(read, uri),
            (Flavour::Device(_), [Read::OtherName(type_id, value)]) => {
                assert_eq!(type_id.to_id_string(), "0.2.481.1");
                assert_eq!(value, &[0xa0, 7, 0x0d, 5, 0x64, 0x97, 0x56, 0xce, 0x1b]);
            }
            other => panic!("{other:?}"),
        }
        assert!(end.basic_constraints().unwrap().is_none());
    }
}

#[test]
fn issuer_of_an_ae_id_certificate_constrains_its_host() {
    let chain = chains()[1].issue(&seed()).unwrap();
    let issuer = read(&chain.sent[1]);
    let constraints = issuer.name_constraints().unwrap().unwrap();
    assert!(constraints.critical);
    let permitted = constraints.value.permitted_subtrees.as_ref().unwrap();
    let host = permitted
        .iter()
        .map(|subtree| &subtree.base)
        .find_map(|base| match base {
            Read::URI(host) => Some(*host),
            _ => None,
        });
    assert_eq!(host, Some("m2m.example.com"));
}

#[test]
fn same_seed_and_order_give_the_same_octets() {
    let order = &chains()[0];
    let one = order.issue(&seed()).unwrap();
    let again = order.issue(&seed()).unwrap();
    assert_eq!(one.sent, again.sent);
    let other = order.issue(&Seed::new("another")).unwrap();
    assert_ne!(one.sent, other.sent);
    assert_ne!(one.anchor, other.anchor);
}

#[test]
fn trust_anchor_is_that_of_every_right_chain() {
    let anchor = ChainOrder::trusted_anchor(&seed()).unwrap();
    for order in chains() {
        assert_eq!(order.issue(&seed()).unwrap().anchor, anchor.der);
    }
}

#[test]
fn key_of_a_chain_is_that_of_its_end_certificate() {
    for algorithm in [
        KeyAlgorithm::P256,
        KeyAlgorithm::P384,
        KeyAlgorithm::Rsa2048,
    ] {
        let mut order = chains().swap_remove(0);
        Defect::Key(algorithm).apply(&mut order).unwrap();
        let chain = order.issue(&seed()).unwrap();
        let octets = chain.end.key.private_key_info().unwrap();
        let private = openssl::pkey::PKey::private_key_from_der(&octets).unwrap();
        let public = private.public_key_to_der().unwrap();
        assert_eq!(public, read(&chain.sent[0]).public_key().raw, "{algorithm}");
    }
}

#[test]
fn key_identifiers_name_the_certificate_above() {
    let chain = chains()[0].issue(&seed()).unwrap();
    assert_eq!(
        authority_key_identifier(&read(&chain.sent[0])),
        subject_key_identifier(&read(&chain.sent[1]))
    );
    assert_eq!(
        authority_key_identifier(&read(&chain.sent[1])),
        subject_key_identifier(&read(&chain.anchor))
    );
}

fn assert_public_key(key: &SubjectPublicKeyInfo) {
    assert_eq!(key.algorithm.algorithm.to_id_string(), EC_PUBLIC_KEY);
    let curve = key.algorithm.parameters.as_ref().unwrap().as_oid().unwrap();
    assert_eq!(curve.to_id_string(), SECP256R1);
    assert_eq!(key.subject_public_key.data.len(), 65);
    assert_eq!(key.subject_public_key.data[0], 0x04);
}

fn subject_key_identifier(certificate: &X509Certificate) -> Vec<u8> {
    let found =
        certificate
            .extensions()
            .iter()
            .find_map(|extension| match extension.parsed_extension() {
                ParsedExtension::SubjectKeyIdentifier(identifier) => Some(identifier.0.to_vec()),
                _ => None,
            });
    found.unwrap()
}

fn authority_key_identifier(certificate: &X509Certificate) -> Vec<u8> {
    let found =
        certificate
            .extensions()
            .iter()
            .find_map(|extension| match extension.parsed_extension() {
                ParsedExtension::AuthorityKeyIdentifier(identifier) => {
                    identifier.key_identifier.as_ref().map(|key| key.0.to_vec())
                }
                _ => None,
            });
    found.unwrap()
}
