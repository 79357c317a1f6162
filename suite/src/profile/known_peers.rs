//! The authorities and the peers of a profile, read.

use super::authority::private_key;
use super::load::REFERENCE;
use super::{Authority, Credentials, Peer};
use crate::tester::certificate::{
    CertificateError, ChainOrder, KeyAlgorithm, KeyPair, MadeElsewhere, Seed,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// Holders of certificates and raw public keys, and the authorities above the certificates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownPeers {
    /// The peers, by name.
    pub peers: BTreeMap<String, Peer>,
    authorities: BTreeMap<String, KnownAuthority>,
    /// The keys of raw public keys that stand in files, by the name of the peer.
    keys: BTreeMap<String, KeyPair>,
}

/// An authority, with what the tester draws keys from below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAuthority {
    /// From what the keys of peers are drawn.
    pub seed: Seed,
    /// The trust anchor, if it was made elsewhere.
    pub made: Option<MadeElsewhere>,
}

#[derive(Deserialize)]
struct OfReference {
    credentials: Credentials,
}

impl KnownPeers {
    /// Those of the embedded profile of the reference.
    pub fn of_reference() -> Self {
        let profile = toml::from_str::<OfReference>(REFERENCE);
        let credentials = profile.map(|profile| profile.credentials);
        Self::read(&credentials.unwrap_or_default(), Path::new(""))
    }

    /// All of a profile; what cannot be read was refused before.
    pub(super) fn read(credentials: &Credentials, folder: &Path) -> Self {
        let authorities = credentials.authority.iter();
        let authorities = authorities.filter_map(|(name, authority)| {
            let known = KnownAuthority::read(authority, folder)?;
            Some((name.clone(), known))
        });
        let keys = credentials.peer.iter().filter_map(|(name, peer)| {
            let key = private_key(&folder.join(peer.key.as_ref()?)).ok()?;
            Some((name.clone(), key))
        });
        Self {
            peers: credentials.peer.clone(),
            authorities: authorities.collect(),
            keys: keys.collect(),
        }
    }

    /// The authority above a peer.
    pub fn authority(&self, peer: &Peer) -> Option<&KnownAuthority> {
        self.authorities.get(peer.authority.as_ref()?)
    }

    /// The authority of a name.
    pub fn authority_named(&self, name: &str) -> Option<&KnownAuthority> {
        self.authorities.get(name)
    }

    /// The key of a raw public key; none of a peer of another flavour, or one that nothing is known of.
    pub fn raw_key(&self, name: &str) -> Result<Option<KeyPair>, CertificateError> {
        if let Some(key) = self.keys.get(name) {
            return Ok(Some(key.clone()));
        }
        let authority = self.peers.get(name).and_then(|peer| self.authority(peer));
        authority
            .map(|authority| KeyPair::draw(KeyAlgorithm::P256, &authority.seed, name))
            .transpose()
    }

    /// The trust anchors, each in DER.
    pub fn anchors(&self) -> Result<Vec<Vec<u8>>, CertificateError> {
        self.authorities
            .values()
            .map(KnownAuthority::anchor)
            .collect()
    }

    /// The seeds of the authorities that the tester makes.
    pub fn seeds(&self) -> impl Iterator<Item = &Seed> {
        let made = self.authorities.values();
        made.filter(|authority| authority.made.is_none())
            .map(|authority| &authority.seed)
    }
}

impl KnownAuthority {
    fn read(authority: &Authority, folder: &Path) -> Option<Self> {
        let made = authority.read(folder).ok()?;
        let seed = match (authority, &made) {
            (Authority::Seed(text), _) => Seed::new(text),
            // Nobody who lacks its key can draw those below it.
            (Authority::Files { .. }, Some(made)) => {
                let digest = Sha256::digest(&made.key.private_key_info().ok()?);
                Seed::new(
                    digest
                        .iter()
                        .map(|octet| format!("{octet:02x}"))
                        .collect::<String>(),
                )
            }
            (Authority::Files { .. }, None) => return None,
        };
        Some(Self { seed, made })
    }

    /// The trust anchor in DER.
    pub fn anchor(&self) -> Result<Vec<u8>, CertificateError> {
        match &self.made {
            Some(made) => Ok(made.der.clone()),
            None => ChainOrder::trusted_anchor(&self.seed).map(|anchor| anchor.der),
        }
    }
}
