//! What has to hold of the keys and certificates of a profile.

use super::certificates::Certificates;
use super::check::Checks;
use super::credential::PresharedKey;
use super::error::ProfileError;
use super::key::KeyError;
use onem2m_identity::DomainName;
use std::collections::BTreeMap;

/// The longest key, and the longest identity, that every implementation has to support (RFC 4279, 5.3).
pub(super) const LONGEST_KEY: usize = 64;
const LONGEST_IDENTITY: usize = 128;

impl Checks<'_> {
    pub(super) fn symmetric_keys(&self) -> Result<(), ProfileError> {
        let credentials = &self.profile.credentials;
        self.readable(&["psk"], &credentials.psk, LONGEST_KEY)?;
        self.readable(&["pairwise"], &credentials.pairwise, usize::MAX)?;
        for (name, keys) in &credentials.host {
            let path = ["credentials", "host", name];
            self.demand(DomainName::parse(name).is_ok(), &path, || {
                format!("expected the FQDN of a host, got {name:?}")
            })?;
            self.readable(&["host", name], keys, LONGEST_KEY)?;
        }
        for (name, psk) in &credentials.psk {
            let identity = &psk.identity;
            let length = identity.len();
            let path = ["credentials", "psk", name, "identity"];
            let fits = (1..=LONGEST_IDENTITY).contains(&length);
            self.demand(fits, &path, || {
                format!("expected an identity of 1 to {LONGEST_IDENTITY} octets (RFC 4279, 5.3), got {length}")
            })?;
            self.demand(!identity.contains('\0'), &path, || {
                "expected an identity without zero octets".into()
            })?;
        }
        Ok(())
    }

    pub(super) fn readable(
        &self,
        kind: &[&str],
        keys: &BTreeMap<String, PresharedKey>,
        limit: usize,
    ) -> Result<(), ProfileError> {
        for (name, psk) in keys {
            let refused = |error| ProfileError::Key {
                place: (self.place)(
                    &[&["credentials"], kind, &[name.as_str(), psk.key.member()]].concat(),
                ),
                error,
            };
            let key = psk.key.key(self.folder).map_err(refused)?;
            let got = key.octets().len();
            if got > limit {
                return Err(refused(KeyError::TooLong { limit, got }));
            }
        }
        Ok(())
    }

    pub(super) fn certificates(&self) -> Result<(), ProfileError> {
        for (name, entry) in &self.profile.credentials.certificate {
            Certificates::of(entry, self.folder).map_err(|(member, message)| {
                ProfileError::Value {
                    place: (self.place)(&["credentials", "certificate", name, member]),
                    message,
                }
            })?;
        }
        Ok(())
    }

    /// Ordinary requests within associations need a key, or an anchor for the certificate of the IUT.
    pub(super) fn ordinary_association(&self) -> Result<(), ProfileError> {
        let credentials = &self.profile.credentials;
        let has_anchor = credentials
            .certificate
            .values()
            .any(|entry| !entry.trust_anchors.is_empty());
        match self.profile.endpoints.ordinary() {
            Some(endpoint) if endpoint.is_associated() => {
                if has_anchor || !credentials.psk.is_empty() {
                    return Ok(());
                }
                Err(ProfileError::NoTrust {
                    place: (self.place)(&["endpoints", endpoint.key()]),
                    endpoint: endpoint.key(),
                })
            }
            _ => Ok(()),
        }
    }
}
