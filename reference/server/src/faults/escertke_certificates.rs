//! Who may establish a key by certificates (TS-0003 V3.18.0, 8.7.2.2, steps A and B).

use onem2m_association::{
    Allowed, Clauses as Association, Expected, PathDefect, ServerSession, TrustedPeer, written_out,
};
use onem2m_identity::Entity;

use super::Fault;
use crate::clauses::Clauses;
use crate::end_to_end::escertke::{binding, exchanges};

const SPECIFIED: Association = Association::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsCertKeCertificateOptional",
        requirement: "TS-0003/8.7.2.2/5",
        summary: "an initiator without a certificate is the originator of its messages",
        apply: |clauses| {
            let table = &mut clauses.end_to_end.escertke;
            table.association.demands_certificate = || false;
            table.initiator = or_from;
        },
    },
    Fault {
        name: "EsCertKeCertificateUnasked",
        requirement: "TS-0003/8.7.2.2/2",
        summary: "ESCertKE Message 2 has no CertificateRequest",
        apply: |clauses| {
            written_out(clauses, |clauses| clauses.certificate_request = |_| None);
            clauses.end_to_end.escertke.initiator = or_from;
        },
    },
    Fault {
        name: "EsCertKeTrustIsAuthorization",
        requirement: "TS-0003/8.7.2.2/5",
        summary: "whoever has an AE-ID certificate under the trust anchors may initiate",
        apply: |clauses| {
            clauses.end_to_end.escertke.initiators = |configured| {
                let mut trust = exchanges::initiators(configured);
                let schemes = [None, Some("https".to_owned())];
                let anybody = schemes.map(|scheme| TrustedPeer {
                    expected: Expected::AnyAeId { scheme },
                    allowed: Allowed::Unstated,
                });
                trust.peers.extend(anybody);
                trust
            };
        },
    },
    Fault {
        name: "EsCertKeUnboundKeyTaken",
        requirement: "TS-0003/8.7.2.2/6",
        summary: "a raw public key without an entity is that of the originator",
        apply: |clauses| {
            let table = &mut clauses.end_to_end.escertke;
            table.initiators = Clone::clone;
            table.initiator = or_from;
        },
    },
    Fault {
        name: "EsCertKeAuthorityUnchecked",
        requirement: "TS-0003/8.7.2.2/3",
        summary: "a certificate of an unknown authority is taken",
        apply: |clauses| {
            clauses.end_to_end.escertke.association.tolerates = |defect| {
                // That of an unknown authority is also a path of one certificate (X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE).
                matches!(
                    defect,
                    PathDefect::UnknownIssuer | PathDefect::SelfSigned | PathDefect::Other(_)
                )
            };
        },
    },
    Fault {
        name: "EsCertKeExpiredTaken",
        requirement: "TS-0003/8.7.2.2/3",
        summary: "a certificate is taken after its end",
        apply: |clauses| {
            clauses.end_to_end.escertke.association.tolerates =
                |defect| defect == PathDefect::Expired;
        },
    },
    Fault {
        name: "EsCertKeNameConstraintsIgnored",
        requirement: "TS-0003/8.7.2.2/3",
        summary: "a certificate is taken whose issuer may not give its name",
        apply: |clauses| {
            clauses.end_to_end.escertke.association.tolerates =
                |defect| defect == PathDefect::NameConstraints;
        },
    },
    Fault {
        name: "EsCertKeWildcardTaken",
        requirement: "TS-0003/8.7.2.2/3",
        summary: "a wildcard at the end of the URI of a certificate stands for any end",
        apply: |clauses| {
            let association = &mut clauses.end_to_end.escertke.association;
            association.without_wildcard = |_| true;
            association.matches_ae_id = |uri, names| {
                let expected = uri.to_string();
                let covers = |other: &String| {
                    let beginning = other.strip_suffix('*');
                    beginning.is_some_and(|beginning| expected.starts_with(beginning))
                };
                (SPECIFIED.matches_ae_id)(uri, names) || names.uris.iter().any(covers)
            };
        },
    },
    Fault {
        name: "EsCertKeProofUnchecked",
        requirement: "TS-0003/8.7.2.2/7",
        summary: "the signature of CertificateVerify is not verified",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.certificate_verify = |_, _, _| Ok(());
            });
        },
    },
    Fault {
        name: "EsCertKeProofOptional",
        requirement: "TS-0003/8.7.2.2/2",
        summary: "ESCertKE Message 3 may be without CertificateVerify",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.accepts = |clauses, progress, incoming| {
                    let specified = written_out::Clauses::SPECIFICATION.accepts;
                    let mut unshown = *progress;
                    unshown.certificate_shown = false;
                    specified(clauses, progress, incoming) || specified(clauses, &unshown, incoming)
                };
            });
        },
    },
    Fault {
        name: "EsCertKeBoundToFrom",
        requirement: "TS-0003/8.7.2.2/14",
        summary: "the key is for the originator of the messages, whoever is in the certificate",
        apply: |clauses| clauses.end_to_end.escertke.initiator = |from, _| Some(from.clone()),
    },
];

/// The originator, where the certificate says nothing of anybody.
fn or_from(from: &Entity, session: &ServerSession) -> Option<Entity> {
    let allowed = session.binding().map(|binding| &binding.allowed);
    match allowed {
        Some(Allowed::Entity(_)) => binding::initiator(from, session),
        _ => Some(from.clone()),
    }
}

/// Puts the written-out server in the place of OpenSSL at this end, and replaces clauses of it.
pub(super) fn written_out(clauses: &mut Clauses, replace: impl FnOnce(&mut written_out::Clauses)) {
    let specified = written_out::Clauses::SPECIFICATION;
    let association = &mut clauses.end_to_end.escertke.association;
    replace(association.written_out.get_or_insert(specified));
}
