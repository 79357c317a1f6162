//! An IN-CSE that serves entities of the field within security associations only (TS-0003 V3.18.0, 6.1.2.2.1).

use super::Fault;
use crate::receive;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "FieldServedInClear",
        requirement: "TS-0003/6.1.2.2.1/1",
        summary: "the IN-CSE serves whoever comes, inside a security association or not",
        apply: |clauses| clauses.protection = |_, _| Ok(()),
    },
    Fault {
        name: "FieldRegistersInClear",
        requirement: "TS-0003/6.1.2.2.1/1",
        summary: "an AE of the field registers outside any security association",
        apply: |clauses| {
            clauses.protection = |scene, request| match receive::is_registration(request) {
                true => Ok(()),
                false => receive::protection(scene, request),
            }
        },
    },
    Fault {
        name: "FieldServedInClearOnceRegistered",
        requirement: "TS-0003/6.1.2.2.1/1",
        summary: "only registrations need a security association",
        apply: |clauses| {
            clauses.protection = |scene, request| match receive::is_registration(request) {
                true => receive::protection(scene, request),
                false => Ok(()),
            }
        },
    },
];
