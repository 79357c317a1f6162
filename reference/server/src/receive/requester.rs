use onem2m_identity::{AeStem, Entity};
use onem2m_primitive::{Operation, Request, ResponseStatusCode};

use crate::refusal::Refusal;
use crate::resource::Kind;
use crate::scene::Scene;

/// Who sends a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Requester {
    /// An entity that may send requests.
    Known(Entity),
    /// An AE that registers.
    Registrant(Wish),
}

/// Which AE-ID-Stem a registering AE wants (TS-0001 V3.36.0, 10.2.2.2, step 002).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Any with this first character.
    First(char),
    /// This one.
    Stem(AeStem),
}

/// Recv-1.0, the From parameter of a request outside a security association (TS-0004 V3.32.0, 7.3.2.1).
///
/// From is text of the originator: it is read as an identifier or refused, and never searched for.
pub(crate) fn requester(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let is_registration = request.operation == Operation::Create
        && request.resource_type == Some(Kind::ApplicationEntity.number());
    match request.from.as_deref() {
        None if is_registration => Ok(Requester::Registrant(Wish::First('C'))),
        None => Err(Refusal::bad_request("expected a From parameter, got none")),
        Some(from @ ("C" | "S")) if is_registration => {
            Ok(Requester::Registrant(Wish::First(if from == "S" {
                'S'
            } else {
                'C'
            })))
        }
        Some(from) => match Entity::parse(from, scene.home) {
            Err(reason) => Err(Refusal::bad_request(format!("From: {reason}"))),
            Ok(Entity::Cse { .. }) => Err(Refusal::new(
                ResponseStatusCode::SECURITY_ASSOCIATION_REQUIRED,
                "a CSE needs a security association",
            )),
            Ok(entity @ Entity::Ae { .. }) => application(scene, from, entity, is_registration),
        },
    }
}

/// A registree names itself by its bare stem; an AE-ID of any form that nobody is registered with is not authenticated.
fn application(
    scene: &Scene<'_>,
    from: &str,
    entity: Entity,
    is_registration: bool,
) -> Result<Requester, Refusal> {
    let is_registered = (scene.clauses.registered)(scene, &entity);
    match AeStem::parse(from) {
        Ok(stem) if is_registration => Ok(Requester::Registrant(Wish::Stem(stem))),
        Ok(_) if is_registered => Ok(Requester::Known(entity)),
        Err(_) if is_registered || is_registration => Err(Refusal::bad_request(
            "expected the bare AE-ID-Stem of a registree in From, got another form",
        )),
        _ => Err(Refusal::new(
            ResponseStatusCode::ORIGINATOR_NOT_AUTHENTICATED,
            "no AE is registered with this AE-ID",
        )),
    }
}

/// An AE-ID stands for its AE from the registration on until it is deregistered or expires.
pub(crate) fn registered(scene: &Scene<'_>, entity: &Entity) -> bool {
    match entity {
        Entity::Ae { stem, .. } => scene.tree.registered(stem) == Some(entity),
        Entity::Cse { .. } => false,
    }
}
