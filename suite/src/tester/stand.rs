//! Where the tester waits for associations that the IUT opens.

use crate::catalogue::behaviour::Endpoint;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A place at which the IUT connects, so that the tester is the server of the association.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// The point of access of an entity of the tester, by TLS.
    PointOfAccess(String),
    /// The registrar of an AE under test, by TLS.
    Registrar,
    /// The same by DTLS.
    DatagramRegistrar,
    /// Where that AE would find the registrar in the clear.
    BesideRegistrar,
    /// The MAF of an IUT that is its client, with which it shares a key.
    Maf,
    /// The MAF of an IUT that shows a certificate, and that the IUT knows by one.
    MafByCertificate,
}

impl Stand {
    /// Whether an AE under test connects there.
    pub fn is_registrar(&self) -> bool {
        matches!(
            self,
            Self::Registrar | Self::DatagramRegistrar | Self::BesideRegistrar
        )
    }

    /// What is spoken there.
    pub fn endpoint(&self) -> Endpoint {
        match self {
            Self::PointOfAccess(_) | Self::Registrar | Self::Maf | Self::MafByCertificate => {
                Endpoint::Https
            }
            Self::DatagramRegistrar => Endpoint::Coaps,
            Self::BesideRegistrar => Endpoint::Http,
        }
    }
}

impl fmt::Display for Stand {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PointOfAccess(entity) => write!(formatter, "point of access of {entity}"),
            Self::Registrar => write!(formatter, "registrar"),
            Self::DatagramRegistrar => write!(formatter, "registrar over datagrams"),
            Self::BesideRegistrar => write!(formatter, "registrar in the clear"),
            Self::Maf => write!(formatter, "MAF"),
            Self::MafByCertificate => write!(formatter, "MAF by certificate"),
        }
    }
}
