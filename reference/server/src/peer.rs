use std::net::SocketAddr;

use onem2m_identity::Entity;

/// Who is at the other end of a connection, as far as the transport tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Peer {
    /// Where the connection comes from.
    pub address: SocketAddr,
    /// The security association that the connection is (TS-0003 V3.18.0, 6.1.2.2); none without one.
    pub association: Option<Associated>,
}

/// What a security association says of the entity that established it (TS-0003 V3.18.0, 8.2.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Associated {
    /// The Credential-ID of what the entity was authenticated with, such as `12-lock@in.example.com` (TS-0003 V3.18.0,
    /// 10.4), if it is known.
    pub credential: Option<String>,
    /// The App-ID that its certificate holds beside its AE-ID (TS-0001 V3.36.0, 10.2.2.2, step 003).
    pub app_id: Option<String>,
    /// Whom it may speak for.
    pub allowed: Allowed,
}

/// Whom an association may speak for (TS-0003 V3.18.0, 8.2.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Allowed {
    /// One CSE or one AE.
    One(Entity),
    /// Each AE of a list, behind a device or Node-ID certificate.
    Several(Vec<Entity>),
    /// Nobody yet: the AE that registers first, and then whoever the Credential-ID is bound to.
    Unknown,
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
        self.within(Associated::with(entity))
    }

    /// The same connection inside a security association.
    pub fn within(self, association: Associated) -> Self {
        Self {
            association: Some(association),
            ..self
        }
    }

    /// The CSE that the association is with.
    pub fn cse(&self) -> Option<&Entity> {
        match self.association.as_ref()?.entity()? {
            cse @ Entity::Cse { .. } => Some(cse),
            Entity::Ae { .. } => None,
        }
    }
}

impl Associated {
    /// An association with one entity.
    pub fn with(entity: Entity) -> Self {
        Self::of(Allowed::One(entity))
    }

    /// An association with whom is allowed.
    pub fn of(allowed: Allowed) -> Self {
        Self {
            credential: None,
            app_id: None,
            allowed,
        }
    }

    /// The same, established with the credential of this Credential-ID.
    pub fn by(self, credential: impl Into<String>) -> Self {
        Self {
            credential: Some(credential.into()),
            ..self
        }
    }

    /// The same, by a certificate that holds this App-ID.
    pub fn certifying(self, app_id: impl Into<String>) -> Self {
        Self {
            app_id: Some(app_id.into()),
            ..self
        }
    }

    /// The entity, if it is one and known.
    pub fn entity(&self) -> Option<&Entity> {
        match &self.allowed {
            Allowed::One(entity) => Some(entity),
            Allowed::Several(_) | Allowed::Unknown => None,
        }
    }
}
