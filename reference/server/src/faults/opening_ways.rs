//! By which ways an AE reaches its registrar, and a CSE its registrees (TS-0003 V3.18.0, 6.1.2.2.1 and 8.2.1).

use super::Fault;
use crate::application;
use crate::hop::{self, Way};
use crate::resource::Kind;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "ApplicationFallsBackToClear",
        requirement: "TS-0003/6.1.2.2.1/S4",
        summary: "an AE whose association fails registers outside one",
        apply: |clauses| {
            clauses.registering = |clauses, clock, registration, others| {
                let mut ways = application::ways(clauses, clock, registration, others);
                ways.push(Way::InTheClear);
                ways
            };
        },
    },
    Fault {
        name: "ApplicationRegistersInTheClear",
        requirement: "TS-0003/8.2.1/1",
        summary: "an AE opens no association, and registers outside one",
        apply: |clauses| clauses.registering = |_, _, _, _| vec![Way::InTheClear],
    },
    Fault {
        name: "ApplicationTriesEveryKey",
        requirement: "TS-0003/8.2.2.1/3",
        summary: "an AE whose key is refused tries those of other registrars, one after the other",
        apply: |clauses| {
            clauses.registering = |clauses, clock, _, all| {
                let way = |registration| application::within(clauses, clock, registration);
                all.iter().map(way).collect()
            };
        },
    },
    Fault {
        name: "NotificationFallsBackToClear",
        requirement: "TS-0003/8.2.1/3",
        summary: "a notification whose second association fails is sent outside one",
        apply: |clauses| {
            clauses.ways = |scene, address, registree| {
                let mut ways = hop::ways(scene, address, registree);
                ways.push(Way::InTheClear);
                ways
            };
        },
    },
    Fault {
        name: "NotificationInTheClear",
        requirement: "TS-0003/8.2.1/3",
        summary: "the scheme of a point of access is not looked at, and there are no second associations",
        apply: |clauses| clauses.ways = |_, _, _| vec![Way::InTheClear],
    },
    Fault {
        name: "OtherProviderInTheClear",
        requirement: "TS-0003/6.1.2.2.1/S2",
        summary: "requests for the IN-CSE of another service provider go outside any association",
        apply: |clauses| {
            clauses.ways = |scene, address, registree| match registree.sp() == &scene.home.sp {
                true => hop::ways(scene, address, registree),
                false => vec![Way::InTheClear],
            };
        },
    },
    Fault {
        name: "SecondAssociationWithFirstKey",
        requirement: "TS-0003/8.2.1/5",
        summary: "every second association is opened with the first key of the table",
        apply: |clauses| {
            clauses.second_credential = |scene, _, _| {
                let identities = scene.configuration.security.as_ref()?.identities.as_ref()?;
                let first = identities.identities().into_iter().next()?;
                hop::key(scene, &format!("12-{first}"))
            };
        },
    },
    Fault {
        name: "SecondAssociationWithKeyOfAddress",
        requirement: "TS-0003/8.2.1/5",
        summary: "the key of a second association is that of another AE with the same point of access",
        apply: |clauses| {
            clauses.second_credential = |scene, address, registree| {
                let root = scene.tree.get(scene.tree.root())?;
                let mut others = scene.tree.children(root).filter(|other| {
                    let points = other.texts("poa").unwrap_or_default();
                    other.kind == Kind::ApplicationEntity
                        && other.creator != *registree
                        && points.contains(&address)
                });
                match others.next() {
                    Some(other) => hop::second_credential(scene, address, &other.creator),
                    None => hop::second_credential(scene, address, registree),
                }
            };
        },
    },
];
