use std::net::SocketAddr;

use onem2m_identity::Entity;

/// Who is at the other end of a connection, as far as the transport tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Where the connection comes from.
    pub address: SocketAddr,
    /// The entity that a security association has authenticated (TS-0003 V3.18.0, 6.1.2.2); nobody without one.
    pub association: Option<Entity>,
}

impl Peer {
    /// A connection outside any security association.
    pub fn plain(address: SocketAddr) -> Self {
        Self {
            address,
            association: None,
        }
    }

    /// The same connection inside a security association with an entity.
    pub fn associated(self, entity: Entity) -> Self {
        Self {
            association: Some(entity),
            ..self
        }
    }
}
