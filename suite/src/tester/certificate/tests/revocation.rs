//! Revocation lists, read back and verified by OpenSSL.

use openssl::x509::{CrlStatus, X509, X509Crl};
use time::Duration;
use x509_parser::extensions::DistributionPointName;
use x509_parser::prelude::{
    CertificateRevocationList, FromDer, GeneralName as Read, ParsedExtension,
};

use super::super::*;
use super::support::{NOW, read, seed, valid, verify};

#[test]
fn list_takes_back_the_certificate_that_it_names() {
    let chain = valid().issue(&seed()).unwrap();
    let list = list(vec![chain.end.serial.clone()]);
    let octets = list.issue(chain.issuer.as_issuer()).unwrap();
    let list = X509Crl::from_der(&octets).unwrap();
    let [end, issuer] = [0, 1].map(|at| X509::from_der(&chain.sent[at]).unwrap());
    assert!(list.verify(&issuer.public_key().unwrap()).unwrap());
    assert!(matches!(list.get_by_cert(&end), CrlStatus::Revoked(_)));
    assert!(matches!(list.get_by_cert(&issuer), CrlStatus::NotRevoked));
}

#[test]
fn list_of_nothing_says_what_it_is() {
    let chain = valid().issue(&seed()).unwrap();
    let octets = list(Vec::new()).issue(chain.issuer.as_issuer()).unwrap();
    let (rest, read) = CertificateRevocationList::from_der(&octets).unwrap();
    assert!(rest.is_empty());
    assert_eq!(read.iter_revoked_certificates().count(), 0);
    assert_eq!(read.crl_number().unwrap().to_string(), "7");
    assert_eq!(read.last_update().timestamp(), NOW.unix_timestamp());
    let next = read.next_update().unwrap().timestamp();
    assert_eq!(next, NOW.unix_timestamp() + 86400);
}

#[test]
fn forged_list_has_the_name_and_not_the_signature() {
    let chain = valid().issue(&seed()).unwrap();
    let forger = Issuer {
        name: &chain.issuer.subject,
        key: &chain.end.key,
    };
    let octets = list(Vec::new()).issue(forger).unwrap();
    let list = X509Crl::from_der(&octets).unwrap();
    let issuer = X509::from_der(&chain.sent[1]).unwrap();
    let names = [list.issuer_name(), issuer.subject_name()].map(|name| name.to_der().unwrap());
    assert_eq!(names[0], names[1]);
    assert!(!list.verify(&issuer.public_key().unwrap()).unwrap());
}

#[test]
fn certificate_says_where_its_list_is() {
    let mut order = valid();
    order.end.extensions.revocation_list = Some("http://127.0.0.1/ca1.crl".to_owned());
    let chain = order.issue(&seed()).unwrap();
    let end = read(&chain.sent[0]);
    let point = end
        .extensions()
        .iter()
        .find_map(|extension| match extension.parsed_extension() {
            ParsedExtension::CRLDistributionPoints(points) => points.points.first(),
            _ => None,
        })
        .unwrap();
    let expected = DistributionPointName::FullName(vec![Read::URI("http://127.0.0.1/ca1.crl")]);
    assert_eq!(point.distribution_point, Some(expected));
    assert_eq!(verify(&chain), Ok(()));
}

fn list(revoked: Vec<Vec<u8>>) -> RevocationList {
    RevocationList {
        number: 7,
        this_update: NOW,
        next_update: NOW + Duration::DAY,
        revoked,
        signature: SignatureAlgorithm::default(),
    }
}
