//! Whom an SP domain name in accessControlOriginators stands for (TS-0003 V3.18.0, 7.1.3).

use onem2m_access::{OriginatorEntry, Situation};
use onem2m_identity::SpId;

use super::Fault;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "DomainUnknown",
        requirement: "TS-0003/7.1.3/3",
        summary: "a domain name alone stands for nobody",
        apply: |clauses| clauses.access.domain = |_, _| false,
    },
    Fault {
        name: "DomainForeignIsOwn",
        requirement: "TS-0003/7.1.3/3",
        summary: "every domain name stands for the originators of the domain of the CSE",
        apply: |clauses| {
            clauses.access.domain = |situation, entry| {
                let is_own = *situation.request.originator.sp() == situation.home.sp;
                is_own && SpId::parse(entry.as_str()).is_ok()
            }
        },
    },
    Fault {
        name: "DomainBySuffix",
        requirement: "TS-0003/7.1.3/3",
        summary: "a domain name stands for every domain that it ends with",
        apply: |clauses| {
            clauses.access.domain = |situation, entry| written(entry).ends_with(&own(situation))
        },
    },
    Fault {
        name: "DomainByPrefix",
        requirement: "TS-0003/7.1.3/3",
        summary: "a domain name stands for every domain that it begins with",
        apply: |clauses| {
            clauses.access.domain = |situation, entry| written(entry).starts_with(&own(situation))
        },
    },
    Fault {
        name: "DomainWithoutSlashes",
        requirement: "TS-0003/7.1.3/3",
        summary: "a domain name is taken without its leading slashes as well",
        apply: |clauses| {
            clauses.access.domain =
                |situation, entry| entry.as_str().trim_start_matches('/') == own(situation)
        },
    },
    Fault {
        name: "DomainBeforeEmptyPath",
        requirement: "TS-0003/7.1.3/3",
        summary: "a domain name with a slash behind it stands for the domain",
        apply: |clauses| {
            clauses.access.domain =
                |situation, entry| written(entry).trim_end_matches('/') == own(situation)
        },
    },
];

/// An entry without the slashes of a domain name; empty if it has none.
fn written(entry: &OriginatorEntry) -> &str {
    entry.as_str().strip_prefix("//").unwrap_or_default()
}

/// The domain of the originator without its slashes.
fn own(situation: &Situation<'_>) -> String {
    let domain = situation.request.originator.sp().to_string();
    domain.trim_start_matches('/').to_owned()
}
