//! The token issuers of a profile, read.

use super::load::REFERENCE;
use super::{Credentials, KnownAuthority, KnownPeers, TokenClass, TokenIssuer, TokenKey};
use crate::tester::tokens::{KeyMaterial, NoToken};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A token issuer whose keys the tester has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownIssuer {
    /// Its name in the profile, below `credentials.token_issuer`.
    pub name: String,
    /// What the profile says of it.
    pub form: TokenIssuer,
    /// The authority above its certificate.
    pub authority: Option<KnownAuthority>,
    folder: PathBuf,
}

#[derive(Deserialize)]
struct OfReference {
    credentials: Credentials,
}

impl KnownIssuer {
    /// Those of the embedded profile of the reference, by name.
    pub fn of_reference() -> Vec<Self> {
        let profile = toml::from_str::<OfReference>(REFERENCE);
        let credentials = profile.map(|profile| profile.credentials);
        let credentials = credentials.unwrap_or_default();
        Self::all(&credentials, Path::new(""))
    }

    /// All of a profile, by name; what cannot be read was refused before.
    pub(super) fn all(credentials: &Credentials, folder: &Path) -> Vec<Self> {
        let peers = KnownPeers::read(credentials, folder);
        let read = |(name, form): (&String, &TokenIssuer)| Self {
            name: name.clone(),
            form: form.clone(),
            authority: form
                .authority
                .as_deref()
                .and_then(|name| peers.authority_named(name).cloned()),
            folder: folder.to_owned(),
        };
        credentials.token_issuer.iter().map(read).collect()
    }

    /// Whether it permits exactly these classes.
    pub fn is_for(&self, classes: &[TokenClass]) -> bool {
        let all = [
            TokenClass::SignatureOnly,
            TokenClass::EncryptionOnly,
            TokenClass::Nested,
            TokenClass::Unsecured,
        ];
        all.iter()
            .all(|class| classes.contains(class) == self.form.classes.contains(class))
    }

    /// Whether it permits an algorithm.
    pub fn permits(&self, algorithm: &str) -> bool {
        self.form.algorithms.iter().any(|it| it == algorithm)
    }

    /// The key for an algorithm; with `dir` for a content encryption.
    pub fn key(&self, algorithm: &str, encryption: &str) -> Option<&TokenKey> {
        self.form.keys.iter().find(|key| {
            key.algorithm == algorithm
                && key.encryption.as_deref().is_none_or(|it| it == encryption)
        })
    }

    /// The octets of a key.
    pub fn material(&self, key: &TokenKey) -> Result<KeyMaterial, NoToken> {
        match (&key.jwk_file, &self.form.seed) {
            (Some(file), _) => KeyMaterial::read(&self.folder.join(file)),
            (None, Some(seed)) => KeyMaterial::draw(seed, key),
            (None, None) => Err(NoToken::Key(format!(
                "{} has neither file nor seed",
                key.kid
            ))),
        }
    }
}
