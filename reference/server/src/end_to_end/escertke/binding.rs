use onem2m_association::{Allowed, ServerSession};
use onem2m_identity::Entity;

/// Whom the key is with: the entity of the certificate, which has to be the one whose From both messages had
/// (TS-0003 V3.18.0, 8.7.2.2, step C.2; TS-0001 V3.36.0, 11.4.3, step C.1a).
pub(crate) fn initiator(from: &Entity, session: &ServerSession) -> Option<Entity> {
    match &session.binding()?.allowed {
        Allowed::Entity(entity) if entity.absolute() == from.absolute() => Some(entity.clone()),
        _ => None,
    }
}
