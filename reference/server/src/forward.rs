use onem2m_identity::{AeStem, Entity, Home, ResourceAddress};
use onem2m_primitive::{Request, ResponseStatusCode};

use crate::hop::{Hop, hops};
use crate::outbound::Addressing;
use crate::receive::{Carried, Outcome};
use crate::refusal::Refusal;
use crate::resource::Resource;
use crate::scene::Scene;

/// The CSE that hosts the target, if it is another one (TS-0004 V3.32.0, 7.3.2.8).
pub(crate) fn elsewhere(scene: &Scene<'_>, to: &str) -> Option<Entity> {
    let host = host(&ResourceAddress::parse(to).ok()?, scene.home);
    (host != Entity::hosting(scene.home)).then_some(host)
}

/// Sends a request on to the CSE that leads to its target (TS-0004 V3.32.0, 7.3.2.6).
pub(crate) fn forward(
    scene: &Scene<'_>,
    request: &Request,
    originator: &Entity,
    host: &Entity,
) -> Outcome {
    let next = (scene.clauses.next_hop)(scene, host)
        .filter(|next| !is_behind(scene, next))
        .ok_or_else(|| Refusal::not_found("no registered CSE leads to the target"))?;
    let hops = hops_to(scene, next);
    if hops.is_empty() {
        return Err(Refusal::new(
            ResponseStatusCode::TARGET_NOT_REACHABLE,
            "the next CSE has no point of access",
        ));
    }
    let from = request.from.clone().unwrap_or_default();
    let from = (scene.clauses.forwarded_from)(scene, &from, originator, host);
    Ok(Carried::Retarget {
        hops,
        addressing: Addressing::Target,
        request: Box::new(request.clone().from(from)),
    })
}

/// The `<remoteCSE>` whose CSE-ID or one of whose descendantCSEs is the host; without one an MN-CSE asks its registrar,
/// unless the request comes from there.
pub(crate) fn next_hop<'a>(scene: &Scene<'a>, host: &Entity) -> Option<&'a Resource> {
    let leads_there = |registree: &&Resource| {
        let descendants = registree.texts("dcse").unwrap_or_default();
        registree
            .text("csi")
            .into_iter()
            .chain(descendants)
            .any(|csi| cse(csi, scene.home).as_ref() == Some(host))
    };
    let registrar = || {
        let registrar = scene.configuration.registrar.as_ref()?;
        let registrar = Entity::Cse {
            sp: scene.home.sp.clone(),
            cse: registrar.cse_id.clone(),
        };
        scene.tree.registree(&registrar, scene.home)
    };
    scene.tree.registrees().find(leads_there).or_else(registrar)
}

/// Whether the request came from the CSE that it would go to: two CSEs that each take the other for the way would pass it
/// to and fro for ever.
fn is_behind(scene: &Scene<'_>, next: &Resource) -> bool {
    let next = next.text("csi").and_then(|csi| cse(csi, scene.home));
    next.is_some() && next.as_ref() == scene.arrival.peer.cse()
}

/// From as the next CSE has to read it: a stem is nothing to it, and neither is an SP-relative identifier in another
/// domain (TS-0004 V3.32.0, 7.3.2.6; TS-0001 V3.36.0, 7.2).
pub(crate) fn forwarded_from(
    scene: &Scene<'_>,
    from: &str,
    originator: &Entity,
    host: &Entity,
) -> String {
    let is_absolute = from.starts_with("//");
    if host.sp() != &scene.home.sp && !is_absolute {
        originator.absolute()
    } else if AeStem::parse(from).is_ok() {
        originator.sp_relative()
    } else {
        from.to_owned()
    }
}

/// How a registered CSE is reached where it takes requests; not at all if it is not reachable.
pub(crate) fn hops_to(scene: &Scene<'_>, registree: &Resource) -> Vec<Hop> {
    if registree.attribute("rr") != Some(&true.into()) {
        return Vec::new();
    }
    let addresses = registree.texts("poa").unwrap_or_default();
    let addresses = addresses.into_iter().map(str::to_owned).collect();
    hops(scene, addresses, &registree.creator)
}

/// A CSE-ID of either form.
pub(crate) fn cse(text: &str, home: &Home) -> Option<Entity> {
    match ResourceAddress::parse(text).ok()? {
        ResourceAddress::CseRelative(_) => None,
        address if address.path().is_some() => None,
        address => Some(host(&address, home)),
    }
}

/// The CSE that hosts what an identifier names.
pub(crate) fn host(address: &ResourceAddress, home: &Home) -> Entity {
    Entity::Cse {
        sp: address.sp().unwrap_or(&home.sp).clone(),
        cse: address.cse().unwrap_or(&home.cse).clone(),
    }
}
