//! Token issuers.

use crate::profile::{KnownIssuer, TokenKey};
use crate::tester::tokens::KeyMaterial;
use onem2m_envelope::token::Permitted;
use onem2m_envelope::{ContentEncryption, KeyManagement, SignatureAlgorithm};
use onem2m_identity::AeUri;
use onem2m_keys::Suid;
use onem2m_server::{Certified, Issuer, IssuerKey, Material, Tokens};
use std::sync::Arc;

/// A reference that takes tokens of these issuers; none if there are no issuers. What cannot be known is left out: the tokens
/// under it show that.
pub fn tokens(issuers: &[KnownIssuer]) -> Option<Arc<Tokens>> {
    if issuers.is_empty() {
        return None;
    }
    Some(Arc::new(Tokens {
        issuers: issuers.iter().map(issuer).collect(),
    }))
}

fn issuer(known: &KnownIssuer) -> Issuer {
    let names = || known.form.algorithms.iter().map(String::as_str);
    let classes = known.form.classes.iter();
    Issuer {
        identity: known.form.identity.clone(),
        permitted: Permitted {
            classes: classes.filter_map(|class| class.security_class()).collect(),
            signatures: names().filter_map(SignatureAlgorithm::from_name).collect(),
            key_managements: names().filter_map(KeyManagement::from_name).collect(),
            content_encryptions: names().filter_map(ContentEncryption::from_name).collect(),
        },
        keys: known
            .form
            .keys
            .iter()
            .filter_map(|it| key(known, it))
            .collect(),
        certified: certified(known),
    }
}

/// The part of a key that the reference has, with its usage: pre-provisioned where both have it, else that of a certificate
/// (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
fn key(known: &KnownIssuer, key: &TokenKey) -> Option<IssuerKey> {
    let signs = SignatureAlgorithm::from_name(&key.algorithm).is_some();
    let material = known.material(key).ok()?;
    let (usage, material) = match (signs, material) {
        (true, KeyMaterial::Symmetric(key)) => (15, Material::Symmetric(key)),
        (false, KeyMaterial::Symmetric(key)) => (14, Material::Symmetric(key)),
        (true, material) => (45, public(&material)?),
        (false, KeyMaterial::EcPrivate(key)) => (44, Material::EcPrivate(key)),
        (false, KeyMaterial::RsaPrivate(key)) => (44, Material::RsaPrivate(key)),
        (false, _) => return None,
    };
    Some(IssuerKey {
        kid: key.kid.clone(),
        usage: Suid(usage),
        material,
    })
}

fn public(material: &KeyMaterial) -> Option<Material> {
    let ec = material.ec_public().map(Material::EcPublic);
    ec.or_else(|| material.rsa_public().map(Material::RsaPublic))
}

fn certified(known: &KnownIssuer) -> Option<Certified> {
    Some(Certified {
        uri: AeUri::parse(known.form.uri.as_deref()?).ok()?,
        anchors: vec![known.authority.as_ref()?.anchor().ok()?],
    })
}
