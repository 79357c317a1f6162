//! Octets that are no DER, or DER that few readers expect.

use openssl::x509::X509;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::super::*;
use super::support::{defective, read, seed, valid, verify};

#[test]
fn length_beyond_the_end_is_read_by_nobody() {
    for damage in [Damage::LengthBeyondEnd, Damage::SubjectLengthBeyondEnd] {
        let chain = defective(&Defect::Damage(damage));
        assert!(
            X509Certificate::from_der(&chain.sent[0]).is_err(),
            "{damage:?}"
        );
        assert!(X509::from_der(&chain.sent[0]).is_err(), "{damage:?}");
    }
}

#[test]
fn indefinite_length_holds_the_right_certificate() {
    let right = valid().issue(&seed()).unwrap().sent.swap_remove(0);
    let damaged = defective(&Defect::Damage(Damage::IndefiniteLength))
        .sent
        .swap_remove(0);
    assert_eq!(damaged[..2], [0x30, 0x80]);
    assert_eq!(damaged[2..damaged.len() - 2], right[4..]);
    assert_eq!(damaged[damaged.len() - 2..], [0, 0]);
    assert!(X509Certificate::from_der(&damaged).is_err());
}

#[test]
fn letters_stand_in_the_month_of_the_last_time() {
    let chain = defective(&Defect::Damage(Damage::LettersInTime));
    let octets = &chain.sent[0];
    assert!(octets.windows(13).any(|part| part == b"49DEC1235959Z"));
    assert!(X509Certificate::from_der(octets).is_err());
    assert!(verify(&chain).is_err());
}

#[test]
fn negative_serial_number_is_signed() {
    let chain = defective(&Defect::Damage(Damage::NegativeSerial));
    assert!(read(&chain.sent[0]).raw_serial()[0] & 0x80 != 0);
    assert_signed(&chain);
}

#[test]
fn malformed_content_is_signed_as_it_stands() {
    for defect in [
        Defect::NestedExtension(1000),
        Defect::HugeArc,
        Defect::Damage(Damage::IndefiniteLength),
    ] {
        assert_signed(&defective(&defect));
    }
}

#[test]
fn nested_extension_has_as_many_levels_as_are_ordered() {
    let chain = defective(&Defect::NestedExtension(1000));
    let certificate = read(&chain.sent[0]);
    let mut inside = certificate
        .extensions()
        .iter()
        .find(|extension| extension.oid.to_id_string() == "1.3.6.1.4.1.99999.1")
        .map(|extension| extension.value)
        .unwrap();
    let mut levels = 0;
    while let Some((0x30, rest)) = inside.split_first() {
        let octets = if rest[0] < 0x80 {
            1
        } else {
            usize::from(rest[0] & 0x7f) + 1
        };
        inside = &rest[octets..];
        levels += 1;
    }
    assert_eq!(levels, 1000);
    assert!(inside.is_empty());
}

#[test]
fn arc_of_two_to_the_64_stands_in_a_certificate() {
    let chain = defective(&Defect::HugeArc);
    let mut arc = vec![0x82];
    arc.extend([0x80; 8]);
    arc.push(0);
    assert!(chain.sent[0].windows(arc.len()).any(|part| part == arc));
}

/// That the issuer signed the octets between the outer header and the signature, whatever they are.
fn assert_signed(chain: &Chain) {
    let end = X509::from_der(&chain.sent[0]).unwrap();
    let issuer = X509::from_der(&chain.sent[1]).unwrap();
    assert!(end.verify(&issuer.public_key().unwrap()).unwrap());
}
