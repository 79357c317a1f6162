//! What has to hold of the token issuers of a profile.

use super::check::Checks;
use super::error::ProfileError;
use super::known_issuer::KnownIssuer;
use onem2m_envelope::{ContentEncryption, KeyManagement, SignatureAlgorithm};

impl Checks<'_> {
    pub(super) fn token_issuers(&self) -> Result<(), ProfileError> {
        let credentials = &self.profile.credentials;
        for issuer in KnownIssuer::all(credentials, self.folder) {
            let path = |member| ["credentials", "token_issuer", &issuer.name, member];
            for algorithm in &issuer.form.algorithms {
                self.demand(is_algorithm(algorithm), &path("algorithms"), || {
                    format!("expected an alg or enc of TS-0003 V3.18.0, 8.5.3, got {algorithm:?}")
                })?;
            }
            let is_certified = issuer.form.uri.is_some();
            let has_authority = issuer.authority.is_some();
            self.demand(is_certified == has_authority, &path("identity"), || {
                "expected a known authority beside uri, or neither".into()
            })?;
            for key in &issuer.form.keys {
                let material = issuer.material(key);
                material.map_err(|error| ProfileError::Value {
                    place: (self.place)(&path("keys")),
                    message: format!("{}: {error}", key.kid),
                })?;
            }
        }
        Ok(())
    }
}

fn is_algorithm(name: &str) -> bool {
    SignatureAlgorithm::from_name(name).is_some()
        || KeyManagement::from_name(name).is_some()
        || ContentEncryption::from_name(name).is_some()
}
