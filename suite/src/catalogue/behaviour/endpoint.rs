//! The endpoints of an IUT.

use serde::{Deserialize, Serialize};

/// An endpoint of the IUT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// HTTP in the clear.
    Http,
    /// HTTP within TLS.
    Https,
    /// CoAP in the clear.
    Coap,
    /// CoAP within DTLS.
    Coaps,
    /// The MAF: HTTP within TLS.
    Maf,
    /// The MEF: HTTP within TLS.
    Mef,
}

impl Endpoint {
    /// All, in the order in which one of several is taken for ordinary requests.
    pub const ALL: [Self; 4] = [Self::Http, Self::Https, Self::Coap, Self::Coaps];

    /// Those of key services; no ordinary request goes there.
    pub const SERVICES: [Self; 2] = [Self::Maf, Self::Mef];

    /// Whether it is reached within security associations.
    pub fn is_associated(self) -> bool {
        matches!(self, Self::Https | Self::Coaps | Self::Maf | Self::Mef)
    }

    /// The port of a URL that has none (RFC 9110, 4.2; RFC 7252, 6.1 and 6.2).
    pub fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https | Self::Maf | Self::Mef => 443,
            Self::Coap => 5683,
            Self::Coaps => 5684,
        }
    }

    /// Whether octets travel in datagrams.
    pub fn is_datagram(self) -> bool {
        matches!(self, Self::Coap | Self::Coaps)
    }

    /// Its key in the profile, below `endpoints`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Coap => "coap",
            Self::Coaps => "coaps",
            Self::Maf => "maf",
            Self::Mef => "mef",
        }
    }

    /// The scheme of its URL.
    pub fn scheme(self) -> &'static str {
        match self {
            Self::Maf | Self::Mef => Self::Https.key(),
            own => own.key(),
        }
    }
}
