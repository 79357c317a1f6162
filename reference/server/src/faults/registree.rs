//! The registration of CSEs (TS-0004 V3.32.0, 7.4.4.2.1).

use onem2m_identity::Entity;

use super::Fault;
use crate::receive;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "RegistreeMayBeAe",
        requirement: "TS-0004/7.4.4.2.1/1",
        summary: "an AE may create a <remoteCSE>",
        apply: |clauses| {
            clauses.may_register = |scene, originator| match originator {
                Entity::Ae { .. } => Ok(()),
                Entity::Cse { .. } => receive::may_register(scene, originator),
            }
        },
    },
    Fault {
        name: "RegistreeWithoutAssociation",
        requirement: "TS-0004/7.4.4.2.1/1",
        summary: "a <remoteCSE> is created outside any security association",
        apply: |clauses| {
            clauses.in_the_clear = |scene, request| {
                let is_registree = request.resource_type == Some(16);
                let from = request.from.as_deref().unwrap_or_default();
                match Entity::parse(from, scene.home) {
                    Ok(entity @ Entity::Cse { .. }) if is_registree => {
                        Ok(receive::Requester::Known(entity))
                    }
                    _ => receive::in_the_clear(scene, request),
                }
            };
            clauses.may_register = |scene, originator| match &scene.arrival.peer.association {
                None if matches!(originator, Entity::Cse { .. }) => Ok(()),
                _ => receive::may_register(scene, originator),
            };
        },
    },
    Fault {
        name: "RegistreeUnderOtherIdentity",
        requirement: "TS-0004/7.4.4.2.1/1",
        summary: "a CSE registers under a CSE-ID that is not that of its security association",
        apply: |clauses| {
            clauses.may_register = |scene, originator| match &scene.arrival.peer.association {
                Some(_)
                    if scene.arrival.peer.cse().is_some()
                        && matches!(originator, Entity::Cse { .. }) =>
                {
                    Ok(())
                }
                _ => receive::may_register(scene, originator),
            }
        },
    },
    Fault {
        name: "RegistreeIdFromContent",
        requirement: "TS-0004/7.4.4.2.1/1",
        summary: "CSE-ID of a <remoteCSE> is what the representation says",
        apply: |clauses| {
            clauses.identify = |draft, request| {
                if draft.text("csi").is_none() {
                    receive::identify(draft, request);
                }
            }
        },
    },
    Fault {
        name: "RegistreeTwice",
        requirement: "TS-0004/7.4.4.2.1/1",
        summary: "a CSE that is registered may register once more",
        apply: |clauses| clauses.is_registered_cse = |_, _| false,
    },
];
