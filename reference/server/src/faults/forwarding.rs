//! Requests for targets that other CSEs host (TS-0004 V3.32.0, 7.3.2.6).

use onem2m_identity::Entity;

use super::Fault;
use crate::forward;
use crate::resource::Resource;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "ForwardedStemBare",
        requirement: "TS-0004/7.3.2.6/1",
        summary: "From is forwarded as it came",
        apply: |clauses| clauses.forwarded_from = |_, from, _, _| from.to_owned(),
    },
    Fault {
        name: "ForwardedFromPrefixedAgain",
        requirement: "TS-0004/7.3.2.6/1",
        summary: "the CSE-ID is put before every From, also one that has a CSE-ID",
        apply: |clauses| {
            clauses.forwarded_from =
                |scene, from, _, _| format!("{}/{}", scene.home.cse, from.trim_start_matches('/'))
        },
    },
    Fault {
        name: "ForwardedProviderStemPrefixed",
        requirement: "TS-0004/7.3.2.6/1",
        summary: "the CSE-ID is put before provider-assigned stems too",
        apply: |clauses| {
            clauses.forwarded_from = |scene, from, originator, host| match originator {
                Entity::Ae {
                    cse: None, stem, ..
                } => format!("{}/{stem}", scene.home.cse),
                _ => forward::forwarded_from(scene, from, originator, host),
            }
        },
    },
    Fault {
        name: "ForwardedFromOfCse",
        requirement: "TS-0004/7.3.2.6/1",
        summary: "a forwarded request goes on under the CSE-ID of the CSE that forwards it",
        apply: |clauses| clauses.forwarded_from = |scene, _, _, _| scene.home.cse.to_string(),
    },
    Fault {
        name: "ForwardedFromAbsoluteInDomain",
        requirement: "TS-0004/7.3.2.6/1",
        summary: "From is made absolute although the target is in the own domain",
        apply: |clauses| clauses.forwarded_from = |_, _, originator, _| originator.absolute(),
    },
    Fault {
        name: "ForwardedFromRelativeToOtherDomain",
        requirement: "TS-0004/7.3.2.6/1",
        summary: "From stays SP-relative towards another domain",
        apply: |clauses| clauses.forwarded_from = |_, _, originator, _| originator.sp_relative(),
    },
    Fault {
        name: "ForwardedToFirstRegistree",
        requirement: "TS-0003/7.2.1/3",
        summary: "a request for another CSE goes to the CSE that registered first",
        apply: |clauses| clauses.next_hop = first,
    },
    Fault {
        name: "ForwardingOfCsesOnly",
        requirement: "TS-0003/7.2.1/3",
        summary: "what is registered behind a registree CSE is not found",
        apply: |clauses| clauses.next_hop = |scene, host| scene.tree.registree(host, scene.home),
    },
];

fn first<'a>(scene: &Scene<'a>, _host: &Entity) -> Option<&'a Resource> {
    scene.tree.registrees().next()
}
