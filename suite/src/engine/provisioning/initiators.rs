//! What the reference is told as either end of ESCertKE.

use super::Told;
use super::certificates::{own, trust};
use crate::profile::{KnownPeers, Peer};
use onem2m_identity::Home;
use onem2m_server::{Configuration, FailureStyle, Initiating, Terminating};
use std::sync::Arc;
use std::time::Duration;

/// How long a half exchange is kept, where no profile says it.
const LIFETIME: Duration = Duration::from_secs(12);

/// The own certificate, and the peers that initiate; none if there are no such peers.
pub fn terminating(
    configuration: &Configuration,
    told: &Told,
    home: &Home,
) -> Option<Arc<Terminating>> {
    let peers = &told.peers;
    let stated = |name: &str| told.pixit.get(name);
    let lifetime = stated("PIXIT_T_ESCERTKE").and_then(|value| value.parse().ok());
    let initiates = |peer: &Peer| peer.initiates;
    if !peers.peers.values().any(initiates) {
        return None;
    }
    Some(Arc::new(Terminating {
        certificate: own(configuration, peers).ok()?,
        initiators: trust(peers, home, initiates),
        lifetime: lifetime.map_or(LIFETIME, Duration::from_secs),
        failures: match stated("PIXIT_ESCERTKE_FAILURE").map(String::as_str) {
            Some("rsc") => FailureStyle::Code,
            _ => FailureStyle::Alert,
        },
    }))
}

/// The own certificate, and the authorities; none without them.
pub fn initiating(configuration: &Configuration, peers: &KnownPeers) -> Option<Arc<Initiating>> {
    Some(Arc::new(Initiating {
        certificate: own(configuration, peers).ok()?,
        anchors: peers.anchors().ok()?,
    }))
}
