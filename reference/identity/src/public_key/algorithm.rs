use std::fmt;

use crate::IdentityError;
use crate::text::parsed_from_str;

/// The hash algorithms that a public key identifier may use: SHA-256 and two of its truncations (TS-0003 V3.18.0,
/// 10.1.2; RFC 6920, 9.4). The shorter ones of the registry are not among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DigestAlgorithm {
    /// `sha-256`: all 32 octets.
    Sha256,
    /// `sha-256-128`: the first 16 octets.
    Sha256Of128,
    /// `sha-256-120`: the first 15 octets.
    Sha256Of120,
}

impl DigestAlgorithm {
    /// All of them, the longest first.
    pub const ALL: [Self; 3] = [Self::Sha256, Self::Sha256Of128, Self::Sha256Of120];

    /// Reads the name of an algorithm.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == text)
            .ok_or_else(|| IdentityError::Algorithm {
                got: text.to_owned(),
            })
    }

    /// The name in the registry of RFC 6920.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha-256",
            Self::Sha256Of128 => "sha-256-128",
            Self::Sha256Of120 => "sha-256-120",
        }
    }

    /// The length of the digest in octets.
    pub fn length(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha256Of128 => 16,
            Self::Sha256Of120 => 15,
        }
    }
}

impl fmt::Display for DigestAlgorithm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

parsed_from_str!(DigestAlgorithm);
