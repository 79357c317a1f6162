//! How a Source meets the security requirement of content (TS-0003 V3.18.0, 8.6.3).

use super::Fault;
use crate::Clauses;
use crate::application::esdata::Requirement;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "SourceEncryptsAlways",
        requirement: "TS-0003/8.6.3/3",
        summary: "content is encrypted and never signed, whatever is required of it",
        apply: |clauses| {
            clauses.esdata.technology = |_, keys| {
                let confidential = Requirement {
                    confidentiality: true,
                    non_repudiation: false,
                };
                (SPECIFIED.esdata.technology)(confidential, keys)
            };
        },
    },
    Fault {
        name: "SourceSignsInTheClear",
        requirement: "TS-0003/8.6.3/3",
        summary: "content that needs confidentiality and non-repudiation is signed alone",
        apply: |clauses| {
            clauses.esdata.technology = |requirement, keys| {
                let confidentiality = requirement.confidentiality && !requirement.non_repudiation;
                let weaker = Requirement {
                    confidentiality,
                    ..requirement
                };
                (SPECIFIED.esdata.technology)(weaker, keys)
            };
        },
    },
    Fault {
        name: "SourceCodesForSignatures",
        requirement: "TS-0003/8.6.3/3",
        summary: "non-repudiation is left to a code, which the Target could have made",
        apply: |clauses| {
            clauses.esdata.technology = |requirement, keys| {
                let weaker = Requirement {
                    non_repudiation: requirement.non_repudiation && requirement.confidentiality,
                    ..requirement
                };
                (SPECIFIED.esdata.technology)(weaker, keys)
            };
        },
    },
];
