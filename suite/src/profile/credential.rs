//! Keys and certificates that the IUT knows.

use super::key::{KeySource, SymmetricKey};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// Keys and certificates, by kind and name.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Credentials {
    /// Provisioned symmetric keys of associations.
    pub psk: BTreeMap<String, PresharedKey>,
    /// Certificates with their private keys.
    pub certificate: BTreeMap<String, Certificate>,
    /// Keys that two entities share for end-to-end protection.
    pub pairwise: BTreeMap<String, PresharedKey>,
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
    /// The AE-ID or CSE-ID of the entity.
    pub entity: String,
}

/// A certificate and the entity that it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// File of the certificate chain, PEM.
    pub certificate: PathBuf,
    /// File of the private key, PEM.
    pub key: PathBuf,
    /// Files of the trust anchors, PEM.
    pub trust_anchors: Vec<PathBuf>,
    /// The AE-ID or CSE-ID of the entity.
    pub entity: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PresharedKeyForm {
    identity: String,
    #[schemars(with = "Option<String>")]
    key_hex: Option<Zeroizing<String>>,
    key_file: Option<PathBuf>,
    key_env: Option<String>,
    entity: String,
}

impl TryFrom<PresharedKeyForm> for PresharedKey {
    type Error = String;

    fn try_from(form: PresharedKeyForm) -> Result<Self, String> {
        let key = match (form.key_hex, form.key_file, form.key_env) {
            (Some(digits), None, None) => KeySource::Inline(
                SymmetricKey::from_hexadecimal(&digits).map_err(|error| error.to_string())?,
            ),
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
