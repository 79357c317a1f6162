use time::OffsetDateTime;

use super::{
    BasicConstraints, CertificateError, Damage, DistinguishedName, Extensions, GeneralName,
    KeyAlgorithm, KeyUsage, MadeElsewhere, NameConstraints, PointForm, SignatureAlgorithm,
    Validity,
};

/// Who signs a certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signer {
    /// The certificate above it in the chain.
    #[default]
    Above,
    /// Itself, in its own name.
    Itself,
}

/// Everything that is said of one certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateOrder {
    /// From which, with the seed, its serial number is drawn.
    pub label: String,
    /// From which, with the seed, its key is drawn.
    pub key_label: String,
    /// Its subject; the issuer is the subject of the certificate above.
    pub subject: DistinguishedName,
    /// From when to when it is valid.
    pub validity: Validity,
    /// The kind of its key.
    pub key: KeyAlgorithm,
    /// How its public key is written.
    pub point: PointForm,
    /// With what it is signed.
    pub signature: SignatureAlgorithm,
    /// Who signs it.
    pub signer: Signer,
    /// Its extensions.
    pub extensions: Extensions,
    /// What is wrong with its octets.
    pub damage: Option<Damage>,
    /// The certificate that is there already, whatever the rest says.
    pub made: Option<MadeElsewhere>,
}

impl CertificateOrder {
    /// An end certificate with the profile of TS-0003 V3.18.0, 10.1.1.3 and these names.
    pub fn end(label: &str, names: Vec<GeneralName>, now: OffsetDateTime) -> Self {
        Self {
            extensions: Extensions {
                key_usage: Some(vec![KeyUsage::DigitalSignature]),
                alternative_names: names,
                ..Extensions::default()
            },
            ..Self::bare(label, Validity::around(now))
        }
    }

    /// An authority, with name constraints or without any.
    pub fn authority(label: &str, constraints: Option<NameConstraints>) -> Self {
        Self {
            extensions: Extensions {
                basic_constraints: Some(BasicConstraints {
                    authority: true,
                    path_length: None,
                }),
                key_usage: Some(vec![
                    KeyUsage::DigitalSignature,
                    KeyUsage::KeyCertSign,
                    KeyUsage::CrlSign,
                ]),
                name_constraints: constraints,
                ..Extensions::default()
            },
            ..Self::bare(label, Validity::of_authority())
        }
    }

    /// A trust anchor: an authority that signs itself.
    pub fn anchor(label: &str) -> Self {
        Self {
            signer: Signer::Itself,
            ..Self::authority(label, None)
        }
    }

    /// A trust anchor that somebody else made.
    pub fn anchor_made_elsewhere(
        label: &str,
        made: MadeElsewhere,
    ) -> Result<Self, CertificateError> {
        Ok(Self {
            subject: DistinguishedName::written(made.subject()?),
            made: Some(made),
            ..Self::anchor(label)
        })
    }

    /// No certificate has the profile of oneM2M without extensions.
    fn bare(label: &str, validity: Validity) -> Self {
        Self {
            label: label.to_owned(),
            key_label: label.to_owned(),
            subject: DistinguishedName::of_tester(label),
            validity,
            key: KeyAlgorithm::default(),
            point: PointForm::default(),
            signature: SignatureAlgorithm::default(),
            signer: Signer::default(),
            extensions: Extensions::default(),
            damage: None,
            made: None,
        }
    }
}
