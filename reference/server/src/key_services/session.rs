use std::sync::atomic::{AtomicBool, Ordering};

use onem2m_association::{Allowed, Binding, PeerCredential, Session as Association};
use onem2m_identity::Entity;
use onem2m_keys::EXPORTED_LENGTH;
use zeroize::Zeroizing;

use super::ServiceRole;

/// A session with a client, from its handshake to its end.
pub(crate) struct Session {
    /// The absolute identifier of the authenticated client.
    pub(crate) client: String,
    /// The same as an entity.
    pub(crate) entity: Entity,
    /// What it showed in the handshake.
    pub(crate) credential: PeerCredential,
    /// What was exported from the association.
    pub(crate) exported: Exported,
    /// Whether a key was registered with what was exported: another one would have the same octets.
    spent: AtomicBool,
}

impl Session {
    pub(crate) fn new(client: Entity, credential: PeerCredential, exported: Exported) -> Self {
        Self {
            client: client.absolute(),
            entity: client,
            credential,
            exported,
            spent: AtomicBool::new(false),
        }
    }

    /// Takes what was exported, once.
    pub(crate) fn spend(&self) -> bool {
        !self.spent.swap(true, Ordering::Relaxed)
    }

    /// What was taken led to nothing.
    pub(crate) fn restore(&self) {
        self.spent.store(false, Ordering::Relaxed);
    }
}

/// An identifier and a key (TS-0003 V3.18.0, 10.3.1): 16 and 32 octets.
#[derive(Clone)]
pub(crate) struct Exported {
    pub(crate) identifier: [u8; 16],
    pub(crate) key: Zeroizing<Vec<u8>>,
}

/// The client that an association authenticated (TS-0003 V3.18.0, 8.8.2.2 and 8.3.5.2.2); a credential that stands for nobody, or
/// for several, identifies no client.
pub(crate) fn client(binding: Option<&Binding>) -> Option<Entity> {
    match &binding?.allowed {
        Allowed::Entity(entity) => Some(entity.clone()),
        Allowed::Unstated | Allowed::Applications(_) => None,
    }
}

/// The most significant 16 octets are the identifier, the least significant 32 the key (TS-0003 V3.18.0, 10.3.1).
pub(crate) fn exported(role: ServiceRole, association: &dyn Association) -> Option<Exported> {
    exported_with(association, role.label().as_str())
}

/// The same with a label.
pub(crate) fn exported_with(association: &dyn Association, label: &str) -> Option<Exported> {
    let octets = association.export(label, EXPORTED_LENGTH).ok()?;
    let (identifier, key) = octets.split_at_checked(16)?;
    Some(Exported {
        identifier: identifier.try_into().ok()?,
        key: Zeroizing::new(key.to_vec()),
    })
}
