//! The symmetric keys of a profile, read.

use super::load::REFERENCE;
use super::{Credentials, PresharedKey, SymmetricKey};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A provisioned symmetric key, with what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provisioned {
    /// Its name in the profile, below `credentials.psk`.
    pub name: String,
    /// The identity that the tester sends (TS-0003 V3.18.0, 10.5).
    pub identity: String,
    /// The key.
    pub key: SymmetricKey,
    /// The AE-ID-Stem or CSE-ID that the IUT was told; none where it was told nothing.
    pub entity: Option<String>,
}

/// A host beside the first one of the IUT, with keys of its own (TS-0003 V3.18.0, 10.2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvisionedHost {
    /// Its name, as clients ask for it.
    pub name: String,
    /// Its keys.
    pub keys: Vec<Provisioned>,
}

#[derive(Deserialize)]
struct OfReference {
    credentials: Credentials,
}

impl Provisioned {
    /// Those of the embedded profile of the reference, by name.
    pub fn of_reference() -> Vec<Self> {
        Self::all(&of_reference().psk, Path::new(""))
    }

    /// Pairwise keys of the embedded profile of the reference, by name.
    pub fn pairwise_of_reference() -> Vec<Self> {
        Self::all(&of_reference().pairwise, Path::new(""))
    }

    /// All of a profile, by name; what cannot be read was refused before.
    pub(super) fn all(keys: &BTreeMap<String, PresharedKey>, folder: &Path) -> Vec<Self> {
        let read = |(name, psk): (&String, &PresharedKey)| Self::of(name, psk, folder);
        keys.iter().filter_map(read).collect()
    }

    /// One of a profile.
    pub(super) fn of(name: &str, psk: &PresharedKey, folder: &Path) -> Option<Self> {
        Some(Self {
            name: name.to_owned(),
            identity: psk.identity.clone(),
            key: psk.key.key(folder).ok()?,
            entity: Some(psk.entity.clone()).filter(|entity| !entity.is_empty()),
        })
    }
}

impl ProvisionedHost {
    /// Those of the embedded profile of the reference, by name.
    pub fn of_reference() -> Vec<Self> {
        Self::all(&of_reference(), Path::new(""))
    }

    /// All of a profile, by name.
    pub(super) fn all(credentials: &Credentials, folder: &Path) -> Vec<Self> {
        let hosts = credentials.host.iter().map(|(name, keys)| Self {
            name: name.clone(),
            keys: Provisioned::all(keys, folder),
        });
        hosts.collect()
    }
}

fn of_reference() -> Credentials {
    let profile = toml::from_str::<OfReference>(REFERENCE);
    let credentials = profile.map(|profile| profile.credentials);
    credentials.unwrap_or_default()
}
