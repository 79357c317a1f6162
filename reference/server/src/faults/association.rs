//! From against the entity of the security association (TS-0004 V3.32.0, 7.3.2.1; TS-0003 V3.18.0, 7.1.2 and 7.2.1).

use onem2m_identity::Entity;
use onem2m_primitive::{Request, ResponseStatusCode};

use super::Fault;
use crate::authorize;
use crate::forward;
use crate::receive::{self, Requester, cse_of};
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "MccAcceptedInClear",
        requirement: "TS-0004/7.3.2.1/6",
        summary: "a CSE-ID in From is taken outside any security association",
        apply: |clauses| clauses.in_the_clear = cse_in_the_clear,
    },
    Fault {
        name: "MccOfOtherDomainAcceptedInClear",
        requirement: "TS-0004/7.3.2.1/6",
        summary: "a CSE-ID in absolute form is taken outside any security association",
        apply: |clauses| clauses.in_the_clear = absolute_in_the_clear,
    },
    Fault {
        name: "MccOtherRegistreeAccepted",
        requirement: "TS-0004/7.3.2.1/4",
        summary: "within the association of one registree CSE the CSE-ID of another is taken",
        apply: |clauses| {
            clauses.is_of_another = |scene, peer, originator| {
                matches!(originator, Entity::Ae { .. })
                    && receive::is_of_another(scene, peer, originator)
            }
        },
    },
    Fault {
        name: "MccApplicationOfOtherRegistreeAccepted",
        requirement: "TS-0004/7.3.2.1/4",
        summary: "within the association of one registree CSE the AE-IDs of another are taken",
        apply: |clauses| {
            clauses.is_of_another = |scene, peer, originator| {
                matches!(originator, Entity::Cse { .. })
                    && receive::is_of_another(scene, peer, originator)
            }
        },
    },
    Fault {
        name: "MccStemAccepted",
        requirement: "TS-0004/7.3.2.1/4",
        summary: "a bare C-type stem from a registree CSE is read as that of a local AE",
        apply: |clauses| {
            clauses.is_stem_over_mcc = |_, _| false;
            clauses.is_of_another = |scene, peer, originator| {
                let is_local = cse_of(originator).is_some_and(|cse| receive::is_own(scene, &cse));
                !is_local && receive::is_of_another(scene, peer, originator)
            };
        },
    },
    Fault {
        name: "MccOwnIdentifiersAccepted",
        requirement: "TS-0004/7.3.2.1/4",
        summary: "the own CSE-ID, and AE-IDs behind it, are taken from registree CSEs",
        apply: |clauses| clauses.is_own = |_, _| false,
    },
    Fault {
        name: "MccAbsoluteFormUnchecked",
        requirement: "TS-0004/7.3.2.1/4",
        summary: "From in absolute form is not compared with the association of a CSE",
        apply: |clauses| clauses.within_cse = absolute_unchecked,
    },
    Fault {
        name: "MccOnlyOwnCseAccepted",
        requirement: "TS-0004/7.3.2.1/4",
        summary: "within the association of a CSE nothing but its own CSE-ID is taken",
        apply: |clauses| clauses.is_of_another = |_, peer, originator| peer != originator,
    },
    Fault {
        name: "MccDescendantsRefused",
        requirement: "TS-0004/7.3.2.1/4",
        summary: "what is registered behind descendant CSEs is taken for an impersonation",
        apply: |clauses| {
            clauses.is_of_another =
                |_, peer, originator| cse_of(originator).is_some_and(|cse| cse != *peer)
        },
    },
    Fault {
        name: "MccMismatchDenied",
        requirement: "TS-0004/7.3.2.1/4",
        summary: "From of another registree CSE is answered with ORIGINATOR_HAS_NO_PRIVILEGE",
        apply: |clauses| clauses.within_cse = denied,
    },
    Fault {
        name: "AssociationFromUnchecked",
        requirement: "TS-0003/7.2.1/2",
        summary: "From within the association of an AE is not compared with it",
        apply: |clauses| clauses.allowed_within = |_, _| true,
    },
    Fault {
        name: "AssociationFromComparedByPrefix",
        requirement: "TS-0003/7.2.1/2",
        summary: "within the association of an AE every From that begins with its AE-ID is taken",
        apply: |clauses| {
            clauses.allowed_within = |allowed, originator| {
                let originator = originator.absolute();
                allowed
                    .iter()
                    .any(|peer| originator.starts_with(&peer.absolute()))
            }
        },
    },
    Fault {
        name: "AssociationMismatchDenied",
        requirement: "TS-0003/7.2.1/2",
        summary: "a From that is not the AE of the association is answered with ORIGINATOR_HAS_NO_PRIVILEGE",
        apply: |clauses| {
            clauses.within_application = |scene, request, allowed| {
                receive::within_application(scene, request, allowed).map_err(without_privilege)
            }
        },
    },
    Fault {
        name: "AssociationCheckedForLocalTargetsOnly",
        requirement: "TS-0003/7.2.1/2",
        summary: "a request that is forwarded is not checked against its association",
        apply: |clauses| clauses.requester = local_targets_only,
    },
    Fault {
        name: "FarOriginatorAuthenticated",
        requirement: "TS-0003/7.1.2/8",
        summary: "whoever comes over the association of a CSE counts as authenticated",
        apply: |clauses| {
            clauses.authenticated = |scene, attempt| {
                scene.arrival.peer.cse().is_some() || authorize::authenticated(scene, attempt)
            }
        },
    },
    Fault {
        name: "RegistreeCseNotAuthenticated",
        requirement: "TS-0003/7.1.2/7",
        summary: "a registree CSE does not count as authenticated within its association",
        apply: |clauses| {
            clauses.authenticated = |scene, attempt| {
                matches!(attempt.originator, Entity::Ae { .. })
                    && authorize::authenticated(scene, attempt)
            }
        },
    },
    Fault {
        name: "RegistreeAeNotAuthenticated",
        requirement: "TS-0003/7.1.2/6",
        summary: "an AE does not count as authenticated within its association",
        apply: |clauses| {
            clauses.authenticated = |scene, attempt| {
                matches!(attempt.originator, Entity::Cse { .. })
                    && authorize::authenticated(scene, attempt)
            }
        },
    },
];

/// The originator that From names, unless it names an AE.
fn cse(scene: &Scene<'_>, request: &Request) -> Option<Requester> {
    let from = request.from.as_deref()?;
    match Entity::parse(from, scene.home) {
        Ok(entity @ Entity::Cse { .. }) => Some(Requester::Known(entity)),
        _ => None,
    }
}

fn cse_in_the_clear(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    cse(scene, request).map_or_else(|| receive::in_the_clear(scene, request), Ok)
}

fn absolute_in_the_clear(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let is_absolute = |from: &String| from.starts_with("//");
    match request.from.as_ref().is_some_and(is_absolute) {
        true => cse_in_the_clear(scene, request),
        false => receive::in_the_clear(scene, request),
    }
}

fn absolute_unchecked(
    scene: &Scene<'_>,
    request: &Request,
    peer: &Entity,
) -> Result<Requester, Refusal> {
    let from = request.from.as_deref().unwrap_or_default();
    match Entity::parse(from, scene.home) {
        Ok(entity) if from.starts_with("//") => Ok(Requester::Known(entity)),
        _ => receive::within_cse(scene, request, peer),
    }
}

fn denied(scene: &Scene<'_>, request: &Request, peer: &Entity) -> Result<Requester, Refusal> {
    receive::within_cse(scene, request, peer).map_err(without_privilege)
}

fn without_privilege(refusal: Refusal) -> Refusal {
    match refusal.status {
        ResponseStatusCode::ORIGINATOR_NOT_AUTHENTICATED => receive::refused(),
        _ => refusal,
    }
}

fn local_targets_only(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let from = request.from.as_deref().unwrap_or_default();
    match Entity::parse(from, scene.home) {
        Ok(entity) if forward::elsewhere(scene, &request.to).is_some() => {
            Ok(Requester::Known(entity))
        }
        _ => receive::requester(scene, request),
    }
}
