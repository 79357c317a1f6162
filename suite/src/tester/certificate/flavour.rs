use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{CertificateOrder, ChainOrder, GeneralName};

/// A flavour of certificates with chains (TS-0003 V3.18.0, 10.1.1.4 to 10.1.1.8), and the names that it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flavour {
    /// CSE-ID certificate: the public domain name of the CSE-ID.
    CseId(String),
    /// AE-ID certificate: the URI of the AE-ID.
    AeId(String),
    /// Device certificate: hardware instance identifiers.
    Device(Vec<GeneralName>),
    /// Node-ID certificate: the Node-ID, in whatever form the profile states.
    NodeId(GeneralName),
    /// FQDN certificate: the name of a MEF or a MAF.
    Fqdn(String),
}

impl Flavour {
    /// The end certificate, right in everything.
    pub fn end(&self, now: OffsetDateTime) -> CertificateOrder {
        CertificateOrder::end(self.label(), self.names(), now)
    }

    /// A chain that is right in everything, under an authority that may give any name.
    pub fn unconstrained(&self, now: OffsetDateTime) -> ChainOrder {
        ChainOrder::unconstrained(self.end(now), now)
    }

    /// A chain that is right in everything, under an authority that may give names in these subtrees alone.
    pub fn constrained(&self, permitted: Vec<GeneralName>, now: OffsetDateTime) -> ChainOrder {
        ChainOrder::constrained(self.end(now), permitted, now)
    }

    fn label(&self) -> &'static str {
        match self {
            Self::CseId(_) => "LEAF_CSE",
            Self::AeId(_) => "LEAF_AE",
            Self::Device(_) => "LEAF_DEV",
            Self::NodeId(_) => "LEAF_NODE",
            Self::Fqdn(_) => "LEAF_FQDN",
        }
    }

    fn names(&self) -> Vec<GeneralName> {
        match self {
            Self::CseId(name) | Self::Fqdn(name) => vec![GeneralName::Dns(name.clone())],
            Self::AeId(uri) => vec![GeneralName::Uri(uri.clone())],
            Self::Device(names) => names.clone(),
            Self::NodeId(name) => vec![name.clone()],
        }
    }
}
