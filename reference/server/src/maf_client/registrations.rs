use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use onem2m_identity::DomainName;
use time::OffsetDateTime;
use tokio::sync::OwnedMutexGuard;

/// Until when a registration is in force, if there is one.
type Until = Option<OffsetDateTime>;

/// The client registrations of a CSE, by MAF.
#[derive(Default)]
pub(crate) struct Registrations {
    places: Mutex<HashMap<DomainName, Arc<tokio::sync::Mutex<Until>>>>,
    requests: AtomicU64,
}

impl Registrations {
    /// The registration at an MAF, for one who looks at a time: who comes while another registers waits for what that comes to.
    pub(crate) async fn of(&self, fqdn: &DomainName) -> OwnedMutexGuard<Until> {
        self.place(fqdn).lock_owned().await
    }

    /// From here on there is none.
    pub(crate) async fn forget(&self, fqdn: &DomainName) {
        *self.of(fqdn).await = None;
    }

    /// Tells requests to MAFs apart.
    pub(crate) fn next_number(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed)
    }

    fn place(&self, fqdn: &DomainName) -> Arc<tokio::sync::Mutex<Until>> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(places.entry(fqdn.clone()).or_default())
    }
}
