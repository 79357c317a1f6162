use std::time::Duration;

use der::asn1::{GeneralizedTime, OctetString};
use der::referenced::OwnedToRef;
use der::{DateTime, Decode, Encode};
use onem2m_identity::{AeUri, Entity, PublicDomainName};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{DerSignature, SigningKey, VerifyingKey};
use p256::pkcs8::DecodePrivateKey;
use thiserror::Error;
use time::OffsetDateTime;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, KeyUsage, KeyUsages, SubjectAltName, SubjectKeyIdentifier,
};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::SubjectPublicKeyInfoRef;
use x509_cert::time::{Time, Validity};
use x509_cert::{Certificate, SubjectPublicKeyInfo, builder};
use zeroize::Zeroizing;

/// The MEF CA, as far as the MEF has to do with it: it issues MEF-Provisioned Certificates (TS-0003 V3.18.0, 8.3.6.1).
#[derive(Clone)]
pub struct Authority {
    certificate: Certificate,
    key: SigningKey,
    /// From what challengePasswords are made.
    secret: Zeroizing<[u8; 32]>,
    /// For how long certificates are valid.
    pub lifetime: Duration,
    /// The scheme of the URI of an AE-ID in a certificate, if it has one (TS-0003 V3.18.0, 10.1.1.5).
    pub ae_uri_scheme: Option<String>,
    /// The public domain name of the infrastructure node, below which those of CSEs of the field domain are (TS-0001 V3.36.0,
    /// 6.5.1.1).
    pub infrastructure: PublicDomainName,
}

/// Why an authority cannot be had.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum AuthorityError {
    /// The certificate does not parse.
    #[error("the certificate of the MEF CA does not parse")]
    Certificate,
    /// The key is not a P-256 key in PKCS #8.
    #[error("the key of the MEF CA is not a P-256 key in PKCS #8")]
    Key,
    /// The key is not that of the certificate.
    #[error("the key of the MEF CA is not that of its certificate")]
    Different,
    /// There is no randomness to be had.
    #[error("no randomness")]
    NoRandomness,
}

impl Authority {
    /// An authority whose certificates are valid for ninety days, by its certificate in DER and its private key in PKCS #8.
    ///
    /// # Errors
    ///
    /// Certificate or key is none, or they do not belong together.
    pub fn new(
        certificate: &[u8],
        key: &[u8],
        infrastructure: PublicDomainName,
    ) -> Result<Self, AuthorityError> {
        let certificate =
            Certificate::from_der(certificate).map_err(|_| AuthorityError::Certificate)?;
        let key = SigningKey::from_pkcs8_der(key).map_err(|_| AuthorityError::Key)?;
        if certified_key(&certificate).as_ref() != Some(key.verifying_key()) {
            return Err(AuthorityError::Different);
        }
        let mut secret = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *secret).map_err(|_| AuthorityError::NoRandomness)?;
        Ok(Self {
            certificate,
            key,
            secret,
            lifetime: Duration::from_secs(90 * 24 * 60 * 60),
            ae_uri_scheme: None,
            infrastructure,
        })
    }

    /// The certificate of the CA.
    pub(super) fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    pub(super) fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    /// The name that a certificate of an entity holds (TS-0003 V3.18.0, 10.1.1.5 and 10.1.1.7): the URI of an AE-ID, the public
    /// domain name of a CSE-ID.
    pub(crate) fn name_of(&self, entity: &Entity) -> Option<GeneralName> {
        let text = match entity {
            Entity::Cse { cse, .. } => self
                .infrastructure
                .of_registree(cse)
                .ok()?
                .domain_name()
                .to_string(),
            _ => AeUri::of(entity, self.ae_uri_scheme.as_deref())
                .ok()?
                .to_string(),
        };
        let text = der::asn1::Ia5String::new(&text).ok()?;
        Some(match entity {
            Entity::Cse { .. } => GeneralName::DnsName(text),
            _ => GeneralName::UniformResourceIdentifier(text),
        })
    }

    /// Whether a certificate in DER is one that it issued, by the signature.
    pub(super) fn issued(&self, certificate: &[u8]) -> bool {
        let verified = || {
            let certificate = Certificate::from_der(certificate).ok()?;
            let signed = certificate.tbs_certificate().to_der().ok()?;
            let signature = certificate.signature().as_bytes()?;
            let signature = DerSignature::try_from(signature).ok()?;
            self.key.verifying_key().verify(&signed, &signature).ok()
        };
        verified().is_some()
    }

    /// Whether a key is that of the CA itself.
    pub(crate) fn has(&self, key: &VerifyingKey) -> bool {
        self.key.verifying_key() == key
    }

    /// A certificate for a key and names, from now on, as TS-0003 V3.18.0, 10.1.1 profiles it. In it is nothing but what the
    /// caller names.
    pub(super) fn issue(
        &self,
        key: &SubjectPublicKeyInfo,
        names: Vec<GeneralName>,
        more: Vec<Extension>,
        now: OffsetDateTime,
    ) -> builder::Result<Certificate> {
        let certified = self.certificate.tbs_certificate();
        let identifier = certified.get_extension::<SubjectKeyIdentifier>()?;
        let profile = EndEntity {
            issuer_key: identifier.map(|(_, identifier)| identifier.0),
            issuer: self.certificate.tbs_certificate().subject().clone(),
            names,
            more,
        };
        let mut serial = [0; 16];
        getrandom::fill(&mut serial).map_err(|_| der::Error::from(der::ErrorKind::Failed))?;
        // Positive and of one length.
        serial[0] = serial[0] & 0x3f | 0x40;
        let ends = moment(now + self.lifetime)?;
        let of_issuer = self.certificate.tbs_certificate().validity().not_after;
        let ends = match ends.to_unix_duration() < of_issuer.to_unix_duration() {
            true => ends,
            false => of_issuer,
        };
        let validity = Validity::new(moment(now)?, ends);
        let serial = SerialNumber::new(&serial)?;
        let builder = CertificateBuilder::new(profile, serial, validity, key.clone())?;
        builder.build::<_, DerSignature>(&self.key)
    }
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Authority")
            .field(
                "subject",
                &self.certificate.tbs_certificate().subject().to_string(),
            )
            .finish_non_exhaustive()
    }
}

/// The key in a certificate, if it is one on P-256.
fn certified_key(certificate: &Certificate) -> Option<VerifyingKey> {
    let key = certificate.tbs_certificate().subject_public_key_info();
    VerifyingKey::try_from(key.owned_to_ref()).ok()
}

fn moment(moment: OffsetDateTime) -> der::Result<Time> {
    let seconds = u64::try_from(moment.unix_timestamp()).unwrap_or_default();
    let moment = DateTime::from_unix_duration(Duration::from_secs(seconds))?;
    Ok(GeneralizedTime::from_date_time(moment).into())
}

/// The certificate of an entity (TS-0003 V3.18.0, 10.1.1.1): digitalSignature, and names in subjectAltName alone.
struct EndEntity {
    issuer: Name,
    /// subjectKeyIdentifier of the issuer, if it has one.
    issuer_key: Option<OctetString>,
    names: Vec<GeneralName>,
    /// Further extensions.
    more: Vec<Extension>,
}

impl BuilderProfile for EndEntity {
    fn get_issuer(&self, _: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        Name::default()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        issuer_key: SubjectPublicKeyInfoRef<'_>,
        certificate: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        let subject = certificate.subject();
        let mut extensions = self.more.clone();
        let usage = KeyUsage(KeyUsages::DigitalSignature.into());
        if extensions
            .iter()
            .all(|it| it.extn_id != <KeyUsage as der::oid::AssociatedOid>::OID)
        {
            extensions.push(usage.to_extension(subject, &extensions)?);
        }
        let names = SubjectAltName(self.names.clone());
        extensions.push(names.to_extension(subject, &extensions)?);
        let own = SubjectKeyIdentifier::try_from(key)?;
        extensions.push(own.to_extension(subject, &extensions)?);
        let issuer = match &self.issuer_key {
            // RFC 5280, 4.2.1.1.
            Some(identifier) => AuthorityKeyIdentifier {
                key_identifier: Some(identifier.clone()),
                ..AuthorityKeyIdentifier::default()
            },
            None => AuthorityKeyIdentifier::try_from(issuer_key)?,
        };
        extensions.push(issuer.to_extension(subject, &extensions)?);
        Ok(extensions)
    }
}
