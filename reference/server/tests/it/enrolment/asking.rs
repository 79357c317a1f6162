use std::str::FromStr;

use der::Encode;
use der::asn1::Ia5String;
use openssl::pkey::{PKey, Private};
use p256::ecdsa::{DerSignature, SigningKey};
use p256::pkcs8::DecodePrivateKey;
use x509_cert::builder::{Builder, RequestBuilder};
use x509_cert::ext::ToExtension;
use x509_cert::ext::pkix::name::{DirectoryString, GeneralName};
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages, SubjectAltName};
use x509_cert::name::Name as Subject;
use x509_cert::request::attributes::ChallengePassword;

use crate::authority;

/// A request to order.
pub(super) struct Asking {
    pub(super) key: PKey<Private>,
    pub(super) subject: &'static str,
    pub(super) names: Vec<GeneralName>,
    pub(super) challenge: Option<String>,
    pub(super) authority: bool,
}

impl Asking {
    pub(super) fn of(uri: &str, challenge: &str) -> Self {
        Self {
            key: authority::key(),
            subject: "",
            names: vec![GeneralName::UniformResourceIdentifier(
                Ia5String::new(uri).unwrap(),
            )],
            challenge: Some(challenge.to_owned()),
            authority: false,
        }
    }

    pub(super) fn der(&self) -> Vec<u8> {
        let subject = match self.subject {
            "" => Subject::default(),
            subject => Subject::from_str(subject).unwrap(),
        };
        let mut builder = RequestBuilder::new(subject.clone()).unwrap();
        if !self.names.is_empty() {
            builder
                .add_extension(&SubjectAltName(self.names.clone()))
                .unwrap();
        }
        builder
            .add_extension(&KeyUsage(KeyUsages::DigitalSignature.into()))
            .unwrap();
        if self.authority {
            let constraints = BasicConstraints {
                ca: true,
                path_len_constraint: None,
            };
            assert!((&constraints).to_extension(&subject, &[]).unwrap().critical);
            builder.add_extension(&constraints).unwrap();
        }
        if let Some(challenge) = &self.challenge {
            let value = DirectoryString::Utf8String(challenge.clone());
            builder.add_attribute(&ChallengePassword(value)).unwrap();
        }
        let key = self.key.private_key_to_pkcs8().unwrap();
        let key = SigningKey::from_pkcs8_der(&key).unwrap();
        builder
            .build::<_, DerSignature>(&key)
            .unwrap()
            .to_der()
            .unwrap()
    }
}

/// A request by OpenSSL without names, for a key of any kind.
pub(super) fn openssl_request(key: &PKey<Private>) -> Vec<u8> {
    let mut builder = openssl::x509::X509Req::builder().unwrap();
    builder.set_pubkey(key).unwrap();
    builder
        .sign(key, openssl::hash::MessageDigest::sha256())
        .unwrap();
    builder.build().to_der().unwrap()
}
