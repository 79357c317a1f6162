use onem2m_envelope::esdata::KeyRing;
use onem2m_envelope::{
    ContentEncryption, DecryptionKey, DirectKey, Header, KeyManagement, MacKey, SignatureAlgorithm,
    VerificationKey, WrappingKey,
};
use onem2m_keys::Suid;

use super::issuers::{Issuer, IssuerKey, Material};
use crate::scene::Scene;

/// What a key is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// To open what is encrypted.
    Encryption,
    /// To verify what is signed.
    Signature,
}

/// The keys for tokens of one issuer.
pub(crate) struct Ring<'a> {
    pub(crate) scene: &'a Scene<'a>,
    pub(crate) issuer: &'a Issuer,
}

impl KeyRing for Ring<'_> {
    fn decryption_key(&self, header: Header<'_>) -> Option<DecryptionKey> {
        (self.scene.clauses.tokens.decryption_key)(self.scene, self.issuer, header)
    }

    fn verification_key(&self, header: Header<'_>) -> Option<VerificationKey> {
        (self.scene.clauses.tokens.verification_key)(self.scene, self.issuer, header)
    }
}

/// The key whose identifier stands in the header, octet by octet.
pub(super) fn key<'a>(issuer: &'a Issuer, header: Header<'_>) -> Option<&'a IssuerKey> {
    let kid = header.key_identifier()?;
    issuer.keys.iter().find(|key| key.kid == kid)
}

/// ESData with encryption alone has the usages 14, 24, 34 and 44, ESData with signatures 15, 25, 35 and 45
/// (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
pub(super) fn serves(usage: Suid, sought: Use) -> bool {
    match sought {
        Use::Encryption => matches!(usage, Suid(14 | 24 | 34 | 44)),
        Use::Signature => matches!(usage, Suid(15 | 25 | 35 | 45)),
    }
}

/// A key that is for encryption, in the one way that fits its kind.
pub(super) fn decryption_key(
    scene: &Scene<'_>,
    issuer: &Issuer,
    header: Header<'_>,
) -> Option<DecryptionKey> {
    let clauses = &scene.clauses.tokens;
    let key =
        (clauses.key)(issuer, header).filter(|key| (clauses.serves)(key.usage, Use::Encryption))?;
    let algorithm = KeyManagement::from_name(header.get("alg")?.as_str()?)?;
    match (&key.material, algorithm) {
        (Material::Symmetric(key), KeyManagement::Direct) => {
            let content = ContentEncryption::from_name(header.get("enc")?.as_str()?)?;
            DirectKey::new(content, key.clone())
                .ok()
                .map(DecryptionKey::Direct)
        }
        (Material::Symmetric(key), KeyManagement::Wrap(wrap)) => {
            WrappingKey::new(wrap, key.clone())
                .ok()
                .map(DecryptionKey::Wrap)
        }
        (Material::RsaPrivate(key), KeyManagement::RsaOaep256) => {
            Some(DecryptionKey::RsaOaep256((**key).clone()))
        }
        (Material::EcPrivate(key), KeyManagement::EcdhEs(_)) => {
            Some(DecryptionKey::EcdhEs(key.clone()))
        }
        _ => None,
    }
}

/// A key that is for signatures, in the one way that fits its kind; or that of a certificate which the header brings, if the
/// issuer has certificates.
pub(super) fn verification_key(
    scene: &Scene<'_>,
    issuer: &Issuer,
    header: Header<'_>,
) -> Option<VerificationKey> {
    let clauses = &scene.clauses.tokens;
    let Some(key) = (clauses.key)(issuer, header) else {
        let certified = issuer.certified.as_ref()?;
        return (clauses.certificate_key)(scene, certified, header);
    };
    if !(clauses.serves)(key.usage, Use::Signature) {
        return None;
    }
    let algorithm = SignatureAlgorithm::from_name(header.get("alg")?.as_str()?)?;
    match (&key.material, algorithm) {
        (Material::Symmetric(key), SignatureAlgorithm::Hmac(hash)) => {
            MacKey::new(hash, key.clone())
                .ok()
                .map(VerificationKey::Mac)
        }
        (Material::RsaPublic(key), SignatureAlgorithm::Rsa(hash)) => {
            Some(VerificationKey::Rsa(hash, key.clone()))
        }
        (Material::EcPublic(key), SignatureAlgorithm::Ecdsa(_)) => {
            Some(VerificationKey::Ecdsa(key.clone()))
        }
        _ => None,
    }
}
