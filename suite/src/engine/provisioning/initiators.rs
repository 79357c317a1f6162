//! What the reference is told as Terminating End-Point of ESCertKE.

use super::certificates::{own, trust};
use crate::profile::{KnownPeers, Peer};
use onem2m_identity::Home;
use onem2m_server::{Configuration, FailureStyle, Terminating};
use std::sync::Arc;
use std::time::Duration;

/// How long a half exchange is kept, as PIXIT_T_ESCERTKE of the profile says.
const LIFETIME: Duration = Duration::from_secs(12);

/// The own certificate, and the peers that initiate; none if there are no such peers.
pub fn terminating(
    configuration: &Configuration,
    peers: &KnownPeers,
    home: &Home,
) -> Option<Arc<Terminating>> {
    let initiates = |peer: &Peer| peer.initiates;
    if !peers.peers.values().any(initiates) {
        return None;
    }
    Some(Arc::new(Terminating {
        certificate: own(configuration, peers).ok()?,
        initiators: trust(peers, home, initiates),
        lifetime: LIFETIME,
        failures: FailureStyle::Alert,
    }))
}
