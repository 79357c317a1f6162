//! Holders of certificates and raw public keys that the IUT was told of, and that the tester plays.

use super::{IdentifierForm, PeerName};
use onem2m_identity::{DigestAlgorithm, IdentityError, PublicKeyId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;

/// What the IUT was told of a peer (TS-0003 V3.18.0, 8.1.2.4 and 8.2.1).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Peer {
    /// What it authenticates with.
    pub flavour: PeerFlavour,
    /// The authority under which the tester issues its certificate, by its name below `credentials.authority`; of a raw public
    /// key, the one from whose seed the key is drawn.
    pub authority: Option<String>,
    /// The names in its certificate, as they stand there. The first is the one that the IUT was told.
    #[serde(default)]
    pub names: Vec<PeerName>,
    /// The subtrees in which the issuer of its certificate may give names; any name if there are none.
    #[serde(default)]
    pub permitted: Vec<PeerName>,
    /// File of a raw public key's private key, PEM, PKCS #8.
    pub key: Option<PathBuf>,
    /// How many bits of the digest stand in the public key identifier that the IUT was told (10.1.2).
    pub digest_bits: Option<u16>,
    /// How the public key identifier that the IUT was told differs from that of 10.1.2; an IUT that refuses such a one knows
    /// nothing of the key.
    pub identifier_form: Option<IdentifierForm>,
    /// The AE-IDs, or the CSE-ID, of the entities that it stands for; none where the IUT was told nothing.
    #[serde(default)]
    pub entities: Vec<String>,
    /// Whether the IUT was told of it as an Initiating End-Point of ESCertKE too (TS-0003 V3.18.0, 8.7.2.2).
    #[serde(default)]
    pub initiates: bool,
}

/// A flavour of certificates that a CSE accepts (TS-0003 V3.18.0, 8.1.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeerFlavour {
    /// CSE-ID certificate.
    CseId,
    /// AE-ID certificate.
    AeId,
    /// Device certificate.
    Device,
    /// Node-ID certificate.
    NodeId,
    /// Raw public key.
    RawKey,
}

impl PeerFlavour {
    /// Whether it stands for a list of AEs (TS-0003 V3.18.0, 8.2.1).
    pub fn may_have_several_entities(self) -> bool {
        matches!(self, Self::Device | Self::NodeId)
    }
}

impl fmt::Display for PeerFlavour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(formatter)
    }
}

impl Peer {
    /// The public key identifier that the IUT was told, of this SubjectPublicKeyInfo.
    pub fn identifier(&self, information: &[u8]) -> Result<String, IdentityError> {
        let algorithm = match self.digest_bits() {
            256 => DigestAlgorithm::Sha256,
            bits => DigestAlgorithm::parse(&format!("sha-256-{bits}"))?,
        };
        let identifier = PublicKeyId::of(information, algorithm);
        Ok(match self.identifier_form {
            Some(form) => form.of(&identifier),
            None => identifier.to_string(),
        })
    }

    /// The digest bits of a raw public key, all of them where the profile says nothing.
    pub fn digest_bits(&self) -> u16 {
        self.digest_bits.unwrap_or(256)
    }
}
