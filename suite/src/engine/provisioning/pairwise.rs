//! Keys of end-to-end protection.

use super::Told;
use crate::profile::Provisioned;
use crate::tester::esprim::readings;
use crate::tester::reference_keys::named;
use onem2m_identity::Home;
use onem2m_keys::{PairwiseEsPrimKey, Suid};
use onem2m_server::{EndToEnd, ErrorStyle, Initiating, Pair, Pairs, Terminating};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// How long rand objects of the reference are valid, where no profile says it.
const LIFETIME: Duration = Duration::from_secs(16);

/// A pre-provisioned symmetric key for ESPrim (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
const PROVISIONED: Suid = Suid(13);

/// A reference that shares these keys, may establish others, and notices objects that come again; none without either.
pub fn end_to_end(
    told: &Told,
    terminating: Option<Arc<Terminating>>,
    initiating: Option<Arc<Initiating>>,
    home: &Home,
) -> Option<Arc<EndToEnd>> {
    let keys = &told.pairwise;
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
    let read = as_read(&told.pixit);
    Some(Arc::new(EndToEnd {
        pairs: Arc::new(pairs),
        rotation: Some(read.lifetime / 2),
        refreshes: true,
        detects_replays: true,
        terminating,
        initiating,
        ..read
    }))
}

/// What a profile says of end-to-end protection where the specification leaves it open.
pub fn as_read(pixit: &BTreeMap<String, String>) -> EndToEnd {
    let stated = |name: &str| pixit.get(name).map(String::as_str);
    let lifetime = stated("PIXIT_ESPRIM_RAND_LIFETIME").and_then(|value| value.parse().ok());
    EndToEnd {
        readings: readings(pixit),
        lifetime: lifetime.map_or(LIFETIME, Duration::from_secs),
        errors: match stated("PIXIT_ESPRIM_ERROR_STYLE") {
            Some("secured") => ErrorStyle::Secured,
            _ => ErrorStyle::Clear,
        },
        ..EndToEnd::default()
    }
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
