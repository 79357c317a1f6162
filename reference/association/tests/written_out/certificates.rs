//! Certificates for the tests.

use std::sync::Arc;

use onem2m_association::messages::AlertDescription;
use onem2m_association::written_out::{CertificateJudge, OwnCertificate, Refusal};
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::stack::Stack;
use openssl::x509::extension::{BasicConstraints, KeyUsage};
use openssl::x509::store::X509StoreBuilder;
use openssl::x509::{X509, X509Builder, X509NameBuilder, X509StoreContext};

/// A certificate with its private key.
pub struct Credential {
    pub certificate: X509,
    pub key: PKey<Private>,
}

impl Credential {
    /// An authority.
    pub fn authority(name: &str) -> Self {
        Self::make(name, Nid::X9_62_PRIME256V1, None)
    }

    /// What an authority issued.
    pub fn issued(name: &str, authority: &Self) -> Self {
        Self::make(name, Nid::X9_62_PRIME256V1, Some(authority))
    }

    /// What an authority issued for a key on another curve.
    pub fn on_curve(curve: Nid, authority: &Self) -> Self {
        Self::make("curve", curve, Some(authority))
    }

    pub fn own(&self) -> OwnCertificate {
        let chain = vec![self.certificate.to_der().unwrap()];
        OwnCertificate::new(chain, &self.key.private_key_to_pkcs8().unwrap()).unwrap()
    }

    fn make(name: &str, curve: Nid, issuer: Option<&Self>) -> Self {
        let group = EcGroup::from_curve_name(curve).unwrap();
        let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
        let mut subject = X509NameBuilder::new().unwrap();
        subject.append_entry_by_text("CN", name).unwrap();
        let subject = subject.build();
        let mut builder = X509Builder::new().unwrap();
        builder.set_version(2).unwrap();
        let mut serial = BigNum::new().unwrap();
        serial
            .rand(64, openssl::bn::MsbOption::MAYBE_ZERO, false)
            .unwrap();
        builder
            .set_serial_number(&serial.to_asn1_integer().unwrap())
            .unwrap();
        builder.set_subject_name(&subject).unwrap();
        builder.set_pubkey(&key).unwrap();
        let not_before = Asn1Time::days_from_now(0).unwrap();
        let not_after = Asn1Time::days_from_now(1).unwrap();
        builder.set_not_before(&not_before).unwrap();
        builder.set_not_after(&not_after).unwrap();
        let mut usage = KeyUsage::new();
        match issuer {
            None => {
                let constraints = BasicConstraints::new().critical().ca().build().unwrap();
                builder.append_extension(constraints).unwrap();
                usage.key_cert_sign();
            }
            Some(_) => {
                usage.digital_signature();
            }
        }
        builder.append_extension(usage.build().unwrap()).unwrap();
        let (issuer_name, issuer_key) = match issuer {
            None => (subject.as_ref(), &key),
            Some(issuer) => (issuer.certificate.subject_name(), &issuer.key),
        };
        builder.set_issuer_name(issuer_name).unwrap();
        builder.sign(issuer_key, MessageDigest::sha256()).unwrap();
        Self {
            certificate: builder.build(),
            key,
        }
    }
}

/// Judges by the path to `anchor`, and gives the key of the first certificate.
pub fn judge(anchor: &Credential) -> CertificateJudge {
    let anchor = anchor.certificate.clone();
    Arc::new(move |chain| {
        let bad = |_| Refusal::new(AlertDescription::BAD_CERTIFICATE, "no certificate");
        let certificate = X509::from_der(&chain[0]).map_err(bad)?;
        let mut store = X509StoreBuilder::new().unwrap();
        store.add_cert(anchor.clone()).unwrap();
        let is_good = X509StoreContext::new()
            .unwrap()
            .init(
                &store.build(),
                &certificate,
                &Stack::new().unwrap(),
                |context| context.verify_cert(),
            )
            .unwrap();
        if !is_good {
            return Err(Refusal::new(
                AlertDescription::UNKNOWN_CA,
                "another authority",
            ));
        }
        Ok(certificate
            .public_key()
            .unwrap()
            .public_key_to_der()
            .unwrap())
    })
}
