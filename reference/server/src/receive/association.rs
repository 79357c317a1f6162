use onem2m_identity::{AeStem, Entity, StemScope};
use onem2m_primitive::Request;

use super::requester::{
    Requester, Wish, absent, another_form, is_registration, not_authenticated, read,
};
use crate::refusal::Refusal;
use crate::scene::Scene;

/// From within the security association of an AE (TS-0004 V3.32.0, 7.3.2.1; TS-0003 V3.18.0, 7.2.1): the AE itself, by
/// its bare stem. An AE that registers and leaves the choice of a stem to the CSE gets the one of its association.
pub(crate) fn within_application(
    scene: &Scene<'_>,
    request: &Request,
    peer: &Entity,
) -> Result<Requester, Refusal> {
    let Entity::Ae { stem, .. } = peer else {
        return Err(not_authenticated("the association is not that of an AE"));
    };
    let is_registration = is_registration(request);
    let from = match request.from.as_deref() {
        None | Some("C" | "S") if is_registration => {
            return Ok(Requester::Registrant(Wish::Stem(stem.clone())));
        }
        None => return Err(absent()),
        Some(from) => from,
    };
    let originator = read(scene, from)?;
    if !(scene.clauses.allowed_within)(peer, &originator) {
        return Err(not_authenticated(
            "From is not the AE of the security association",
        ));
    }
    match AeStem::parse(from) {
        Err(_) => Err(another_form()),
        Ok(stem) if is_registration => Ok(Requester::Registrant(Wish::Stem(stem))),
        Ok(_) if (scene.clauses.registered)(scene, &originator) => Ok(Requester::Known(originator)),
        Ok(_) => Err(not_authenticated("no AE is registered with this AE-ID")),
    }
}

/// Whether an AE may use this From within its security association (TS-0003 V3.18.0, 7.2.1, steps 2 and 3).
pub(crate) fn allowed_within(peer: &Entity, originator: &Entity) -> bool {
    peer == originator
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
