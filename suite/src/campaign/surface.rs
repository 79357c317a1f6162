//! By which door of the IUT a campaign goes in.

use crate::catalogue::behaviour::Endpoint;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A surface.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// HTTP in the clear, octet by octet, on connections that stay open.
    #[default]
    Http,
    /// HTTP within security associations over the credentials of three AEs of the profile.
    Https,
    /// CoAP in the clear.
    Coap,
    /// CoAP within security associations, as over HTTPS.
    Coaps,
    /// Handshakes of TLS that are not as they should be.
    Handshake,
}

impl Surface {
    /// The endpoint that it needs.
    pub fn endpoint(self) -> Endpoint {
        match self {
            Self::Http => Endpoint::Http,
            Self::Https | Self::Handshake => Endpoint::Https,
            Self::Coap => Endpoint::Coap,
            Self::Coaps => Endpoint::Coaps,
        }
    }

    /// Whether AEs send within associations.
    pub fn is_associated(self) -> bool {
        matches!(self, Self::Https | Self::Coaps)
    }

    /// Whether the octets of requests are the tester's own.
    pub fn is_octets(self) -> bool {
        self == Self::Http
    }
}

impl fmt::Display for Surface {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(formatter)
    }
}
