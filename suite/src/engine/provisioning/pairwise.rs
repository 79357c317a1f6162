//! Keys of end-to-end protection.

use crate::profile::Provisioned;
use crate::tester::reference_keys::named;
use onem2m_identity::Home;
use onem2m_keys::{PairwiseEsPrimKey, Suid};
use onem2m_server::{EndToEnd, Pair, Pairs, Terminating};
use std::sync::Arc;
use std::time::Duration;

/// How long rand objects of the reference are valid, as PIXIT_ESPRIM_RAND_LIFETIME of its profile says.
const LIFETIME: Duration = Duration::from_secs(16);

/// A pre-provisioned symmetric key for ESPrim (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
const PROVISIONED: Suid = Suid(13);

/// A reference that shares these keys, may establish others, and notices objects that come again; none without either.
pub fn end_to_end(
    keys: &[Provisioned],
    terminating: Option<Arc<Terminating>>,
    home: &Home,
) -> Option<Arc<EndToEnd>> {
    if keys.is_empty() && terminating.is_none() {
        return None;
    }
    let pairs = Pairs::new();
    for key in keys {
        // What cannot be known is left out: the objects under it show that.
        if let Some(pair) = pair(key, home) {
            let _ = pairs.provision(pair);
        }
    }
    Some(Arc::new(EndToEnd {
        pairs: Arc::new(pairs),
        lifetime: LIFETIME,
        rotation: Some(LIFETIME / 2),
        refreshes: true,
        detects_replays: true,
        terminating,
        ..EndToEnd::default()
    }))
}

fn pair(provisioned: &Provisioned, home: &Home) -> Option<Pair> {
    Some(Pair {
        id: provisioned.identity.clone(),
        key: PairwiseEsPrimKey::new(provisioned.key.octets()),
        entity: named(provisioned.entity.as_deref()?, home).ok()?,
        expires: None,
        usage: PROVISIONED,
    })
}
