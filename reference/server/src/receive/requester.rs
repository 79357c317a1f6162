use onem2m_identity::{AeStem, Entity};
use onem2m_primitive::{Operation, Request, ResponseStatusCode};

use super::announcement;
use super::association::Identified;
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
    /// A registree CSE that announces an AE with a stem of the service provider.
    Announcer(Entity, Wish),
}

/// Which AE-ID-Stem a registering AE wants (TS-0001 V3.36.0, 10.2.2.2, step 002).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Any with this first character.
    First(char),
    /// This one.
    Stem(AeStem),
}

/// Recv-1.0, the From parameter (TS-0004 V3.32.0, 7.3.2.1): against the entity of the key where it came within an ESPrim
/// Object, against that of the security association, and against the registered AEs where there is neither.
///
/// From is text of the originator: it is read as an identifier or refused, and never searched for.
pub(crate) fn requester(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let clauses = scene.clauses;
    if let Some(protected) = &scene.arrival.protected {
        return (clauses.end_to_end.requester)(scene, request, &protected.entity);
    }
    let Some(associated) = &scene.arrival.peer.association else {
        (clauses.protection)(scene, request)?;
        return (clauses.in_the_clear)(scene, request);
    };
    match (clauses.identified)(scene, associated) {
        Identified::Cse(peer) => match announcement::speaker(scene, request, &peer) {
            Some(speaker) => speaker,
            None => (clauses.within_cse)(scene, request, &peer),
        },
        Identified::Applications(_)
            if is_registration(request) && (clauses.may_host_more)(associated) =>
        {
            (clauses.unidentified)(scene, request)
        }
        Identified::Applications(allowed) => (clauses.within_application)(scene, request, &allowed),
        Identified::Nobody => (clauses.unidentified)(scene, request),
    }
}

/// Whether a request may come outside a security association at all: an IN-CSE may serve entities of the field domain
/// within one only (TS-0003 V3.18.0, 6.1.2.2.1). The administrator is of the infrastructure domain.
pub(crate) fn protection(scene: &Scene<'_>, request: &Request) -> Result<(), Refusal> {
    let configuration = scene.configuration;
    let is_infrastructure_cse = configuration.registrar.is_none();
    let is_administrator = request.from.as_deref() == Some(configuration.admin.as_str());
    match configuration.field_entities_in_the_clear || !is_infrastructure_cse || is_administrator {
        true => Ok(()),
        false => Err(association_required(
            "entities of the field domain need a security association",
        )),
    }
}

/// The From parameter of a request outside a security association.
pub(crate) fn in_the_clear(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let is_registration = is_registration(request);
    match request.from.as_deref() {
        None if is_registration => Ok(Requester::Registrant(Wish::First('C'))),
        None => Err(absent()),
        Some(from @ ("C" | "S")) if is_registration => {
            Ok(Requester::Registrant(Wish::First(if from == "S" {
                'S'
            } else {
                'C'
            })))
        }
        Some(from) => match read(scene, from)? {
            Entity::Cse { .. } => Err(association_required("a CSE needs a security association")),
            entity @ Entity::Ae { .. } => application(scene, from, entity, is_registration),
        },
    }
}

/// Whether the request registers an AE.
pub(crate) fn is_registration(request: &Request) -> bool {
    request.operation == Operation::Create
        && request.resource_type == Some(Kind::ApplicationEntity.number())
}

/// From as an identifier.
pub(super) fn read(scene: &Scene<'_>, from: &str) -> Result<Entity, Refusal> {
    Entity::parse(from, scene.home)
        .map_err(|reason| Refusal::bad_request(format!("From: {reason}")))
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
        Err(_) if is_registered || is_registration => Err(another_form()),
        _ => Err(not_authenticated("no AE is registered with this AE-ID")),
    }
}

/// An AE-ID stands for its AE from the registration on until it is deregistered or expires.
pub(crate) fn registered(scene: &Scene<'_>, entity: &Entity) -> bool {
    match entity {
        Entity::Ae { stem, .. } => scene.tree.registered(stem) == Some(entity),
        Entity::Cse { .. } => false,
    }
}

pub(super) fn absent() -> Refusal {
    Refusal::bad_request("expected a From parameter, got none")
}

pub(crate) fn another_form() -> Refusal {
    Refusal::bad_request("expected the bare AE-ID-Stem of a registree in From, got another form")
}

pub(crate) fn not_authenticated(reason: &str) -> Refusal {
    Refusal::new(ResponseStatusCode::ORIGINATOR_NOT_AUTHENTICATED, reason)
}

pub(super) fn association_required(reason: &str) -> Refusal {
    Refusal::new(ResponseStatusCode::SECURITY_ASSOCIATION_REQUIRED, reason)
}
