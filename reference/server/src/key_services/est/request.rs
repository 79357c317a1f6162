use der::asn1::ObjectIdentifier;
use der::oid::AssociatedOid;
use der::referenced::OwnedToRef;
use der::{Decode, Encode};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{DerSignature, VerifyingKey};
use x509_cert::SubjectPublicKeyInfo;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::{DirectoryString, GeneralName};
use x509_cert::request::{CertReq, ExtensionReq};

/// challengePassword (RFC 2985, 5.4.1).
pub(super) const CHALLENGE_PASSWORD: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.7");
/// ecdsa-with-SHA256 (RFC 5758, 3.2), the signature algorithm of TS-0003 V3.18.0, 10.1.
const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
/// The octets of a point that is not compressed, which 10.1 wants.
const UNCOMPRESSED: usize = 65;

/// A certificate signing request (TS-0003 V3.18.0, 10.1.4) that was read.
pub(crate) struct SigningRequest {
    read: CertReq,
    extensions: Vec<Extension>,
    names: Vec<GeneralName>,
    challenge: Option<String>,
}

impl SigningRequest {
    /// Reads a PKCS #10 request in DER. Attributes and extensions that stand twice make it unreadable, as what they hold would
    /// depend on who reads them.
    pub(super) fn read(octets: &[u8]) -> Option<Self> {
        let read = CertReq::from_der(octets).ok()?;
        let mut extensions = None;
        let mut challenge = None;
        for attribute in read.info.attributes.iter() {
            let [value] = attribute.values.as_slice() else {
                return None;
            };
            let value = value.to_der().ok()?;
            if attribute.oid == ExtensionReq::OID {
                let asked = ExtensionReq::from_der(&value).ok()?;
                extensions.replace(asked.0).is_none().then_some(())?;
            } else if attribute.oid == CHALLENGE_PASSWORD {
                let given = DirectoryString::from_der(&value).ok()?;
                challenge
                    .replace(given.value().into_owned())
                    .is_none()
                    .then_some(())?;
            }
        }
        let extensions = extensions.unwrap_or_default();
        let mut names = None;
        for extension in &extensions {
            let alike = extensions
                .iter()
                .filter(|it| it.extn_id == extension.extn_id);
            (alike.count() == 1).then_some(())?;
            if extension.extn_id == SubjectAltName::OID {
                names = Some(
                    SubjectAltName::from_der(extension.extn_value.as_bytes())
                        .ok()?
                        .0,
                );
            }
        }
        Some(Self {
            read,
            extensions,
            names: names.unwrap_or_default(),
            challenge,
        })
    }

    /// The key to be certified.
    pub(crate) fn key(&self) -> &SubjectPublicKeyInfo {
        &self.read.info.public_key
    }

    /// The key, if it is one on P-256 and its point is not compressed (TS-0003 V3.18.0, 10.1).
    pub(crate) fn profiled_key(&self) -> Option<VerifyingKey> {
        let length = self.key().subject_public_key.as_bytes()?.len();
        (length == UNCOMPRESSED).then_some(())?;
        VerifyingKey::try_from(self.key().owned_to_ref()).ok()
    }

    /// The names of subjectAltName.
    pub(crate) fn names(&self) -> &[GeneralName] {
        &self.names
    }

    /// The Common Names of the subject, where no identifier of oneM2M is.
    pub(crate) fn common_names(&self) -> Vec<String> {
        let subject = self.read.info.subject.to_string();
        let parts = subject.split(['+', ',']);
        parts
            .filter_map(|part| part.strip_prefix("CN="))
            .map(str::to_owned)
            .collect()
    }

    /// The extensions that it asks for beside subjectAltName.
    pub(crate) fn more(&self) -> impl Iterator<Item = &Extension> {
        self.extensions
            .iter()
            .filter(|it| it.extn_id != SubjectAltName::OID)
    }

    /// challengePassword.
    pub(crate) fn challenge(&self) -> Option<&str> {
        self.challenge.as_deref()
    }

    /// Whether the holder of the key signed it (RFC 2986, 3).
    pub(crate) fn is_signed(&self) -> bool {
        let verified = || {
            (self.read.algorithm.oid == ECDSA_WITH_SHA256).then_some(())?;
            let key = VerifyingKey::try_from(self.key().owned_to_ref()).ok()?;
            let signature = DerSignature::try_from(self.read.signature.as_bytes()?).ok()?;
            key.verify(&self.read.info.to_der().ok()?, &signature).ok()
        };
        verified().is_some()
    }
}
