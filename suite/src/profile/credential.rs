//! Keys and certificates that the IUT knows.

use super::key::{KeySource, SymmetricKey};
use super::{Authority, Peer, ServiceKeys, TokenIssuer};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Keys and certificates, by kind and name.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Credentials {
    /// Provisioned symmetric keys of associations.
    pub psk: BTreeMap<String, PresharedKey>,
    /// Symmetric keys of further hosts that the IUT serves on the same port, by the FQDN of the host.
    pub host: BTreeMap<String, BTreeMap<String, PresharedKey>>,
    /// Certificates with their private keys.
    pub certificate: BTreeMap<String, Certificate>,
    /// Keys that two entities share for end-to-end protection.
    pub pairwise: BTreeMap<String, PresharedKey>,
    /// Authorities of the tester that the IUT trusts.
    pub authority: BTreeMap<String, Authority>,
    /// Holders of certificates and raw public keys that the IUT was told of, and that the tester plays.
    pub peer: BTreeMap<String, Peer>,
    /// Clients of the MAF that the tester plays, with their Km and KmID.
    pub maf: Option<ServiceKeys>,
    /// Clients of the MEF that the tester plays, with their Kpm and KpmID.
    pub mef: Option<ServiceKeys>,
    /// Km and KmID of an IUT that is a client of the MAF of the tester.
    pub served_maf: Option<PresharedKey>,
    /// Issuers of tokens that the IUT takes, and that the tester plays.
    pub token_issuer: BTreeMap<String, TokenIssuer>,
}

/// A symmetric key and the entity that it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "PresharedKeyForm")]
pub struct PresharedKey {
    /// The identity under which the IUT knows the key, such as a KpsaID.
    pub identity: String,
    /// The key.
    #[schemars(with = "String")]
    pub key: KeySource,
    /// The AE-ID or CSE-ID of the entity that the IUT was told; empty where it was told nothing.
    pub entity: String,
}

/// What an entity of the tester shows in associations, and whom it trusts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "CertificateForm")]
pub struct Certificate {
    /// What it shows; none where the entry only names trust anchors.
    pub own: Option<CertificateFiles>,
    /// Files of the trust anchors of the IUT's certificate, PEM.
    pub trust_anchors: Vec<PathBuf>,
}

/// A certificate and the entity that it stands for.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
pub struct CertificateFiles {
    /// File of the certificate chain, PEM.
    pub certificate: PathBuf,
    /// File of the private key, PEM.
    pub key: PathBuf,
    /// The AE-ID or CSE-ID of the entity.
    pub entity: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CertificateForm {
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    #[serde(default)]
    trust_anchors: Vec<PathBuf>,
    entity: Option<String>,
}

impl TryFrom<CertificateForm> for Certificate {
    type Error = String;

    fn try_from(form: CertificateForm) -> Result<Self, String> {
        let own = match (form.certificate, form.key, form.entity) {
            (Some(certificate), Some(key), Some(entity)) => Some(CertificateFiles {
                certificate,
                key,
                entity,
            }),
            (None, None, None) if !form.trust_anchors.is_empty() => None,
            _ => return Err("expected certificate, key and entity, or trust_anchors alone".into()),
        };
        Ok(Self {
            own,
            trust_anchors: form.trust_anchors,
        })
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PresharedKeyForm {
    identity: String,
    #[schemars(with = "Option<String>")]
    key_hex: Option<SymmetricKey>,
    key_file: Option<PathBuf>,
    key_env: Option<String>,
    entity: String,
}

impl TryFrom<PresharedKeyForm> for PresharedKey {
    type Error = String;

    fn try_from(form: PresharedKeyForm) -> Result<Self, String> {
        let key = match (form.key_hex, form.key_file, form.key_env) {
            (Some(key), None, None) => KeySource::Inline(key),
            (None, Some(file), None) => KeySource::File(file),
            (None, None, Some(name)) => KeySource::Environment(name),
            _ => return Err("expected exactly one of key_hex, key_file and key_env".into()),
        };
        Ok(Self {
            identity: form.identity,
            key,
            entity: form.entity,
        })
    }
}
