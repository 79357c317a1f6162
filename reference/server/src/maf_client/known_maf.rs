use std::time::Duration;

use onem2m_association::{ClientCredential, Trust};
use onem2m_identity::DomainName;

use crate::key_services::WireNames;

/// An MAF that a CSE is a client of: what MAF Credential Configuration and Client Registration Configuration gave it (TS-0003
/// V3.18.0, 8.8.3).
#[derive(Clone, Debug)]
pub struct KnownMaf {
    /// Its MAF-FQDN.
    pub fqdn: DomainName,
    /// Where it is, such as `https://192.0.2.1:8443`. No name in a psk_identity leads anywhere else.
    pub address: String,
    /// With what the CSE authenticates itself: Km and KmID, or a certificate.
    pub credential: ClientCredential,
    /// Whom it trusts to be the MAF, where that shows a certificate.
    pub trust: Trust,
    /// The FQDN of the stakeholder for whom it registers as client.
    pub stakeholder: String,
    /// How an output key becomes Kc.
    pub reading: KcReading,
    /// How long it waits for the MAF, from the first octet to the key.
    pub patience: Duration,
    /// Names on the wire.
    pub names: WireNames,
}

/// How the output key of an MAF becomes Kc: the texts differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KcReading {
    /// It is Kc (TS-0003 V3.18.0, 8.2.2.3).
    #[default]
    Whole,
    /// Its first half is, as where a security feature needs one key (TS-0003 V3.18.0, 8.8.1).
    FirstHalf,
}
