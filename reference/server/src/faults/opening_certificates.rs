//! The certificate or raw public key of the server of an association that the entity opens itself (TS-0003 V3.18.0, 8.1.2).

use onem2m_association::{Clauses, Expected, PathDefect};

use super::Fault;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "RegistrarUnderAnyAnchorAccepted",
        requirement: "TS-0003/8.1.2.2/5",
        summary: "the certificate of a registrar need not lead to a trust anchor",
        apply: |clauses| {
            clauses.opening.tolerates =
                |defect| matches!(defect, PathDefect::UnknownIssuer | PathDefect::SelfSigned);
        },
    },
    Fault {
        name: "RegistrarExpiredAccepted",
        requirement: "RFC5280/6.1/1",
        summary: "an AE without a clock does not look at the end of the validity of a certificate",
        apply: |clauses| clauses.opening.tolerates = |defect| defect == PathDefect::Expired,
    },
    Fault {
        name: "RegistrarPurposeUnchecked",
        requirement: "RFC5280/6.1/1",
        summary: "a registrar may show a certificate whose extKeyUsage is that of clients",
        apply: |clauses| clauses.opening.tolerates = |defect| defect == PathDefect::Purpose,
    },
    Fault {
        name: "RegistrarOfAnyNameAccepted",
        requirement: "TS-0003/8.1.2.5/2",
        summary: "every certificate under the trust anchor is that of the registrar",
        apply: |clauses| clauses.opening.is_expected = |_, _, _| true,
    },
    Fault {
        name: "RegistrarNamedInSubjectAccepted",
        requirement: "TS-0003/8.1.2.5/4",
        summary: "the common name of a certificate is the name of the registrar too",
        apply: |clauses| {
            clauses.opening.matches_cse_id = |name, names| {
                (SPECIFIED.matches_cse_id)(name, names)
                    || names.common_names.contains(&name.to_string())
            };
        },
    },
    Fault {
        name: "RegistrarByWildcardAccepted",
        requirement: "TS-0003/10.1.1.7/2",
        summary: "a wildcard stands for the first label of the name of the registrar, as in the web",
        apply: |clauses| {
            clauses.opening.without_wildcard = |_| true;
            clauses.opening.matches_cse_id = |name, names| {
                let parent = format!("*{}", name.to_string().trim_start_matches(name.label()));
                (SPECIFIED.matches_cse_id)(name, names) || names.domain_names.contains(&parent)
            };
        },
    },
    Fault {
        name: "RegistrarOfDeviceAccepted",
        requirement: "TS-0003/8.1.2.4/1",
        summary: "a device certificate under the trust anchor does for a registrar of another flavour",
        apply: |clauses| {
            clauses.opening.is_expected = |clauses, trust, certificate| {
                (SPECIFIED.is_expected)(clauses, trust, certificate)
                    || !certificate.names.object_identifiers.is_empty()
            };
        },
    },
    Fault {
        name: "RegistrarWithAnyRawKeyAccepted",
        requirement: "TS-0003/10.1.2/4",
        summary: "whatever raw public key a registrar shows is taken for the one that is configured",
        apply: |clauses| {
            clauses.opening.entity_of_raw_public_key = |_, trust, _| {
                trust.peers.iter().find_map(|peer| match &peer.expected {
                    Expected::RawPublicKey(identifier) => {
                        Some((identifier.clone(), peer.allowed.clone()))
                    }
                    _ => None,
                })
            };
        },
    },
];
