use onem2m_identity::{AeStem, Entity, StemScope};
use onem2m_primitive::Request;

use super::requester::{
    Requester, Wish, absent, another_form, is_registration, not_authenticated, read,
};
use crate::peer::{Allowed, Associated};
use crate::refusal::Refusal;
use crate::scene::Scene;
use crate::tree::Tree;

/// Whom a security association stands for at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Identified {
    Cse(Entity),
    /// One of these AEs.
    Applications(Vec<Entity>),
    /// An AE that has not registered yet.
    Nobody,
}

/// What an association says, and where that is no identity, what its Credential-ID is bound to (TS-0003 V3.18.0, 8.2.1).
pub(crate) fn identified(scene: &Scene<'_>, associated: &Associated) -> Identified {
    match &associated.allowed {
        Allowed::One(cse @ Entity::Cse { .. }) => Identified::Cse(cse.clone()),
        Allowed::One(application) => Identified::Applications(vec![application.clone()]),
        Allowed::Several(applications) => Identified::Applications(applications.clone()),
        Allowed::Unknown => {
            let credential = associated.credential.as_deref();
            match credential.map(|credential| scene.tree.bound_to(credential)) {
                Some(applications) if !applications.is_empty() => {
                    Identified::Applications(applications.to_vec())
                }
                _ => Identified::Nobody,
            }
        }
    }
}

/// Whether the association that carries the request is one with this entity.
pub(crate) fn stands_for(scene: &Scene<'_>, entity: &Entity) -> bool {
    let association = scene.arrival.peer.association.as_ref();
    match association.map(|associated| (scene.clauses.identified)(scene, associated)) {
        Some(Identified::Cse(cse)) => cse == *entity,
        Some(Identified::Applications(applications)) => applications.contains(entity),
        Some(Identified::Nobody) | None => false,
    }
}

/// Whether further AEs may register within an association that AEs are bound to already: behind a device or a Node-ID
/// certificate, whose type numbers are 31 and 34 (TS-0003 V3.18.0, 8.2.1 and 12.3.2.1).
pub(crate) fn may_host_more(associated: &Associated) -> bool {
    let kind = associated
        .credential
        .as_deref()
        .and_then(|credential| credential.split_once('-'))
        .map(|(kind, _)| kind);
    associated.allowed == Allowed::Unknown && matches!(kind, Some("31" | "34"))
}

/// Makes the credential of an association without an identity stand for the AE that registered within it.
pub(crate) fn bind(tree: &mut Tree, associated: &Associated, application: &Entity) {
    if let (Allowed::Unknown, Some(credential)) = (&associated.allowed, &associated.credential) {
        tree.bind(credential, application.clone());
    }
}

/// From within an association that nobody is known to be at the other end of: an AE registers, and that is all.
pub(crate) fn unidentified(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    if !is_registration(request) {
        return Err(not_authenticated(
            "no AE has registered within the security association",
        ));
    }
    match request.from.as_deref() {
        None => Ok(Requester::Registrant(Wish::First('C'))),
        Some("C") => Ok(Requester::Registrant(Wish::First('C'))),
        Some("S") => Ok(Requester::Registrant(Wish::First('S'))),
        Some(from) => match (read(scene, from)?, AeStem::parse(from)) {
            (Entity::Cse { .. }, _) => {
                Err(not_authenticated("the association is not that of a CSE"))
            }
            (Entity::Ae { .. }, Ok(stem)) => Ok(Requester::Registrant(Wish::Stem(stem))),
            (Entity::Ae { .. }, Err(_)) => Err(another_form()),
        },
    }
}

/// From within the security association of an AE or of a node with AEs (TS-0004 V3.32.0, 7.3.2.1; TS-0003 V3.18.0,
/// 7.2.1): an allowed AE, by its bare stem. An AE that registers and leaves the choice of a stem to the CSE gets one of
/// its association.
pub(crate) fn within_application(
    scene: &Scene<'_>,
    request: &Request,
    allowed: &[Entity],
) -> Result<Requester, Refusal> {
    let is_registration = is_registration(request);
    let from = match request.from.as_deref() {
        None | Some("C" | "S") if is_registration => {
            return free_stem(scene, allowed)
                .map(|stem| Requester::Registrant(Wish::Stem(stem)))
                .ok_or_else(|| not_authenticated("the association allows no AE"));
        }
        None => return Err(absent()),
        Some(from) => from,
    };
    let originator = read(scene, from)?;
    if !(scene.clauses.allowed_within)(allowed, &originator) {
        return Err(not_authenticated(
            "From is not an AE of the security association",
        ));
    }
    match AeStem::parse(from) {
        Err(_) => Err(another_form()),
        Ok(stem) if is_registration => Ok(Requester::Registrant(Wish::Stem(stem))),
        Ok(_) if (scene.clauses.registered)(scene, &originator) => Ok(Requester::Known(originator)),
        Ok(_) => Err(not_authenticated("no AE is registered with this AE-ID")),
    }
}

/// Of the AEs of an association the first that is not registered yet, else the first.
fn free_stem(scene: &Scene<'_>, allowed: &[Entity]) -> Option<AeStem> {
    let stems = || {
        allowed.iter().filter_map(|entity| match entity {
            Entity::Ae { stem, .. } => Some(stem),
            Entity::Cse { .. } => None,
        })
    };
    stems()
        .find(|stem| scene.tree.registered(stem).is_none())
        .or_else(|| stems().next())
        .cloned()
}

/// Whether an AE may use this From within its security association (TS-0003 V3.18.0, 7.2.1, steps 2 and 3).
pub(crate) fn allowed_within(allowed: &[Entity], originator: &Entity) -> bool {
    allowed.contains(originator)
}

/// From within the security association of a CSE (TS-0004 V3.32.0, 7.3.2.1): the CSE itself, what is behind it, and what
/// is registered elsewhere and has been forwarded.
pub(crate) fn within_cse(
    scene: &Scene<'_>,
    request: &Request,
    peer: &Entity,
) -> Result<Requester, Refusal> {
    let from = request.from.as_deref().ok_or_else(absent)?;
    let originator = read(scene, from)?;
    if (scene.clauses.is_stem_over_mcc)(from, &originator) {
        return Err(not_authenticated(
            "From is a stem, which means nothing between CSEs",
        ));
    }
    if (scene.clauses.is_of_another)(scene, peer, &originator) {
        return Err(not_authenticated(
            "From belongs to another CSE than that of the security association",
        ));
    }
    if is_registration(request) {
        return Err(Refusal::not_allowed(
            "an AE registers itself, and no CSE registers it",
        ));
    }
    Ok(Requester::Known(originator))
}

/// Whether From is a CSE-relative stem of C-type, which only the registrar of the AE can read.
pub(crate) fn is_stem_over_mcc(from: &str, _originator: &Entity) -> bool {
    AeStem::parse(from).is_ok_and(|stem| stem.scope() == StemScope::Registrar)
}

/// Whether From names another registree CSE, or an AE with a C-type stem of another registree CSE. The CSE itself and its
/// own AEs are not mentioned by the clause; nobody sends their requests to it from outside, so they count as others.
pub(crate) fn is_of_another(scene: &Scene<'_>, peer: &Entity, originator: &Entity) -> bool {
    let Some(cse) = cse_of(originator) else {
        return false;
    };
    cse != *peer
        && ((scene.clauses.is_own)(scene, &cse) || scene.tree.registree(&cse, scene.home).is_some())
}

/// Whether the CSE is this one.
pub(crate) fn is_own(scene: &Scene<'_>, cse: &Entity) -> bool {
    *cse == Entity::hosting(scene.home)
}

/// The CSE portion of an identifier; none for an AE whose stem the service provider assigned.
pub(crate) fn cse_of(entity: &Entity) -> Option<Entity> {
    match entity {
        Entity::Cse { .. } => Some(entity.clone()),
        Entity::Ae { sp, cse, .. } => cse.clone().map(|cse| Entity::Cse {
            sp: sp.clone(),
            cse,
        }),
    }
}
