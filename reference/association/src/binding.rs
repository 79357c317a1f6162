use onem2m_identity::{CredentialId, CredentialType, Entity, PskIdentity, PublicKeyId};

use crate::{
    Certificate, Clauses, Flavour, PeerCredential, PskTable, ServerConfiguration, Trust, host,
};

/// Whom an association may speak for (TS-0003 V3.18.0, 8.2.1 and 8.2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Not configured with the credential: to be found by its Credential-ID.
    Unstated,
    /// One AE or CSE.
    Entity(Entity),
    /// Any of these AEs; only a device or Node-ID certificate leads to a list.
    Applications(Vec<Entity>),
}

/// By what a certificate or raw public key matched, and whom that lets it speak for.
pub type Match<T> = (T, Allowed);

/// What a server knows of its peer, once the association is established.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// What the peer showed.
    pub credential: PeerCredential,
    /// The Credential-ID of it (TS-0003 V3.18.0, 10.4 and 12.3.2.1); `None` where the table has none for it.
    pub credential_id: Option<CredentialId>,
    /// The flavour of its certificate or key; `None` for a symmetric key.
    pub flavour: Option<Flavour>,
    /// Whom it may speak for.
    pub allowed: Allowed,
    /// The position of the virtual host that the client asked for; `None` for the default authority.
    pub host: Option<usize>,
}

/// The binding that a credential leads to; `None` if it is not, or no longer, one that this server accepts.
pub(crate) fn of_credential(
    configuration: &ServerConfiguration,
    credential: &PeerCredential,
    host: Option<usize>,
) -> Option<Binding> {
    let clauses = &configuration.clauses;
    let bound = |credential_id, flavour, allowed| Binding {
        credential: credential.clone(),
        credential_id,
        flavour,
        allowed,
        host,
    };
    match credential {
        PeerCredential::Psk { identity } => {
            let table = host::table(configuration, host)?;
            let allowed = (clauses.entity_of_identity)(clauses, table, identity)?;
            let stated = table.get(identity).and_then(|entry| entry.credential_id);
            let formed = || (clauses.credential_id_of_identity)(identity);
            Some(bound(stated.or_else(formed), None, allowed))
        }
        PeerCredential::Certificates(chain) => {
            let certificate = Certificate::parse(chain.first()?).ok()?;
            let (flavour, allowed) =
                (clauses.entity_of_certificate)(clauses, &configuration.trust, &certificate)?;
            Some(bound(
                flavour.credential_id(&allowed),
                Some(flavour),
                allowed,
            ))
        }
        PeerCredential::RawPublicKey(key) => {
            let (identifier, allowed) =
                (clauses.entity_of_raw_public_key)(clauses, &configuration.trust, key)?;
            let flavour = Flavour::RawPublicKey(identifier);
            Some(bound(
                flavour.credential_id(&allowed),
                Some(flavour),
                allowed,
            ))
        }
    }
}

/// The entity in the row of the identity that was presented (TS-0003 V3.18.0, 8.2.2.1).
pub(crate) fn entity_of_identity(
    clauses: &Clauses,
    table: &PskTable,
    identity: &[u8],
) -> Option<Allowed> {
    (clauses.key_of_identity)(table, identity).map(|entry| entry.allowed)
}

/// The Credential-ID of a key used in an SAEF: type 12 and the KpsaID or Key Identifier (TS-0003 V3.18.0, 12.3.2.1);
/// `None` if the identity has characters that a Credential-ID cannot have.
pub(crate) fn credential_id_of_identity(identity: &[u8]) -> Option<CredentialId> {
    let identity = PskIdentity::parse(identity).ok()?;
    CredentialId::new(CredentialType::AssociationKey, identity.as_str()).ok()
}

/// The flavour and entity of the first peer configured that a certificate matches (TS-0003 V3.18.0, 8.1.2.5).
pub(crate) fn entity_of_certificate(
    clauses: &Clauses,
    trust: &Trust,
    certificate: &Certificate,
) -> Option<Match<Flavour>> {
    trust
        .peers
        .iter()
        .find_map(|peer| peer.matches_certificate(clauses, certificate))
}

/// The identifier and entity of the first peer configured that a raw public key matches (TS-0003 V3.18.0, 10.1.2).
pub(crate) fn entity_of_raw_public_key(
    clauses: &Clauses,
    trust: &Trust,
    key: &[u8],
) -> Option<Match<PublicKeyId>> {
    trust
        .peers
        .iter()
        .find_map(|peer| peer.matches_raw_public_key(clauses, key))
}
