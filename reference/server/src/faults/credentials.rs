//! Whom a security association speaks for that names a credential or a list (TS-0003 V3.18.0, 8.2.1 and 10.4; TS-0004
//! V3.32.0, 7.3.2.1).

use onem2m_identity::{AeStem, Entity};
use onem2m_primitive::{Operation, Request};

use super::Fault;
use crate::address;
use crate::conveyed::{self, Conveyed};
use crate::peer::{Allowed, Associated, Peer};
use crate::receive::{self, Identified, Requester, Wish, cse_of};
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "NodeListFirstOnly",
        requirement: "TS-0004/7.3.2.1/3",
        summary: "of a list of allowed AE-IDs only the first is taken",
        apply: |clauses| {
            clauses.allowed_within = |allowed, originator| allowed.first() == Some(originator)
        },
    },
    Fault {
        name: "NodeListIgnored",
        requirement: "TS-0004/7.3.2.1/3",
        summary: "within the association of a node every From is taken",
        apply: |clauses| {
            clauses.allowed_within = |allowed, originator| match allowed {
                [_] => receive::allowed_within(allowed, originator),
                _ => true,
            }
        },
    },
    Fault {
        name: "CredentialNotBound",
        requirement: "TS-0003/8.2.2.1/14",
        summary: "an AE that registers with a credential is not known by it afterwards",
        apply: |clauses| clauses.bind = |_, _, _| {},
    },
    Fault {
        name: "CredentialUnchecked",
        requirement: "TS-0003/8.2.2.1/14",
        summary: "an association that was not configured with an identity is treated like none",
        apply: |clauses| {
            clauses.identified = |scene, associated| match associated.allowed {
                Allowed::Unknown => Identified::Nobody,
                _ => receive::identified(scene, associated),
            };
            clauses.unidentified = receive::in_the_clear;
        },
    },
    Fault {
        name: "UnboundCredentialUnchecked",
        requirement: "TS-0003/8.2.2.1/14",
        summary: "until an AE has registered with a credential, From is not compared with anything",
        apply: |clauses| clauses.unidentified = receive::in_the_clear,
    },
    Fault {
        name: "CredentialTypeNotBound",
        requirement: "TS-0003/10.4/1",
        summary: "an identity is bound to a credential without regard to its type number",
        apply: |clauses| {
            clauses.bind = |tree, associated, application| {
                receive::bind(tree, &by_part(associated, value), application);
            };
            clauses.identified =
                |scene, associated| receive::identified(scene, &by_part(associated, value));
        },
    },
    Fault {
        name: "CredentialBoundByLastPart",
        requirement: "TS-0003/10.4/1",
        summary: "an identity is bound to what is behind the last hyphen of a Credential-ID",
        apply: |clauses| {
            clauses.bind = |tree, associated, application| {
                receive::bind(tree, &by_part(associated, last_part), application);
            };
            clauses.identified =
                |scene, associated| receive::identified(scene, &by_part(associated, last_part));
        },
    },
    Fault {
        name: "CredentialCaseFolded",
        requirement: "TS-0003/10.4/1",
        summary: "Credential-IDs that differ in case are one",
        apply: |clauses| {
            clauses.bind = |tree, associated, application| {
                receive::bind(tree, &by_part(associated, str::to_lowercase), application);
            };
            clauses.identified = |scene, associated| {
                receive::identified(scene, &by_part(associated, str::to_lowercase))
            };
        },
    },
    Fault {
        name: "CredentialOfSeveral",
        requirement: "TS-0003/8.2.1/10",
        summary: "several AEs register with a credential that is not that of a node",
        apply: |clauses| {
            clauses.may_host_more = |associated| associated.allowed == Allowed::Unknown
        },
    },
    Fault {
        name: "NodeOfOne",
        requirement: "TS-0003/8.2.1/10",
        summary: "only one AE registers with the credential of a node",
        apply: |clauses| clauses.may_host_more = |_| false,
    },
    Fault {
        name: "KindOfPeerForgotten",
        requirement: "TS-0003/7.2.1/2",
        summary: "the association of an AE carries requests of entities elsewhere, as that of a CSE does",
        apply: |clauses| clauses.within_application = with_transit,
    },
    Fault {
        name: "ApplicationRegistersOverMcc",
        requirement: "TS-0004/7.3.2.1/4",
        summary: "an AE registers within the association of a CSE",
        apply: |clauses| clauses.within_cse = with_registration,
    },
    Fault {
        name: "AssociationCheckedForRetrieveOnly",
        requirement: "TS-0003/7.2.1/1",
        summary: "From is compared with the association of an AE in a Retrieve only",
        apply: |clauses| {
            clauses.within_application = |scene, request, allowed| match request.operation {
                Operation::Retrieve => receive::within_application(scene, request, allowed),
                _ => unchecked(scene, request, allowed),
            }
        },
    },
    Fault {
        name: "AssociationCheckedBehindTarget",
        requirement: "TS-0003/7.2.1/2",
        summary: "whether the target exists is said before From is compared with the association",
        apply: |clauses| {
            clauses.within_application = |scene, request, allowed| {
                let is_there = address::locate(scene.tree, scene.home, &request.to).is_some();
                match is_there {
                    true => receive::within_application(scene, request, allowed),
                    false => unchecked(scene, request, allowed),
                }
            }
        },
    },
    Fault {
        name: "AssociationOpenToAdministrator",
        requirement: "TS-0003/7.2.1/2",
        summary: "the administrator's AE-ID is taken within the association of any AE",
        apply: |clauses| {
            clauses.within_application = |scene, request, allowed| {
                let admin = Some(scene.configuration.admin.as_str());
                match request.from.as_deref() == admin {
                    true => unchecked(scene, request, allowed),
                    false => receive::within_application(scene, request, allowed),
                }
            }
        },
    },
    Fault {
        name: "AssociationOpenToCses",
        requirement: "TS-0003/7.2.1/2",
        summary: "the CSE-IDs of the CSE and of its registrees are taken within the association of any AE",
        apply: |clauses| clauses.within_application = with_known_cses,
    },
    Fault {
        name: "AssociationComparedOnce",
        requirement: "TS-0003/7.2.1/1",
        summary: "only the first request on a connection is compared with the association",
        apply: |clauses| {
            clauses.sender = |peer, conveyed| match conveyed {
                Conveyed::Http { behind } if behind > 0 => Peer::plain(peer.address),
                _ => conveyed::sender(peer, conveyed),
            }
        },
    },
    Fault {
        name: "AssociationOverDatagramsIgnored",
        requirement: "TS-0003/7.2.1/1",
        summary: "From in a request over CoAP is not compared with the association",
        apply: |clauses| {
            clauses.sender = |peer, conveyed| match conveyed {
                Conveyed::Coap => Peer::plain(peer.address),
                Conveyed::Http { .. } => conveyed::sender(peer, conveyed),
            }
        },
    },
    Fault {
        name: "AssociationSearchedInFrom",
        requirement: "TS-0003/7.2.1/2",
        summary: "a From that holds the AE-ID of the association is taken by its last part",
        apply: |clauses| clauses.within_application = by_last_from,
    },
];

/// The association with a part of its Credential-ID in place of the whole.
fn by_part(associated: &Associated, part: fn(&str) -> String) -> Associated {
    Associated {
        credential: associated.credential.as_deref().map(part),
        ..associated.clone()
    }
}

fn value(credential: &str) -> String {
    let value = credential.split_once('-').map(|(_, value)| value);
    value.unwrap_or(credential).to_owned()
}

fn last_part(credential: &str) -> String {
    let last = credential.rsplit_once('-').map(|(_, last)| last);
    last.unwrap_or(credential).to_owned()
}

/// Whoever From names, as if it were the AE of the association.
fn unchecked(
    scene: &Scene<'_>,
    request: &Request,
    allowed: &[Entity],
) -> Result<Requester, Refusal> {
    let from = request.from.as_deref().unwrap_or_default();
    match Entity::parse(from, scene.home) {
        Ok(originator @ Entity::Ae { .. }) if AeStem::parse(from).is_ok() => {
            receive::within_application(scene, request, &[originator])
        }
        _ => receive::within_application(scene, request, allowed),
    }
}

/// A CSE that this one knows, as if the association were its own.
fn with_known_cses(
    scene: &Scene<'_>,
    request: &Request,
    allowed: &[Entity],
) -> Result<Requester, Refusal> {
    let from = request.from.as_deref().unwrap_or_default();
    match Entity::parse(from, scene.home) {
        Ok(cse @ Entity::Cse { .. })
            if receive::is_own(scene, &cse) || receive::is_registered_cse(scene, &cse) =>
        {
            Ok(Requester::Known(cse))
        }
        _ => receive::within_application(scene, request, allowed),
    }
}

fn with_transit(
    scene: &Scene<'_>,
    request: &Request,
    allowed: &[Entity],
) -> Result<Requester, Refusal> {
    let from = request.from.as_deref().unwrap_or_default();
    match Entity::parse(from, scene.home) {
        Ok(originator) if cse_of(&originator).is_some_and(|cse| !receive::is_own(scene, &cse)) => {
            Ok(Requester::Known(originator))
        }
        _ => receive::within_application(scene, request, allowed),
    }
}

fn with_registration(
    scene: &Scene<'_>,
    request: &Request,
    peer: &Entity,
) -> Result<Requester, Refusal> {
    let stem = AeStem::parse(request.from.as_deref().unwrap_or_default());
    match stem {
        Ok(stem) if receive::is_registration(request) => {
            Ok(Requester::Registrant(Wish::Stem(stem)))
        }
        _ => receive::within_cse(scene, request, peer),
    }
}

fn by_last_from(
    scene: &Scene<'_>,
    request: &Request,
    allowed: &[Entity],
) -> Result<Requester, Refusal> {
    let from = request.from.as_deref().unwrap_or_default();
    let mut parts = from.split([',', ';', ' ']);
    let is_own = |part: &str| {
        let entity = Entity::parse(part, scene.home);
        entity.is_ok_and(|entity| allowed.contains(&entity))
    };
    match (parts.any(is_own), parts.next_back()) {
        (true, Some(last)) => {
            let request = request.clone().from(last);
            unchecked(scene, &request, allowed)
        }
        _ => receive::within_application(scene, request, allowed),
    }
}
