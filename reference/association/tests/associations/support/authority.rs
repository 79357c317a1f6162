//! Certificates to order: each is right unless the order says otherwise.

use onem2m_association::OwnCertificate;
use openssl::asn1::{Asn1Object, Asn1OctetString, Asn1Time};
use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcKey, PointConversionForm};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private, Public};
use openssl::x509::{X509, X509Extension, X509Name, X509NameBuilder};

/// The moment at which everything is valid that is not said to be otherwise: 2026-06-01.
pub const NOW: i64 = 1_780_272_000;
const DAY: i64 = 86_400;

/// A certificate with its key.
#[derive(Clone)]
pub struct Holder {
    pub certificate: X509,
    pub key: PKey<Private>,
}

impl Holder {
    pub fn der(&self) -> Vec<u8> {
        self.certificate.to_der().unwrap()
    }

    /// This certificate with those of its issuers behind it.
    pub fn with(&self, issuers: &[&Self]) -> OwnCertificate {
        let chain: Vec<_> = std::iter::once(self)
            .chain(issuers.iter().copied())
            .map(Self::der)
            .collect();
        OwnCertificate::from_der(&chain, &self.key.private_key_to_der().unwrap()).unwrap()
    }
}

/// An order for a certificate.
pub struct Order {
    subject: &'static str,
    key: PKey<Private>,
    digest: MessageDigest,
    validity: (i64, i64),
    point_form: PointForm,
    /// Extensions as DER values, by object identifier.
    extensions: Vec<(&'static str, bool, Vec<u8>)>,
}

enum PointForm {
    Uncompressed,
    Compressed,
}

/// The public key with its point in the other form.
fn compressed(key: &PKey<Private>) -> PKey<Public> {
    let key = key.ec_key().unwrap();
    let point = key
        .public_key()
        .to_bytes(
            key.group(),
            PointConversionForm::COMPRESSED,
            &mut BigNumContext::new().unwrap(),
        )
        .unwrap();
    // id-ecPublicKey on secp256r1 (RFC 5480, 2.1.1).
    let algorithm = [
        tlv(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]),
        tlv(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]),
    ]
    .concat();
    let octets = [vec![0], point].concat();
    let information = tlv(0x30, &[tlv(0x30, &algorithm), tlv(3, &octets)].concat());
    PKey::public_key_from_der(&information).unwrap()
}

pub fn key() -> PKey<Private> {
    key_on(Nid::X9_62_PRIME256V1)
}

pub fn key_on(curve: Nid) -> PKey<Private> {
    let group = EcGroup::from_curve_name(curve).unwrap();
    PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
}

pub fn rsa_key() -> PKey<Private> {
    PKey::from_rsa(openssl::rsa::Rsa::generate(2048).unwrap()).unwrap()
}

const SUBJECT_ALT_NAME: &str = "2.5.29.17";
const KEY_USAGE: &str = "2.5.29.15";
const BASIC_CONSTRAINTS: &str = "2.5.29.19";
const NAME_CONSTRAINTS: &str = "2.5.29.30";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";

/// digitalSignature, bit 0 of keyUsage.
pub const DIGITAL_SIGNATURE: u8 = 0x80;
/// keyAgreement, bit 4.
pub const KEY_AGREEMENT: u8 = 0x08;
/// keyCertSign, bit 5.
pub const CERTIFICATE_SIGN: u8 = 0x04;

/// Names of subjectAltName in DER.
pub enum Name<'a> {
    Domain(&'a str),
    Uri(&'a str),
    /// otherName with the type-id of the M2M device indication and a relative identifier behind it.
    Device(&'a [u8]),
}

impl Order {
    pub fn leaf(names: &[Name<'_>]) -> Self {
        Self::plain("leaf")
            .extension(KEY_USAGE, true, key_usage(DIGITAL_SIGNATURE))
            .extension(BASIC_CONSTRAINTS, true, tlv(0x30, &[]))
            .names(names)
    }

    pub fn authority(subject: &'static str) -> Self {
        Self::plain(subject)
            .extension(
                KEY_USAGE,
                true,
                key_usage(DIGITAL_SIGNATURE | CERTIFICATE_SIGN),
            )
            .extension(BASIC_CONSTRAINTS, true, tlv(0x30, &tlv(1, &[0xff])))
    }

    fn plain(subject: &'static str) -> Self {
        Self {
            subject,
            key: key(),
            digest: MessageDigest::sha256(),
            validity: (NOW - DAY, NOW + DAY),
            point_form: PointForm::Uncompressed,
            extensions: Vec::new(),
        }
    }

    pub fn compressed(mut self) -> Self {
        self.point_form = PointForm::Compressed;
        self
    }

    pub fn names(self, names: &[Name<'_>]) -> Self {
        let names: Vec<u8> = names.iter().flat_map(general_name).collect();
        self.extension(SUBJECT_ALT_NAME, false, tlv(0x30, &names))
    }

    pub fn without_names(self) -> Self {
        self.without(SUBJECT_ALT_NAME)
    }

    pub fn usage(self, bits: u8) -> Self {
        self.extension(KEY_USAGE, true, key_usage(bits))
    }

    pub fn without_usage(self) -> Self {
        self.without(KEY_USAGE)
    }

    pub fn path_length(self, length: u8) -> Self {
        let value = [tlv(1, &[0xff]), tlv(2, &[length])].concat();
        self.extension(BASIC_CONSTRAINTS, true, tlv(0x30, &value))
    }

    /// Permits one domain, or excludes it.
    pub fn domain_constraint(self, permitted: bool, domain: &str) -> Self {
        let subtree = tlv(0x30, &tlv(0x82, domain.as_bytes()));
        let subtrees = tlv(if permitted { 0xa0 } else { 0xa1 }, &subtree);
        self.extension(NAME_CONSTRAINTS, true, tlv(0x30, &subtrees))
    }

    /// extKeyUsage of serverAuth alone (1.3.6.1.5.5.7.3.1) or clientAuth alone (…2).
    pub fn purpose(self, last: u8) -> Self {
        let purpose = tlv(6, &[0x2b, 6, 1, 5, 5, 7, 3, last]);
        self.extension(EXTENDED_KEY_USAGE, false, tlv(0x30, &purpose))
    }

    pub fn unknown_critical(self) -> Self {
        self.extension("1.3.6.1.4.1.55555.1", true, tlv(5, &[]))
    }

    pub fn digest(mut self, digest: MessageDigest) -> Self {
        self.digest = digest;
        self
    }

    pub fn subject(mut self, common_name: &'static str) -> Self {
        self.subject = common_name;
        self
    }

    pub fn with_key(mut self, key: PKey<Private>) -> Self {
        self.key = key;
        self
    }

    pub fn valid(mut self, first: i64, last: i64) -> Self {
        self.validity = (first, last);
        self
    }

    pub fn self_signed(self) -> Holder {
        let name = name(self.subject);
        let key = self.key.clone();
        self.sign(&name, &key)
    }

    pub fn issued_by(self, issuer: &Holder) -> Holder {
        let name = issuer.certificate.subject_name().to_owned().unwrap();
        self.sign(&name, &issuer.key)
    }

    fn sign(self, issuer: &X509Name, by: &PKey<Private>) -> Holder {
        let mut builder = X509::builder().unwrap();
        builder.set_version(2).unwrap();
        let mut serial = BigNum::new().unwrap();
        serial
            .rand(120, openssl::bn::MsbOption::MAYBE_ZERO, false)
            .unwrap();
        builder
            .set_serial_number(&serial.to_asn1_integer().unwrap())
            .unwrap();
        builder.set_subject_name(&name(self.subject)).unwrap();
        builder.set_issuer_name(issuer).unwrap();
        let (first, last) = self.validity;
        builder
            .set_not_before(&Asn1Time::from_unix(first).unwrap())
            .unwrap();
        builder
            .set_not_after(&Asn1Time::from_unix(last).unwrap())
            .unwrap();
        match self.point_form {
            PointForm::Uncompressed => builder.set_pubkey(&self.key).unwrap(),
            PointForm::Compressed => builder.set_pubkey(&compressed(&self.key)).unwrap(),
        }
        for (identifier, critical, value) in &self.extensions {
            let identifier = Asn1Object::from_str(identifier).unwrap();
            let value = Asn1OctetString::new_from_bytes(value).unwrap();
            let extension = X509Extension::new_from_der(&identifier, *critical, &value).unwrap();
            builder.append_extension(extension).unwrap();
        }
        builder.sign(by, self.digest).unwrap();
        Holder {
            certificate: builder.build(),
            key: self.key,
        }
    }

    fn extension(mut self, identifier: &'static str, critical: bool, value: Vec<u8>) -> Self {
        self = self.without(identifier);
        self.extensions.push((identifier, critical, value));
        self
    }

    fn without(mut self, identifier: &'static str) -> Self {
        self.extensions.retain(|(other, ..)| *other != identifier);
        self
    }
}

fn general_name(name: &Name<'_>) -> Vec<u8> {
    match name {
        Name::Domain(name) => tlv(0x82, name.as_bytes()),
        Name::Uri(uri) => tlv(0x86, uri.as_bytes()),
        Name::Device(arcs) => {
            let value = tlv(0xa0, &tlv(0x0d, arcs));
            tlv(0xa0, &[vec![6, 4, 2, 0x83, 0x61, 1], value].concat())
        }
    }
}

fn key_usage(bits: u8) -> Vec<u8> {
    tlv(3, &[u8::try_from(bits.trailing_zeros()).unwrap(), bits])
}

fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let mut octets = vec![tag];
    match value.len() {
        short @ 0..128 => octets.push(u8::try_from(short).unwrap()),
        long => {
            octets.push(0x82);
            octets.extend_from_slice(&u16::try_from(long).unwrap().to_be_bytes());
        }
    }
    octets.extend_from_slice(value);
    octets
}

fn name(common_name: &str) -> X509Name {
    let mut builder = X509NameBuilder::new().unwrap();
    builder
        .append_entry_by_nid(Nid::COMMONNAME, common_name)
        .unwrap();
    builder.build()
}
