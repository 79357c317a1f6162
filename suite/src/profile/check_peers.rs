//! What has to hold of the authorities and peers of a profile.

use super::authority::private_key;
use super::check::Checks;
use super::error::ProfileError;
use super::{Authority, Peer, PeerFlavour};

/// The lengths that RFC 6920, 9.4 names for digests of SHA-256.
const DIGEST_BITS: [u16; 6] = [256, 128, 120, 96, 64, 32];

impl Checks<'_> {
    pub(super) fn authorities(&self) -> Result<(), ProfileError> {
        for (name, authority) in &self.profile.credentials.authority {
            authority
                .read(self.folder)
                .map_err(|error| ProfileError::Value {
                    place: (self.place)(&["credentials", "authority", name]),
                    message: error.to_string(),
                })?;
        }
        Ok(())
    }

    pub(super) fn peers(&self) -> Result<(), ProfileError> {
        for (name, peer) in &self.profile.credentials.peer {
            self.issuer(name, peer)?;
            self.names(name, peer)?;
            self.entities(name, peer)?;
        }
        Ok(())
    }

    /// Where certificate and key come from.
    fn issuer(&self, name: &str, peer: &Peer) -> Result<(), ProfileError> {
        let path = |member| ["credentials", "peer", name, member];
        let authorities = &self.profile.credentials.authority;
        let authority = match &peer.authority {
            None => None,
            Some(wanted) => {
                let found = authorities.get(wanted);
                self.demand(found.is_some(), &path("authority"), || {
                    let known: Vec<&str> = authorities.keys().map(String::as_str).collect();
                    format!(
                        "expected a name below credentials.authority ({}), got {wanted:?}",
                        known.join(", ")
                    )
                })?;
                found
            }
        };
        if peer.flavour != PeerFlavour::RawKey {
            self.demand(authority.is_some(), &path("flavour"), || {
                format!(
                    "expected an authority for a certificate of flavour {}",
                    peer.flavour
                )
            })?;
            let alone =
                peer.key.is_none() && peer.digest_bits.is_none() && peer.identifier_form.is_none();
            return self.demand(alone, &path("flavour"), || {
                "expected key, digest_bits and identifier_form of raw public keys alone".into()
            });
        }
        let is_seed = authority.map(|authority| matches!(authority, Authority::Seed(_)));
        let one_source = matches!((&peer.key, is_seed), (Some(_), None) | (None, Some(true)));
        self.demand(one_source, &path("flavour"), || {
            "expected either key or an authority with a seed for a raw public key".into()
        })?;
        if let Some(file) = &peer.key {
            private_key(&self.folder.join(file)).map_err(|error| ProfileError::Value {
                place: (self.place)(&path("key")),
                message: error.to_string(),
            })?;
        }
        let bits = peer.digest_bits();
        self.demand(DIGEST_BITS.contains(&bits), &path("digest_bits"), || {
            format!("expected 256, 128, 120, 96, 64 or 32, got {bits}")
        })
    }

    /// Which names its flavour has (TS-0003 V3.18.0, 10.1.1).
    fn names(&self, name: &str, peer: &Peer) -> Result<(), ProfileError> {
        let names = peer.names.as_slice();
        let (right, expected) = match peer.flavour {
            PeerFlavour::CseId => (
                matches!(names, [name] if name.is_domain_name()),
                "one dns: name, the public domain name of the CSE-ID",
            ),
            PeerFlavour::AeId => (
                matches!(names, [name] if name.is_uri()),
                "one uri: name, the URI of the AE-ID",
            ),
            PeerFlavour::Device => (!names.is_empty(), "at least one hardware identifier"),
            PeerFlavour::NodeId => (names.len() == 1, "one name, the Node-ID"),
            PeerFlavour::RawKey => (
                names.is_empty() && peer.permitted.is_empty(),
                "neither names nor permitted of a raw public key",
            ),
        };
        self.demand(right, &["credentials", "peer", name, "names"], || {
            format!("expected {expected}, got {} names", names.len())
        })
    }

    /// For whom it can stand (TS-0003 V3.18.0, 8.1.2.1 and 8.2.1).
    fn entities(&self, name: &str, peer: &Peer) -> Result<(), ProfileError> {
        let entities = &peer.entities;
        let path = ["credentials", "peer", name, "entities"];
        let cses = entities.iter().filter(|entity| is_cse(entity)).count();
        let aes = entities.iter().filter(|entity| is_ae(entity)).count();
        self.demand(cses + aes == entities.len(), &path, || {
            format!("expected AE-ID-Stems (C…, S…) or a CSE-ID (/…), got {entities:?}")
        })?;
        let (right, expected) = match peer.flavour {
            PeerFlavour::CseId => (cses == 1 && aes == 0, "the CSE-ID"),
            PeerFlavour::AeId => (aes == 1 && cses == 0, "the AE-ID-Stem"),
            flavour if flavour.may_have_several_entities() => (
                cses == 0 || entities.len() == 1,
                "AE-ID-Stems, or a CSE-ID alone",
            ),
            _ => (entities.len() <= 1, "one entity at most"),
        };
        self.demand(right, &path, || {
            format!(
                "expected {expected} for flavour {}, got {entities:?}",
                peer.flavour
            )
        })
    }
}

fn is_ae(entity: &str) -> bool {
    entity.starts_with(['C', 'S']) && !entity.contains('/')
}

fn is_cse(entity: &str) -> bool {
    entity
        .strip_prefix('/')
        .is_some_and(|name| !name.is_empty() && !name.contains('/'))
}
