use onem2m_identity::Entity;
use onem2m_primitive::{Operation, Request, ResponseStatusCode};

use super::carried::Outcome;
use super::create;
use super::desk::Desk;
use super::procedure::{Journey, Mode, Pass};
use super::requester::association_required;
use crate::refusal::Refusal;
use crate::resource::{Kind, Resource};
use crate::scene::Scene;
use crate::tree::Tree;

/// Whether the request registers a CSE.
pub(super) fn is_registration(request: &Request) -> bool {
    request.operation == Operation::Create
        && request.resource_type == Some(Kind::RemoteCse.number())
}

/// The registration of a CSE: the generic procedure, with the credential in place of Recv-6.3 (TS-0004 V3.32.0,
/// 7.4.4.2.1; TS-0001 V3.36.0, 10.2.2.7).
pub(super) fn register(
    desk: &Desk<'_>,
    tree: &mut Tree,
    request: &Request,
    originator: &Entity,
) -> Outcome {
    let draft = {
        let scene = desk.scene(tree);
        let parent = (desk.clauses.target)(&scene, request)?;
        (desk.clauses.may_register)(&scene, originator)?;
        let journey = Journey {
            originator,
            request,
            pass: Pass::First,
            mode: Mode::Blocking,
        };
        let mut draft = create::draft(desk, tree, &journey, &parent.id)?;
        if (desk.clauses.is_registered_cse)(&scene, originator) {
            return Err(Refusal::new(
                ResponseStatusCode::ORIGINATOR_HAS_ALREADY_REGISTERED,
                "a CSE is registered with this CSE-ID",
            ));
        }
        (desk.clauses.identify)(&mut draft, request);
        draft
    };
    let draft = Resource {
        id: tree.assign_id(draft.kind),
        ..draft
    };
    let carried = create::insert(desk, tree, request, originator, draft)?;
    let associated = desk.arrival.peer.association.as_ref();
    if let Some(credential) = associated.and_then(|associated| associated.credential.clone()) {
        tree.note_credential(originator.clone(), credential);
    }
    Ok(carried)
}

/// Only a CSE registers as a CSE, and only within its own security association.
pub(crate) fn may_register(scene: &Scene<'_>, originator: &Entity) -> Result<(), Refusal> {
    match originator {
        Entity::Ae { .. } => Err(Refusal::not_allowed("an AE does not register as a CSE")),
        Entity::Cse { .. } if scene.arrival.peer.cse() == Some(originator) => Ok(()),
        Entity::Cse { .. } => Err(association_required(
            "a CSE registers within its own security association",
        )),
    }
}

/// Whether a registree has this CSE-ID already.
pub(crate) fn is_registered_cse(scene: &Scene<'_>, originator: &Entity) -> bool {
    scene.tree.registree(originator, scene.home).is_some()
}

/// CSE-ID is the value of From, whatever the representation says.
pub(crate) fn identify(draft: &mut Resource, request: &Request) {
    draft.set("csi", request.from.clone().unwrap_or_default());
}
